using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sample;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Specs.Warehouse;

/// <summary>
/// A dozen small returns of two invented groups, with what makes loading hard: a rename and a merger, three versions of one return
/// of which the second drops a row, corrections, faults, an award and a patent shared across groups, two returns that cannot be told apart.
/// </summary>
internal static class SmallReturns
{
    public static readonly string G1 = CreditCode.Of("1401", 1),
        A = CreditCode.Of("1401", 2),
        B = CreditCode.Of("1401", 3),
        D = CreditCode.Of("1401", 4),
        G2 = CreditCode.Of("1403", 5),
        C = CreditCode.Of("1403", 6),
        Unknown = CreditCode.Of("1403", 7);

    private static readonly Dictionary<string, string> Names = new()
    {
        [G1] = "示例一集团",
        [A] = "示例甲公司",
        [B] = "示例乙公司",
        [D] = "示例丁公司",
        [G2] = "示例二集团",
        [C] = "示例丙公司",
        [Unknown] = "名录外公司",
    };

    /// <summary>Writes the files into a folder; gives their paths and the detail rows of each.</summary>
    public static IReadOnlyList<(string Path, int Rows)> Write(string folder)
    {
        Directory.CreateDirectory(folder);
        return
        [
            File(
                "register",
                EnterpriseRegisterForm.Form,
                G1,
                2020,
                1,
                1,
                Enterprise(G1, null),
                Enterprise(A, G1),
                Enterprise(B, G1),
                Enterprise(D, G1),
                Enterprise(G2, null),
                Enterprise(C, G2)
            ),
            File(
                "register-changes",
                EnterpriseRegisterForm.Form,
                G1,
                2024,
                1,
                2,
                Enterprise(A, G1, "示例甲公司", "示例新甲公司", new(2023, 7, 1), "RENAME"),
                Enterprise(G2, null, null, "示例二集团", new(2024, 1, 1), "MERGE", D)
            ),
            File("spend-2023", RdSpendForm.Form, G1, 2023, 1, 3, Spend(A, 2023, 100), Spend(B, 2023, 50), Spend(D, 2023, 10)),
            File("spend-2024-v1", RdSpendForm.Form, G1, 2024, 1, 4, Spend(A, 2024, 110), Spend(B, 2024, 55)),
            File("spend-2024-v2", RdSpendForm.Form, G1, 2024, 2, 5, Spend(A, 2024, 120)),
            File("spend-2024-v3", RdSpendForm.Form, G1, 2024, 3, 6, Spend(A, 2024, 130)),
            File("finance-2024", FinanceForm.Form, G1, 2024, 1, 7, Finance(A, 2024, 5000), Finance(B, 2024, 2500)),
            File("finance-2024-correction", FinanceForm.Form, B, 2024, 2, 6, Finance(B, 2024, 2600)),
            File("finance-2024-g2", FinanceForm.Form, G2, 2024, 1, 8, Finance(C, 2024, 900)),
            File("finance-2024-g2-again", FinanceForm.Form, G2, 2024, 1, 8, Finance(C, 2024, 950)),
            File("spend-2024-g2-faulty", RdSpendForm.Form, G2, 2024, 1, 9, Spend(C, 2024, 40, total: 77), Spend(Unknown, 2024, 20), Spend(G2, 2024, 30)),
            File(
                "patents-2024",
                PatentForm.Form,
                G1,
                2024,
                1,
                10,
                Patent(A, "FILE", new(2024, 2, 1)),
                Patent(A, "GRANT", new(2024, 9, 1)),
                Patent(C, "FILE", new(2024, 2, 1), "CN202410112200.X")
            ),
            File("awards-2024", AwardForm.Form, G1, 2024, 1, 11, Award(A, 1), Award(C, 2)),
        ];

        (string, int) File(string name, Form form, string reporter, int year, int revision, int day, params IReadOnlyDictionary<string, object?>[] rows) =>
            (WriteFile(folder, name, form, reporter, year, revision, day, rows), rows.Length);
    }

    /// <summary>Five more groups of one enterprise each with spend of 2024; the last two lie 5 wan apart and are fourth and fifth of all.</summary>
    public static IReadOnlyList<string> WriteGroups(string folder)
    {
        string[] groups = [.. Enumerable.Range(11, 5).Select(n => CreditCode.Of("1402", n))];
        foreach (var (group, n) in groups.Select((g, n) => (g, n)))
            Names[group] = $"示例第{n + 3}集团";
        decimal[] tens = [90, 80, 20, 70.5m, 70];
        return
        [
            WriteFile(folder, "register-groups", EnterpriseRegisterForm.Form, groups[0], 2020, 1, 1, [.. groups.Select(g => Enterprise(g, null))]),
            WriteFile(folder, "spend-2024-groups", RdSpendForm.Form, groups[0], 2024, 1, 5, [.. groups.Select((g, n) => Spend(g, 2024, tens[n]))]),
        ];
    }

    /// <summary>An approved correction of one cell of 2024; gives the path of its file.</summary>
    public static string WriteCorrection(string folder, string code, string form, string field, decimal old, decimal now) =>
        WriteFile(
            folder,
            $"correction-{field}",
            CorrectionForm.Form,
            G1,
            2024,
            1,
            20,
            [
                new Dictionary<string, object?>
                {
                    ["enterprise_code"] = code,
                    ["enterprise_name"] = Names[code],
                    ["period"] = "2024年",
                    ["corrected_form"] = form,
                    ["corrected_field"] = field,
                    ["old_value"] = old,
                    ["new_value"] = now,
                    ["reason"] = "录入有误",
                    ["approver"] = "示例批准人",
                    ["approved_on"] = new DateOnly(2025, 6, 1),
                },
            ]
        );

    /// <summary>A return that replaces the one of the revision before; gives the path of its file, which is always the same.</summary>
    public static string WriteRevision(string folder, int revision) =>
        WriteFile(folder, "finance-2024-revised", FinanceForm.Form, G2, 2024, revision, 10, [Finance(C, 2024, 900 + revision % 50)]);

    public static string WriteFile(
        string folder,
        string name,
        Form form,
        string reporter,
        int year,
        int revision,
        int day,
        IReadOnlyDictionary<string, object?>[] rows
    )
    {
        var path = Path.Combine(folder, name + ".csv");
        var header = new ReturnHeader(reporter, Names[reporter], year, $"{year}年", new DateOnly(year + 1, 3, day), revision) { Synthetic = true };
        using var stream = new FileStream(path, FileMode.Create);
        ReturnCsv.Write(stream, header, new(form, rows), day % 2 == 0 ? ReturnCsv.Utf8WithMark : ReturnCsv.Gb18030);
        return path;
    }

    public static Dictionary<string, object?> Enterprise(
        string code,
        string? parent,
        string? alias = null,
        string? name = null,
        DateOnly? from = null,
        string kind = "NEW",
        string? predecessors = null
    ) =>
        new()
        {
            ["enterprise_code"] = code,
            ["enterprise_name"] = name ?? Names[code],
            ["aliases"] = alias,
            ["parent_code"] = parent,
            ["enterprise_level"] = parent is null ? "G" : "S",
            ["industry"] = "B06",
            ["valid_from"] = from ?? new DateOnly(2010, 1, 1),
            ["change_kind"] = kind,
            ["predecessor_codes"] = predecessors,
        };

    public static Dictionary<string, object?> Spend(string code, int year, decimal tens, decimal? total = null) =>
        new()
        {
            ["enterprise_code"] = code,
            ["enterprise_name"] = Names[code],
            ["period"] = $"{year}年",
            ["expense_total_wan"] = total ?? tens * 10,
            ["cost_personnel_wan"] = tens * 4,
            ["cost_direct_input_wan"] = tens * 6,
            ["intramural_total_wan"] = tens * 9,
            ["activity_experimental_wan"] = tens * 9,
            ["fund_enterprise_wan"] = tens * 8,
            ["fund_gov_local_wan"] = tens,
            ["rd_personnel_persons"] = 100L,
            ["rd_personnel_fte"] = tens / 2,
        };

    public static Dictionary<string, object?> Finance(string code, int year, decimal revenue) =>
        new()
        {
            ["enterprise_code"] = code,
            ["enterprise_name"] = Names[code],
            ["period"] = $"{year}年",
            ["revenue_wan"] = revenue * 10,
            ["revenue_prior_wan"] = revenue * 9,
            ["operating_cost_wan"] = revenue * 8,
        };

    public static Dictionary<string, object?> Patent(string code, string what, DateOnly day, string number = "202410112200.X") =>
        new()
        {
            ["enterprise_code"] = code,
            ["enterprise_name"] = Names[code],
            ["period"] = "2024年",
            ["application_no"] = number,
            ["patent_type"] = "I",
            ["event"] = what,
            ["event_date"] = day,
            ["owners"] = $"{Names[A]}；{Names[C]}",
        };

    private static Dictionary<string, object?> Award(string code, long rank) =>
        new()
        {
            ["enterprise_code"] = code,
            ["enterprise_name"] = Names[code],
            ["period"] = "2024年",
            ["certificate_no"] = "2024-J-1",
            ["project_name"] = "示例项目",
            ["award_level"] = "PROV",
            ["award_scheme"] = "STP",
            ["award_grade"] = "2",
            ["unit_rank"] = rank,
            ["unit_count"] = 2L,
        };
}
