using System.Globalization;
using System.Text;
using Innovation1551.Models;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns;

namespace Innovation1551.Pipeline.Verbs;

/// <summary>The list of findings of all files in account as CSV that opens in Excel and WPS: all of them, however many. Every load and build writes it anew.</summary>
internal static class FindingsFile
{
    public static string PathIn(Workspace workspace) => Path.Combine(workspace.Feedback, "findings.csv");

    /// <summary>Writes the findings as they come; none is kept.</summary>
    public static void Write(Workspace workspace, IEnumerable<Finding> findings) =>
        WholeFile.Write(
            PathIn(workspace),
            stream =>
            {
                // With a byte order mark: without one Excel takes UTF-8 for the local code page.
                using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16);
                writer.Write("code,severity,file,sheet,row,column,heading,read,problem_zh,problem_en,remedy_zh,remedy_en\r\n");
                foreach (var f in findings)
                {
                    writer.Write(
                        string.Join(
                            ',',
                            new[]
                            {
                                f.Code,
                                f.Severity.ToString().ToLowerInvariant(),
                                f.File,
                                f.Sheet,
                                f.Row?.ToString(CultureInfo.InvariantCulture),
                                f.Column,
                                f.Heading,
                                f.Read,
                                f.Problem.Zh,
                                f.Problem.En,
                                f.Remedy.Zh,
                                f.Remedy.En,
                            }.Select(text => CsvText.Field(ScreenText.Line(text ?? "")))
                        )
                    );
                    writer.Write("\r\n");
                }
            }
        );
}
