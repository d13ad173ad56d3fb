using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Disclosure;

/// <summary>
/// The rules of disclosure control, <c>seeds/disclosure_rule.csv</c>: none as shipped, and then nothing is suppressed. A line protects one amount of
/// every enterprise: <c>threshold</c>, the enterprises from which on a sum may be published; <c>dominance_n</c> and <c>dominance_k_percent</c>, what the
/// largest may have of it together; <c>p_percent</c>, how closely the second largest may know the largest; and <c>range_percent</c>, how closely nobody
/// may reckon what is not published. Terms as in the Handbook on Statistical Disclosure Control (ESSnet SDC, 2010, chapter 4).
/// </summary>
public static class DisclosureRules
{
    public const string Path = "seeds/disclosure_rule.csv";

    /// <summary>Amounts that the forms ask of each enterprise and that are summed as they stand. Counts of patents, awards and titles are of public registers.</summary>
    private static readonly string[] Amounts = ["rd_expense", "rd_intramural", "revenue", "rd_fte"];

    /// <summary>Is anything protected?</summary>
    /// <exception cref="DefinitionException">A rule does not hold together; names the line.</exception>
    public static bool AreThere(Definitions definitions)
    {
        var rules = SeedLine.Of(definitions, Path);
        foreach (var rule in rules)
        {
            rule.OneOf("metric", Amounts);
            rule.Whole("threshold", 2, 1000);
            if (rule["dominance_n"].Length > 0 != rule["dominance_k_percent"].Length > 0)
                throw rule.Fault(
                    new("dominance_n 与 dominance_k_percent 应同时填写或同时留空", "dominance_n and dominance_k_percent are both given or both empty")
                );
            if (rule["dominance_n"].Length > 0)
            {
                rule.Whole("dominance_n", 1, 100);
                Percent(rule, "dominance_k_percent");
            }
            if (rule["p_percent"].Length > 0)
                Percent(rule, "p_percent");
            Percent(rule, "range_percent");
            if (rule["reason"].Length == 0)
                throw rule.Fault(new("请写明依据（reason）", "say on what the rule rests (reason)"));
            if (rules.First(r => r["metric"] == rule["metric"]) is var first && first != rule)
                throw rule.Fault(new($"{rule["metric"]} 已有规则（第 {first.No} 行）", $"{rule["metric"]} has a rule already (line {first.No})"));
        }
        return rules.Count > 0;
    }

    /// <summary>The most that the gate may take.</summary>
    public static TimeSpan Limit(Definitions definitions) =>
        TimeSpan.FromSeconds((double)SeedLine.Of(definitions, "seeds/threshold.csv").Single(l => l["threshold"] == "disclosure_seconds").Number("value"));

    private static void Percent(SeedLine rule, string column)
    {
        if (rule.Number(column) is <= 0 or > 100)
            throw rule.Fault(new($"{column} 应大于 0、不超过 100", $"{column} is above 0 and at most 100"));
    }
}
