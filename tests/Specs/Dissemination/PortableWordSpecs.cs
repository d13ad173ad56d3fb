using System.Text.RegularExpressions;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.Dissemination;

/// <summary>Metrics and recipes are written in words that DuckDB, PostgreSQL and ClickHouse have. What names alone cannot tell, the engines do: <see cref="PortableModels"/>.</summary>
public class PortableWordSpecs
{
    /// <summary>What one of the three lacks or understands otherwise, what to write, and a query that has it.</summary>
    private static readonly (string Word, string Instead, string Example)[] Alone =
    [
        ("qualify", "number the rows in a subquery and take place = 1 outside", "select a from t qualify row_number() over (order by a) = 1"),
        ("lateral", "one select a value with union all, or cross join (values …) and case", "select v.a from t cross join lateral (values (1)) as v (a)"),
        ("(anti|semi|asof|positional) join", "left join … where … is null, or exists", "select a from t anti join u using (a)"),
        (@"(arg_max|arg_min|max_by|min_by)\(", "row_number() in a subquery, or max of what both are put into", "select arg_max(a, b) from t"),
        (@"(any_value|first|last|arbitrary|mode)\(", "min or max", "select any_value(a) from t"),
        (@"(bool_or|bool_and|every)\(", "count(*) filter (where …) > 0, or min and max", "select bool_or(a > 1) from t"),
        (@"(string_agg|group_concat|listagg|array_agg|list|histogram)\(", "one case for each that there may be, with ||", "select string_agg(a, ';') from t"),
        (
            @"(string_split|split_part|list_\w+|array_\w+|unnest|len)\(",
            "position(';' || a || ';' in ';' || b || ';') > 0",
            "select 1 where list_contains(a, 1)"
        ),
        (@"(regexp_\w+|contains|starts_with|instr|strpos)\(", "position(b in a) > 0, left, or like", "select a from t where regexp_matches(a, 'b')"),
        (@"struct_pack\(|:=|\{", "columns", "select struct_pack(k := a) from t"),
        (@"\w+\.\*", "the columns by name", "select t.*, u.b from t join u using (a)"),
        (@"\* *(exclude|replace|rename)\b|columns\(", "the columns by name", "select * exclude (a) from t"),
        (@"\(\s*from\b|;\s*from\b", "select … from", "select a from t where exists (from u)"),
        ("(group|order) by all", "the columns by name", "select a from t group by all"),
        (@"(year|month|day|quarter|date_part|date_trunc)\(", "extract(year from a)", "select year(a) from t"),
        (@"(date_diff|datediff|date_sub|date_add|age|epoch\w*)\(", "core.days(a, b), or interval", "select date_diff('day', a, b) from t"),
        (@"(last_day|make_date|strftime|strptime|today|now)\(", "the dates of core.dim_period", "select last_day(a) from t"),
        (@"date '(0|1[0-8]|2[2-9]|[3-9])", "null: ClickHouse has days from 1900 to 2299 alone", "select coalesce(a, date '9999-12-31') from t"),
        (
            @"double\b(?! precision)|\bfloat\b|\breal\b",
            "decimal, or double precision that is cast to decimal before it is rounded",
            "select cast(a as double) from t"
        ),
        (@"//|<<|>>|(?<!\|)[&](?!&)|\bxor\(", "core.quotient, pow and %", "select a // b from t"),
        ("::", "cast(a as b)", "select a::integer from t"),
        (@"(hugeint|ubigint|uinteger|tinyint)\b", "bigint or decimal(38, 0)", "select cast(a as hugeint) from t"),
        (@"(try_cast|ifnull|nvl|if|iff)\(", "case, or coalesce", "select if(a, b, c) from t"),
        (@"ilike\b|glob\b|similar to", "like and lower", "select a from t where a ilike 'b'"),
        (@"quantile_cont\([^)]*\[", "one quantile after the other", "select quantile_cont(a, [0.1, 0.9]) from t"),
        (
            @"(not )?materialized\b|(un)?pivot\b|using sample\b|summarize\b",
            "a common table expression as it stands",
            "with u as materialized (select 1) select * from u"
        ),
        (@"(range|generate_series)\(", "the values by name", "select a from range(3) as t (a)"),
    ];

    private static readonly Regex[] Words =
    [
        .. Alone.Select(a => new Regex((char.IsLetter(a.Word.TrimStart('(')[0]) ? @"(?<![\w.])" : "") + $"(?:{a.Word})", RegexOptions.IgnoreCase)),
    ];

    [Theory]
    [InlineData("metric")]
    [InlineData("cookbook")]
    public void What_an_engine_lacks_is_refused_with_what_to_write_instead(string folder) =>
        Assert.Empty(WarehouseSketch.Definitions.Under(folder).SelectMany(d => Refused(d.Value).Select(r => $"models/{d.Key}: {r}")));

    [Fact]
    public void Every_word_of_the_list_is_found()
    {
        foreach (var (word, instead, example) in Alone)
            Assert.Contains(Refused(example), r => r.EndsWith(": write " + instead, StringComparison.Ordinal));
        Assert.Empty(
            Refused(
                "select t.a, count(*) filter (where t.b) as n from t left join u on u.a = t.a where u.a is null group by t.a -- any_value(a) is not for everybody"
            )
        );
    }

    /// <summary>Comments and texts may say what they like.</summary>
    private static IEnumerable<string> Refused(string sql)
    {
        var code = Regex.Replace(sql, "--[^\n]*|date '[^']*'|'[^']*'", m => m.Value.StartsWith("date", StringComparison.Ordinal) ? m.Value : "''");
        return Words.SelectMany(
            (w, i) => w.Matches(code).Select(m => $"line {code[..m.Index].Count(c => c == '\n') + 1}, {m.Value.Trim()}: write {Alone[i].Instead}")
        );
    }
}
