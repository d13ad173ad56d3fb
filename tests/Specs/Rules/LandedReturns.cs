using System.Collections.Immutable;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns;
using Innovation1551.Returns.Binding;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Rules;

namespace Innovation1551.Specs.Rules;

/// <summary>
/// A landing store with a few faultless returns: two enterprises in the register (file 1), spend of 2023 and 2024 (files 2 and 3),
/// finance of both years (4 and 5), a patent filed and granted (6), an award shared by both (7), patents in numbers of both years (10 and 11),
/// awards in numbers (12). A second group of six enterprises of one industry sends finance (14), spend (15) and its consolidated totals (13).
/// One row of each of the programme's other forms follows (31 to 44), and the appeal that the decision is about (45). All data begins in row 4.
/// </summary>
public sealed class LandedReturns : IDisposable
{
    private const string Spend =
        "expense_total_wan, cost_personnel_wan, cost_direct_input_wan, cost_depreciation_wan, cost_amortisation_wan, cost_design_wan, cost_commissioning_wan, cost_outsourced_wan, outsourced_institute_wan, outsourced_university_wan, outsourced_enterprise_wan, outsourced_abroad_wan, cost_other_wan, intramural_total_wan, activity_basic_wan, activity_applied_wan, activity_experimental_wan, intramural_current_wan, intramural_capital_wan, fund_gov_central_wan, fund_gov_local_wan, fund_enterprise_wan, fund_abroad_wan, fund_nonprofit_wan, fund_other_wan";

    /// <summary>Six enterprises of one industry, the first being the head of their group.</summary>
    public static readonly string[] Siblings = [.. Enumerable.Range(20, 6).Select(n => Innovation1551.Returns.Sample.CreditCode.Of("1402", n))];

    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-rules-").FullName;
    private readonly LandingStore _store;
    private readonly Dictionary<string, List<object?[]>> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _faultless;

    public LandedReturns()
    {
        Catalogue = new(Definitions.Load());
        _store = LandingStore.Open(Path.Combine(_folder, "landing.duckdb"));
        // A few rows need no second thread; waiting for one costs more than the rules.
        _store.Connection.Run("set threads = 1");
        Land();
        foreach (var table in Tables)
            _store.Connection.Run($"create temp table faultless_{table} as from landing.{table}");
        _faultless = Contents();
        RuleRunner.Run(_store, Catalogue);
    }

    public RuleCatalogue Catalogue { get; }

    public DuckDB.NET.Data.DuckDBConnection Connection => _store.Connection;

    private static string[] Tables => ["file", "sheet", "layout", "rejected", "missing", .. FormCatalogue.All.Select(f => f.Id)];

    /// <summary>Amounts of the spend form that scale together.</summary>
    public static string ScaleSpend(string factor, int file) =>
        $"update landing.rd_spend set {string.Join(", ", Spend.Split(", ").Select(f => $"{f} = {f} * {factor}"))} where file_no = {file};";

    /// <summary>The form of the file, or of the one that a case puts beside it; null for no file.</summary>
    public string? FormOf(int file) =>
        _store.Connection.Scalar<string>(
            "select form from faultless_sheet where file_no in ($1, $2) order by file_no limit 1",
            file,
            file - RuleCases.Beside(0)
        );

    /// <summary>The findings after a change to the faultless returns; the store is as before afterwards.</summary>
    public List<object?[]> FindingsAfter(string change)
    {
        if (_known.TryGetValue(change, out var found))
            return found;
        try
        {
            return _known[change] = Judge(change);
        }
        finally
        {
            Restore();
        }
    }

    private List<object?[]> Judge(string change)
    {
        if (change.Length > 0)
            _store.Connection.Run(change);
        // It is as if the changed forms, and those that stand in changed files, had just come.
        var changed = Changed();
        var forms = changed.Where(t => FormCatalogue.Find(t) is not null).ToList();
        foreach (var table in changed.Where(t => FormCatalogue.Find(t) is null))
            forms.AddRange(
                _store
                    .Connection.Rows(
                        $"""
                        select distinct form from landing.sheet
                        where file_no in (select file_no from ((from landing.{table} except from faultless_{table}) union all (from faultless_{table} except from landing.{table})))
                        """
                    )
                    .Select(r => (string)r[0]!)
            );
        _store.Connection.Run("delete from landing.judged where file_no in (select file_no from landing.sheet where list_contains($1, form))", forms);
        RuleRunner.Run(_store, Catalogue);
        return _store.Connection.Rows(
            """
            select code, severity, scope, file_no, file, sheet, source_row, column_letters, heading, read, problem_zh, problem_en, remedy_zh, remedy_en
            from landing.finding order by all
            """
        );
    }

    /// <summary>The returns as they landed, judged and found faultless.</summary>
    private void Restore() =>
        _store.Connection.Run(
            "begin;"
                + string.Concat(Changed().Select(t => $"delete from landing.{t}; insert into landing.{t} from faultless_{t};"))
                + "delete from landing.finding; delete from landing.judged; insert into landing.judged select file_no from landing.file; commit"
        );

    private List<string> Changed() => [.. Contents().Where(t => t.Value != _faultless[t.Key]).Select(t => t.Key)];

    private Dictionary<string, string> Contents() =>
        _store
            .Connection.Rows(string.Join(" union all ", Tables.Select(t => $"select '{t}', concat_ws(':', count(*), bit_xor(hash(t))) from landing.{t} as t")))
            .ToDictionary(r => (string)r[0]!, r => (string)r[1]!, StringComparer.Ordinal);

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Land() =>
        _store.Append([
            Bound(
                1,
                EnterpriseRegisterForm.Form,
                (object?[][])
                    [
                        [RuleCases.CodeA, "甲集团", "甲；老甲", null, "G", "B06", null, new DateOnly(2010, 1, 1), null, "NEW", null, null, null],
                        [RuleCases.CodeB, "乙公司", null, RuleCases.CodeA, "S", "C26", null, new DateOnly(2012, 1, 1), null, "NEW", null, null, null],
                        .. Siblings.Select(
                            (code, i) =>
                                new object?[]
                                {
                                    code,
                                    $"同行{i}",
                                    null,
                                    i == 0 ? null : Siblings[0],
                                    i == 0 ? "G" : "S",
                                    "C27",
                                    null,
                                    new DateOnly(2011, 1, 1),
                                    null,
                                    "NEW",
                                    null,
                                    null,
                                    null,
                                }
                        ),
                        // Below the first group, so that its return in the name of the operator breaks that one rule alone.
                        [RuleCases.Operator, "运营公司", null, RuleCases.CodeA, "O", "L72", null, new DateOnly(2012, 1, 1), null, "NEW", null, null, null],
                    ]
            ),
            Bound(2, RdSpendForm.Form, SpendRow(2023, 10, 950m, 850m)),
            Bound(3, RdSpendForm.Form, SpendRow(2024, 11, 1000m, 900m)),
            Bound(4, FinanceForm.Form, [RuleCases.CodeA, "甲集团", Year(2023), 100000m, 95000m, 90000m, 8000m, 500L, null]),
            Bound(5, FinanceForm.Form, [RuleCases.CodeA, "老 甲", Year(2024), 105000m, 100000m, 94000m, -9000m, 510L, null]),
            Bound(
                6,
                PatentForm.Form,
                [RuleCases.CodeA, "甲集团", Year(2024), RuleCases.ApplicationNo, "一种装置", "I", "FILE", new DateOnly(2017, 3, 1), "甲集团", null],
                [RuleCases.CodeA, "甲集团", Year(2024), RuleCases.ApplicationNo, "一种装置", "I", "GRANT", new DateOnly(2024, 6, 1), "甲集团", null]
            ),
            Bound(
                7,
                AwardForm.Form,
                [RuleCases.CodeA, "甲集团", Year(2024), "2024-J-1", "某项目", "PROV", "STP", "2", 1L, 2L, 60m, null],
                [RuleCases.CodeB, "乙公司", Year(2024), "2024-J-1", "某项目", "PROV", "STP", "2", 2L, 2L, 40m, null]
            ),
            Bound(10, PatentSummaryForm.Form, PatentNumbers(2023, [2, 1, 1], filed: [2, 0, 1])),
            Bound(11, PatentSummaryForm.Form, PatentNumbers(2024, [3, 1, 1], filed: [0, 0, 0])),
            Bound(12, AwardSummaryForm.Form, [RuleCases.CodeA, "甲集团", Year(2024), 1L, 1L, 0L, 1L, 0L, 0L, 1L, 0L, 0L, null]),
            Bound(13, GroupTotalForm.Form, [Siblings[0], "同行0", Year(2024), 6 * 2000m - 500m, 500m, 6 * 100m - 20m, 20m, null]),
            Bound(14, FinanceForm.Form, [.. Siblings.Select((code, i) => new object?[] { code, $"同行{i}", Year(2024), 2000m, null, 1800m, 10m, 100L, null })]),
            Bound(15, RdSpendForm.Form, [.. Siblings.Select((code, i) => SpendRow(2024, 1, null, null, code, $"同行{i}"))]),
            Bound(
                31,
                ProjectForm.Form,
                [.. Head, "P1", "某项目", "PROV", "OPEN", "RUN", new DateOnly(2023, 1, 1), new DateOnly(2025, 6, 30), 4L, 20m, 900m, 300m, 0.02m, 0.01m, null]
            ),
            Bound(32, PlatformForm.Form, [.. Head, "P1", "某平台", "PKL", "PROV", "APPROVE", new DateOnly(2024, 5, 1), "NONE", null, null, null]),
            Bound(33, TalentForm.Form, [.. Head, 100L, 40L, 60L, 20L, 20L, 0L, 3L, 1L, 1L, 1L, 50L, null]),
            Bound(34, EnterpriseTitleForm.Form, [.. Head, "HNTE", "Z1", new DateOnly(2023, 11, 1), new DateOnly(2026, 10, 31), null]),
            Bound(35, AchievementForm.Form, [.. Head, "C1", "某成果", "SALES", "eq", 100m, "wan", "AUDIT", new DateOnly(2024, 5, 1), null]),
            Bound(36, TaskForm.Form, [.. Head, "2024-1", "T1", "某任务", "COAL", "CORE", new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31), null]),
            Bound(
                37,
                TaskLedgerForm.Form,
                [
                    RuleCases.CodeA,
                    "甲集团",
                    new Innovation1551.Returns.Values.Period(2024, Month: 1, Cumulative: true),
                    "2024-1",
                    "T1",
                    "RUN",
                    10m,
                    new DateOnly(2024, 1, 5),
                    null,
                    null,
                    null,
                ],
                [
                    RuleCases.CodeA,
                    "甲集团",
                    new Innovation1551.Returns.Values.Period(2024, Month: 2, Cumulative: true),
                    "2024-1",
                    "T1",
                    "RUN",
                    30m,
                    new DateOnly(2024, 1, 5),
                    null,
                    null,
                    null,
                ]
            ),
            Bound(38, DigitalSceneForm.Form, [.. Head, "S1", "某场景", "RUN", new DateOnly(2024, 3, 1), 100m, null]),
            Bound(39, OriginSourceForm.Form, [.. Head, "Y1", "某策源地", "Y1-1", "某项目", "BREAK", 10m, null]),
            Bound(40, ConsortiumForm.Form, [.. Head, "L1", "某联合体", "LEAD", 5L, new DateOnly(2023, 1, 1), null, null]),
            Bound(41, PolicyUptakeForm.Form, [.. Head, "RESERVE", "FORCE", new DateOnly(2024, 2, 1), 100m, null, null]),
            Bound(50, LabReadinessForm.Form, [.. Head, "L1", "某实验室", "TEAM", "MET", "证1号", null]),
            Bound(43, EvaluationAppealForm.Form, [.. Head, "EX1_PATENTS", 80m, 92m, "漏报", "张三", null]),
            Bound(
                44,
                EvaluationDecisionForm.Form,
                [RuleCases.CodeB, "乙公司", Year(2024), "EX1_TITLES", 3m, 5m, "漏报", "PARTLY", 4m, "部分属实", "李四", new DateOnly(2025, 4, 1), null]
            ),
            Bound(45, EvaluationAppealForm.Form, [RuleCases.CodeB, "乙公司", Year(2024), "EX1_TITLES", 3m, 5m, "漏报", "张三", null]),
            Bound(
                42,
                CorrectionForm.Form,
                [RuleCases.CodeA, "甲集团", Year(2023), "finance", "employees_persons", 500m, 505m, "漏计", "审核人", new DateOnly(2025, 3, 1), null]
            ),
        ]);

    private static object?[] Head => [RuleCases.CodeA, "甲集团", Year(2024)];

    /// <summary>A year in which one invention was granted: in force at the beginning by type, and filed.</summary>
    private static object?[] PatentNumbers(int year, long[] opening, long[] filed)
    {
        long[][] measures = [opening, filed, [1, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [opening[0] + 1, opening[1], opening[2]]];
        return [RuleCases.CodeA, "甲集团", Year(year), .. measures.SelectMany(m => m.Prepend(m.Sum())).Cast<object?>(), null];
    }

    private static object?[] SpendRow(int year, int times, decimal? prior, decimal? intramuralPrior, string code = RuleCases.CodeA, string name = "甲集团")
    {
        decimal M(int tens) => tens * times;
        return
        [
            code,
            name,
            Year(year),
            M(100),
            M(40),
            M(30),
            M(5),
            M(5),
            M(2),
            M(3),
            M(10),
            M(4),
            M(3),
            M(2),
            M(1),
            M(5),
            prior,
            M(90),
            M(10),
            M(20),
            M(60),
            M(70),
            M(20),
            M(10),
            M(5),
            M(70),
            M(2),
            M(1),
            M(2),
            intramuralPrior,
            4L * times,
            2L * times,
            M(3),
            null,
        ];
    }

    private static Innovation1551.Returns.Values.Period Year(int year) => new(year);

    private static BoundFile Bound(int no, Form form, params object?[][] rows)
    {
        var sheet = new BoundSheet(1, SheetName(form), form)
        {
            ReporterCode = (string)rows[0][0]!,
            FilledOn = new DateOnly(2025, 3, 1).AddDays(no - 1),
            Revision = 1,
            Columns = [.. form.Fields.Select((f, i) => new BoundColumn(f, i + 1, f.Label.Zh, f.Unit))],
            RowsIn = rows.Length,
        };
        for (var i = 0; i < rows.Length; i++)
            sheet.Rows.Add(new(4 + i, rows[i]));
        var file = new BoundFile(new Receipt(no, $"{no:x64}", FileName(no), 1, DateTimeOffset.UnixEpoch)) { Format = "csv" };
        file.Sheets.Add(sheet);
        return file;
    }

    public static string FileName(int no) => $"return-{no}.csv";

    public static string SheetName(Form form) => form.Name.Zh;
}
