namespace Innovation1551.Returns.Forms;

/// <summary>The number (表号) that a form carries on paper. It stays with the form whatever comes before it in the catalogue; a number is never given twice.</summary>
public static class FormNumber
{
    private static readonly Dictionary<string, string> All = new(StringComparer.Ordinal)
    {
        ["enterprise_register"] = "1551-00",
        ["rd_spend"] = "1551-01",
        ["finance"] = "1551-02",
        ["patents"] = "1551-03",
        ["awards"] = "1551-04",
        ["patent_summary"] = "1551-05",
        ["award_summary"] = "1551-06",
        ["group_total"] = "1551-07",
        ["projects"] = "1551-08",
        ["platforms"] = "1551-09",
        ["talent"] = "1551-10",
        ["enterprise_titles"] = "1551-11",
        ["achievements"] = "1551-12",
        ["tasks"] = "1551-13",
        ["task_ledger"] = "1551-14",
        ["digital_scenes"] = "1551-15",
        ["origin_sources"] = "1551-16",
        ["consortia"] = "1551-17",
        ["policy_uptake"] = "1551-18",
        ["corrections"] = "1551-19",
        ["lab_readiness"] = "1551-25",
        ["evaluation_appeals"] = "1551-20",
        ["evaluation_decisions"] = "1551-21",
        ["review"] = "1551-22",
        ["correction_decisions"] = "1551-23",
    };

    /// <summary>The number of a form; null for one that nobody fills in on paper.</summary>
    public static string? Of(Form form) => All.GetValueOrDefault(form.Id);
}
