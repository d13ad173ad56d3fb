using System.Globalization;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Sample;

/// <summary>How a group sends its returns in a year: they differ, as respondents do.</summary>
internal enum FileFormat
{
    Workbook,
    CsvUtf8,
    CsvUtf8WithMark,
    CsvGb18030,
}

/// <summary>One sending of a group: a year or a month, first or again.</summary>
/// <param name="Month">Months covered, for the cumulative returns; null for the annual one.</param>
internal sealed record Filing(int Group, int Year, int? Month, int Revision, DateOnly Filled)
{
    private static readonly string[] AnnualForms = ["enterprise_register", "rd_spend", "finance", "patents", "awards", .. ProgrammeRows.Annual];
    private static readonly string[] MonthlyForms = ["rd_spend", "finance", "task_ledger"];
    private static readonly string[] MonthlyFormsWithoutLedger = ["rd_spend", "finance"];

    /// <summary>The year's list of tasks comes with the first month.</summary>
    private static readonly string[] JanuaryForms = ["rd_spend", "finance", "tasks", "task_ledger"];

    public FlawKind? Flaw { get; init; }

    /// <summary>The forms whose figures a later sending will revise; this one has them as they stood before.</summary>
    public IReadOnlyList<string> RevisedLater { get; init; } = [];

    /// <summary>The ledger of the month comes late, in a file of its own.</summary>
    public bool WithoutLedger { get; init; }

    /// <summary>The forms sent again; all when null.</summary>
    public string? OnlyForm { get; init; }

    public bool IsRevisedLater(string form) => RevisedLater.Contains(form);

    public IReadOnlyList<string> Forms =>
        OnlyForm is { } form
            ? [form]
            : Month switch
            {
                null => AnnualForms,
                1 => JanuaryForms,
                _ => WithoutLedger ? MonthlyFormsWithoutLedger : MonthlyForms,
            };

    public string Period =>
        Month switch
        {
            null => string.Create(CultureInfo.InvariantCulture, $"{Year}年"),
            1 => string.Create(CultureInfo.InvariantCulture, $"{Year}年1月"),
            int m => string.Create(CultureInfo.InvariantCulture, $"{Year}年1-{m}月"),
        };

    public FileFormat Format =>
        (Group, Year) switch
        {
            (5, _) => FileFormat.CsvGb18030,
            (11, 2023 or 2024 or 2025) => FileFormat.CsvUtf8,
            (16, 2020 or 2021 or 2022) => FileFormat.CsvUtf8WithMark,
            _ => FileFormat.Workbook,
        };

    public Unit MoneyUnit =>
        (Group, Year) switch
        {
            (6, _) => Unit.ThousandYuan,
            (15, <= 2022) => Unit.Yuan,
            _ => Unit.Wan,
        };

    /// <summary>The files of this sending; a CSV holds one form, a workbook all (form null).</summary>
    public IEnumerable<(string Name, string? Form)> Files(Register register)
    {
        var group = register.Groups[Group - 1];
        var period = Month is { } month ? $"{Year:0000}-{month:00}" : $"{Year:0000}";
        var stem = $"{period}_G{Group:00}_{group.NameAt(new DateOnly(Year, 12, 31))}_{(Month is null ? "年报" : "月报")}";
        var again =
            OnlyForm == "corrections" ? "_更正单"
            : Flaw == FlawKind.SameFileTwice ? "_副本"
            : Revision > 1 ? $"_修订{Revision}"
            : "";
        return Format == FileFormat.Workbook
            ? [($"{stem}{again}.xlsx", null)]
            : Forms.Select(f => ($"{stem}_{FormCatalogue.Find(f)!.Name.Zh}{again}.csv", (string?)f));
    }
}
