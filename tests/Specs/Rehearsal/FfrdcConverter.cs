using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Writing;
using FormRow = System.Collections.Generic.Dictionary<string, object?>;

namespace Innovation1551.Specs.Rehearsal;

/// <summary>
/// Turns the surveys into returns of our forms, a folder for each survey. Amounts are thousands of dollars and stand in the
/// columns of money with the unit 万元, which is the warehouse's own: so no digit changes on the way. They are no yuan.
/// </summary>
internal static class FfrdcConverter
{
    public const string ReporterCode = "FFRDC-ALL";
    private const string ReporterName = "All FFRDCs";

    private static readonly string[] FundFields = ["fund_gov_central_wan", "fund_gov_local_wan", "fund_enterprise_wan", "fund_nonprofit_wan", "fund_other_wan"];

    public static FfrdcExpected Expected { get; } = new();

    /// <summary>Writes the returns of one survey: the register, and a file of R&amp;D spend for each fiscal year that it shows.</summary>
    /// <returns>The names of the files.</returns>
    public static IReadOnlyList<string> WriteVintage(int surveyYear, string folder)
    {
        Directory.CreateDirectory(folder);
        List<string> files = [WriteRegister(surveyYear, folder)];
        foreach (var year in FfrdcTables.Trend(surveyYear)[0].ByYear.Keys.Order())
            files.Add(WriteYear(surveyYear, year, folder));
        return files;
    }

    /// <summary>Later surveys are later revisions. The day is nominal: it orders the surveys and is not when NCSES published.</summary>
    private static ReturnHeader HeaderOf(int vintage, int year) =>
        new(ReporterCode, ReporterName, year, $"{year}年", new DateOnly(vintage + 1, 11, 30), vintage - FfrdcTables.FirstVintage + 1);

    private static string WriteRegister(int vintage, string folder)
    {
        var rows = new List<FormRow> { RegisterRow(ReporterCode, ReporterName, null, "O", 2016, null, "NEW") };
        // The classes head their groups, so that figures by group are the published subtotals; the reporter stands apart.
        rows.AddRange(FfrdcRegister.Classes.Select(c => RegisterRow(c.Code, c.Name, null, "G", 2016, null, "NEW")));
        foreach (var centre in FfrdcRegister.Centres.Where(c => c.FirstYear <= vintage))
            rows.AddRange(RowsOf(centre, vintage));
        var name = $"ffrdc_{vintage}_register.csv";
        using var stream = File.Create(Path.Combine(folder, name));
        ReturnCsv.Write(stream, HeaderOf(vintage, vintage), new ReturnSheet(EnterpriseRegisterForm.Form, rows), ReturnCsv.Utf8);
        return name;
    }

    /// <summary>A row for each class of administrator; fiscal year Y counts as the year Y. A centre has closed when the survey shows no figure for its own year.</summary>
    private static IEnumerable<FormRow> RowsOf(FfrdcCentre centre, int vintage)
    {
        int? closed = centre.LastYear < vintage ? centre.LastYear : null;
        if (FfrdcRegister.MoveOf(centre, vintage) is not { } move)
            return [RegisterRow(centre.Code, centre.Name, CodeOf(centre.Class), "S", centre.FirstYear, closed, closed is null ? "NEW" : "CLOSE")];
        return
        [
            RegisterRow(centre.Code, centre.Name, CodeOf(centre.Class), "S", centre.FirstYear, move.FromYear - 1, "NEW"),
            RegisterRow(centre.Code, centre.Name, CodeOf(move.To), "S", move.FromYear, closed, "MOVE"),
        ];
    }

    private static string CodeOf(string name) => FfrdcRegister.Classes.Single(c => c.Name == name).Code;

    private static FormRow RegisterRow(string code, string name, string? parent, string level, int from, int? to, string change) =>
        new()
        {
            ["enterprise_code"] = code,
            ["enterprise_name"] = name,
            ["aliases"] = string.Join('；', FfrdcNames.AliasesOf(name)),
            ["parent_code"] = parent,
            ["enterprise_level"] = level,
            ["industry"] = "M73",
            ["valid_from"] = new DateOnly(from, 1, 1),
            ["valid_to"] = to is { } last ? new DateOnly(last, 12, 31) : null,
            ["change_kind"] = change,
            ["note"] = "NCSES FFRDC R&D Survey",
        };

    private static string WriteYear(int vintage, int year, string folder)
    {
        var funds = year == vintage ? FfrdcTables.Funds(vintage).Where(r => r.Depth == 3).ToDictionary(r => FfrdcNames.Canonical(r.Name)) : [];
        var rows = new List<FormRow>();
        foreach (var row in FfrdcTables.Trend(vintage).Where(r => r.Depth == 3))
            if (row.ByYear[year] is { } amount)
                rows.Add(SpendRow(vintage, year, row.Name, amount, funds.GetValueOrDefault(FfrdcNames.Canonical(row.Name))));
        var sheet = new ReturnSheet(RdSpendForm.Form, rows);
        // The survey's own year as a workbook, the years before as CSV: both ways in are rehearsed.
        var name = $"ffrdc_{vintage}_rd_spend_FY{year}.{(year == vintage ? "xlsx" : "csv")}";
        using var stream = File.Create(Path.Combine(folder, name));
        if (year == vintage)
            ReturnWorkbook.Write(stream, HeaderOf(vintage, year), [sheet]);
        else
            ReturnCsv.Write(stream, HeaderOf(vintage, year), sheet, ReturnCsv.Utf8);
        return name;
    }

    private static FormRow SpendRow(int vintage, int year, string name, long amount, FfrdcFundsRow? funds)
    {
        var row = new FormRow
        {
            ["enterprise_code"] = FfrdcRegister.Of(name).Code,
            ["enterprise_name"] = name,
            ["period"] = $"{year}年",
            ["intramural_total_wan"] = (decimal)amount,
            ["note"] = $"thousand US dollars, NCSES table {(funds is null ? FfrdcTables.TrendTable(vintage) : FfrdcTables.FundsTable(vintage))}",
        };
        for (var i = 0; funds is not null && i < FundFields.Length; i++)
            row[FundFields[i]] = funds.Values[i + 1] is { } value ? (decimal)value : null;
        return row;
    }
}
