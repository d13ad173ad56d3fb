namespace Innovation1551.Models.Warehouse;

/// <summary>
/// The rules by which a missing annual return is imputed, <c>seeds/imputation_rule.csv</c>: none as shipped, and then nothing is imputed. A line says of
/// one amount for which levels of enterprises (separated by ;, empty for all) and years (<c>to_year</c> empty: without end) it holds, how much of the
/// industry code the donors must share (<c>industry_length</c>: 1 a section of GB/T 4754, 3 a division) and how many donors there must be at least.
/// </summary>
public static class ImputationRules
{
    public const string Path = "seeds/imputation_rule.csv";

    /// <summary>Amounts that are sums over enterprises, one for each.</summary>
    private static readonly string[] Amounts = ["rd_expense", "rd_intramural", "revenue", "rd_fte"];

    /// <exception cref="DefinitionException">A rule does not hold together, or disclosure control is on as well; names the line.</exception>
    public static void Demand(Definitions definitions)
    {
        var rules = SeedLine.Of(definitions, Path);
        var levels = Seed.Parse("seeds/enterprise_level.csv", definitions["seeds/enterprise_level.csv"]).Skip(1).Select(r => r[0]).ToHashSet();
        foreach (var rule in rules)
        {
            if (rule["rule"].Length == 0 || rules.First(r => r["rule"] == rule["rule"]) != rule)
                throw rule.Fault(new("rule（规则编号）不得为空或重复", "rule, its number, is neither empty nor repeated"));
            rule.OneOf("metric", Amounts);
            rule.AllKnown("levels", levels, "seeds/enterprise_level.csv");
            var from = rule.Whole("from_year", 2000, 2100);
            if (rule["to_year"].Length > 0 && rule.Whole("to_year", 2000, 2100) < from)
                throw rule.Fault(new("to_year 早于 from_year", "to_year is before from_year"));
            rule.Whole("industry_length", 1, 5);
            rule.Whole("min_donors", 1, 10_000);
            if (rule["reason"].Length == 0)
                throw rule.Fault(new("请写明依据（reason）", "say on what the rule rests (reason)"));
        }
        // The gate knows what each enterprise reported; of an imputed amount it does not know how closely it tells last year's.
        if (rules.Count > 0 && SeedLine.Of(definitions, "seeds/disclosure_rule.csv").Count > 0)
            throw rules[0]
                .Fault(
                    new(
                        "保密规则（seeds/disclosure_rule.csv）尚不能保护含插补数的合计，两者不能同时启用；请清空其中一个",
                        "disclosure control (seeds/disclosure_rule.csv) cannot yet protect sums with imputed amounts: empty one of the two tables"
                    )
                );
    }
}
