using Innovation1551.Models;
using Innovation1551.Returns;

namespace Innovation1551.Pipeline.Verbs;

/// <summary>A finding as one line for a person: where, what was read, what is wrong, what to do.</summary>
internal static class FindingText
{
    public static string Line(Finding finding, Language language)
    {
        var place = ScreenText.Line(finding.File);
        if (finding.Sheet is not null)
            place += $" › {ScreenText.Line(finding.Sheet)}";
        if (finding.Row is { } row)
            place +=
                language == Language.Zh
                    ? $" 第{row}行{(finding.Column is null ? "" : finding.Column + "列")}"
                    : $" {(finding.Column is null ? $"row {row}" : finding.Column + row)}";
        var (heading, read) = (ScreenText.Line(finding.Heading ?? ""), ScreenText.Line(finding.Read ?? ""));
        return language == Language.Zh
            ? $"  [{finding.Code}] {place}{(finding.Heading is null ? "" : $"（{heading}）")}{(finding.Read is null ? "" : $"，读到“{read}”")}：{finding.Problem.Zh}。{finding.Remedy.Zh}"
            : $"  [{finding.Code}] {place}{(finding.Heading is null ? "" : $" ({heading})")}{(finding.Read is null ? "" : $", read \"{read}\"")}: {finding.Problem.En}; {finding.Remedy.En}";
    }
}
