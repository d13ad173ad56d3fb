using System.Text;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Sample;

/// <summary>A web page where a workbook should be: what some portals hand out under the name of .xlsx.</summary>
internal static class WebPage
{
    public static byte[] Of(ReturnHeader header) =>
        Encoding.UTF8.GetBytes(
            $"<html>\n<head><meta charset=\"utf-8\"><title>{SheetLayout.SyntheticMark}</title></head>\n<body><table>\n"
                + $"<tr><td>填报单位：{header.ReporterCode} {header.ReporterName}</td><td>报告期：{header.Period}</td></tr>\n"
                + "</table></body>\n</html>\n"
        );
}
