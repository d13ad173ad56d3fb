using System.Text;
using Innovation1551.Models;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns;

namespace Innovation1551.Pipeline.Verbs;

/// <summary>The list of findings of the last load as CSV that opens in Excel and WPS.</summary>
internal static class FindingsFile
{
    public static string PathIn(Workspace workspace) => Path.Combine(workspace.Feedback, "findings.csv");

    public static void Write(Workspace workspace, IReadOnlyList<Finding> findings)
    {
        var text = new StringBuilder("code,severity,file,sheet,row,column,heading,read,problem_zh,problem_en,remedy_zh,remedy_en\r\n");
        foreach (var f in findings)
            text.AppendJoin(',', new[]
            {
                f.Code, f.Severity.ToString().ToLowerInvariant(), f.File, f.Sheet, f.Row?.ToString(System.Globalization.CultureInfo.InvariantCulture), f.Column, f.Heading, f.Read,
                f.Problem.Zh, f.Problem.En, f.Remedy.Zh, f.Remedy.En,
            }.Select(CsvText.Field)).Append("\r\n");
        // With a byte order mark: without one Excel takes UTF-8 for the local code page.
        File.WriteAllText(PathIn(workspace), text.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
    }
}
