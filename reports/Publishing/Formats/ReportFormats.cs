namespace Innovation1551.Publishing.Formats;

/// <summary>The formats that there are.</summary>
public static class ReportFormats
{
    public static IReadOnlyList<IReportFormat> All { get; } = [new HtmlFormat(), new DocxFormat(), new WorkbookFormat()];
}
