namespace Innovation1551.Publishing.Formats;

/// <summary>The formats that there are.</summary>
public static class ReportFormats
{
    public static IReadOnlyList<IReportFormat> All { get; } = [new HtmlFormat(), new PdfFormat(), new DocxFormat(), new WorkbookFormat()];

    /// <summary>Those that can be written here.</summary>
    public static IReadOnlyList<IReportFormat> Ready => [.. All.Where(f => f.Missing is null)];
}
