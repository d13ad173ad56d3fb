using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Rules;

/// <summary>What the rules of several forms are made from.</summary>
internal static class RuleSql
{
    public static readonly Text Recheck = new("请核对原始记录，改正后重新报送", "check against your records, correct and send again");
    public static readonly Text Explain = new("请核对；如属实，请在“说明”栏说明原因", "check; if it is right, give the reason in the explanation column");

    /// <summary>Total = sum of parts, within what rounding can do. A block of which no part is filled in is not asked to balance (see V31).</summary>
    public static Rule Balance(string id, string form, string total, Text name, params string[] parts) => Balance(id, form, total, name, parts, []);

    /// <param name="minus">Parts that are taken off.</param>
    public static Rule Balance(string id, string form, string total, Text name, string[] parts, string[] minus)
    {
        var balance = new Balance(total, [.. parts], [.. minus]);
        return new(
            id,
            Severity.Error,
            form,
            total,
            balance.Broken(FormCatalogue.Find(form)!),
            new(name.Zh + "为 {0}，各分项之和为 {1}，相差 {2}", name.En + " is {0}, its parts sum to {1}: a difference of {2}"),
            Recheck,
            $"l.{total}",
            balance.Sum,
            $"(coalesce(l.{total}, 0) - {balance.Sum})"
        )
        {
            Balance = balance,
        };
    }

    /// <summary>A total of which no part is filled in: nothing, or not filled in?</summary>
    public static Rule EmptyBlock(Rule balance, Text name) =>
        new(
            "V31",
            Severity.Warning,
            balance.Form,
            balance.Field,
            $"l.{balance.Field} > 0 and not ({balance.Balance!.SomePart})",
            new(name.Zh + "为 {0}，各分项均未填", name.En + " is {0}, but none of its parts is filled in"),
            new(
                "请填写各分项；没有的项目填 0 或“无”，确实无法分列的请在“说明”栏说明",
                "fill in the parts, 0 or 无 where there is nothing; if they cannot be told apart, say so in the explanation column"
            ),
            "l." + balance.Field
        );

    /// <summary>A main figure left blank: a cell that says 无 or — has said so, a blank one has not.</summary>
    public static Rule Unstated(string form, string field) =>
        new(
            "V31",
            Severity.Warning,
            form,
            field,
            $"l.{field} is null and m.field is null",
            new("未填，无法区分“没有”与“未填报”（{0}）", "left blank: nothing to report, or not reported? ({0})"),
            new(
                "没有的请填 0 或“无”；暂无法提供的请在“说明”栏说明",
                "enter 0 or 无 where there is nothing; if it cannot be given yet, say so in the explanation column"
            ),
            "l.enterprise_name"
        )
        {
            Joins =
                $"left join landing.missing as m on m.file_no = l.file_no and m.sheet_no = l.sheet_no and m.source_row = l.source_row and m.field = '{field}'",
        };

    public static Rule Negative(string form, Field field) =>
        new(
            "V32",
            Severity.Error,
            form,
            field.Name,
            $"l.{field.Name} < 0 and coalesce(l.note, '') not like '%红字%'",
            new($"“{field.Label.Zh}”为负数（{{0}}）", $"\"{field.Label.En}\" is negative ({{0}})"),
            new("请改正；确为红字更正的，请在“说明”栏注明“红字更正”", "correct it; a red-letter correction is marked 红字更正 in the explanation column"),
            "l." + field.Name
        );

    public static IEnumerable<Rule> Negatives(Form form) =>
        form.Fields.Where(f => f.Type is FieldType.Amount or FieldType.Count && !f.MayBeNegative).Select(f => Negative(form.Id, f));

    /// <summary>More than an enterprise can have: asked about.</summary>
    public static Rule TooMany(string form, string field, string limit, Text name) =>
        new(
            "V27",
            Severity.Warning,
            form,
            field,
            $"l.{field} > {limit}",
            new($"{name.Zh} {{0}}，多于通常可能的 {limit}", $"{name.En}: {{0}}, more than the {limit} that are likely"),
            Explain,
            "l." + field
        );

    /// <summary>People of one kind can hardly be more than all employees, whom the finance return of the same period counts.</summary>
    public static Rule MoreThanEmployees(string form, string field, Text name) =>
        new(
            "V10",
            Severity.Warning,
            form,
            field,
            $"l.{field} > f.employees_persons",
            new($"{name.Zh} {{0}} 人多于从业人员 {{1}} 人", $"{name.En}: {{0}}, more than the {{1}} employees"),
            Explain,
            "l." + field,
            "f.employees_persons"
        )
        {
            Joins = SamePeriod("finance", "f"),
        };

    /// <summary>45 percent written as 0.45.</summary>
    /// <param name="where">Further condition: the rows in which the field is a percentage.</param>
    public static Rule Fraction(string form, string field, Thresholds limits, string where = "true") =>
        new(
            "V27",
            Severity.Warning,
            form,
            field,
            $"{where} and l.{field} > 0 and l.{field} < {limits["percent_fraction_max"]}",
            new(
                "读到 {0}%，疑把百分数写成了小数（45% 应填 45，不填 0.45）",
                "read as {0} %: probably a percentage written as a fraction (45 % is entered as 45, not 0.45)"
            ),
            Explain,
            "l." + field
        );

    /// <summary>An amount of something that was returned last year too, under the same key: it may be in another unit.</summary>
    public static Rule Unit(Form form, string field, Text name, Thresholds limits, string where = "true")
    {
        var exponent = Exponent("l." + field, "p." + field, $"log10(1 + {limits["slip_percent"]} / 100)");
        return new(
            "V25",
            Severity.Warning,
            form.Id,
            field,
            $"{where} and {exponent} is not null",
            new(name.Zh + " {0} 约为上年所报 {1} 的 {2} 倍，疑为计量单位错误", name.En + ": {0} is about {2} times last year's {1}: probably the wrong unit"),
            Explain,
            "l." + field,
            "p." + field,
            Multiple(exponent)
        )
        {
            Joins = $"{Prior(form.Id)}{string.Concat(form.Key.Select(k => $" and p.{k} = l.{k}"))}",
        };
    }

    /// <summary>The accepted return of the same enterprise for the same months of last year.</summary>
    public static string Prior(string form) =>
        $"join {Rule.Accepted}{form} as p on p.enterprise_code = l.enterprise_code and p.period_year = l.period_year - 1 and p.period_month is not distinct from l.period_month";

    /// <summary>The accepted cumulative return of the month before.</summary>
    public static string MonthBefore(string form) =>
        $"join {Rule.Accepted}{form} as b on b.enterprise_code = l.enterprise_code and b.period_year = l.period_year and b.period_month = l.period_month - 1";

    /// <summary>The accepted return of another form by the same enterprise for the same period.</summary>
    public static string SamePeriod(string form, string alias) =>
        $"join {Rule.Accepted}{form} as {alias} on {alias}.enterprise_code = l.enterprise_code and {alias}.period_year = l.period_year and {alias}.period_month is not distinct from l.period_month";

    /// <summary>
    /// The decimal exponent 1 to 4, or -1 to -4, by which a figure lies above or below a comparator; null where it is no such multiple.
    /// A factor of 100 and more is no growth, whatever the enterprise grew by beside it: there the multiple may be off by a factor of two.
    /// The condition stands inside the logarithm, because SQL may evaluate the sides of an "and" in any order, and a logarithm of zero ends the whole run.
    /// </summary>
    public static string Exponent(string now, string before, string tolerance) =>
        $"case when abs(round({Magnitude(now, before)})) between 1 and 4 and abs({Magnitude(now, before)} - round({Magnitude(now, before)})) <= case when abs(round({Magnitude(now, before)})) >= 2 then 0.3 else {tolerance} end then cast(round({Magnitude(now, before)}) as integer) end";

    /// <summary>Decimal logarithm of the quotient of the sizes; null where either is nothing.</summary>
    public static string Magnitude(string now, string before) =>
        $"log10(case when {now} <> 0 and {before} <> 0 then abs(cast({now} as double) / cast({before} as double)) end)";

    /// <summary>An amount with room to be multiplied: a DECIMAL that overflows ends the whole run, and the largest figures are the wrong ones.</summary>
    public static string Wide(string amount) => $"cast({amount} as decimal(38, 6))";

    /// <summary>10, 1/1000 … for an exponent.</summary>
    public static string Multiple(string exponent) =>
        $"case when {exponent} > 0 then '' else '1/' end || cast(cast(pow(10, abs({exponent})) as integer) as varchar)";

    /// <summary>Amount fields of a form that stay alike from year to year, comparatives aside.</summary>
    public static IEnumerable<string> Comparable(Form form) =>
        form
            .Fields.Where(f => f is { Type: FieldType.Amount, Unit.Dimension: Dimension.Money } && !f.Name.Contains("_prior_", StringComparison.Ordinal))
            .Select(f => f.Name);

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
