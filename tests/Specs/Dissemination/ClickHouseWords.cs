using System.Text.RegularExpressions;

namespace Innovation1551.Specs.Dissemination;

/// <summary>A metric's query as ClickHouse takes it: the settings by which it reckons as SQL does, its name for functions of ours, and names for columns. Nothing else differs.</summary>
internal static partial class ClickHouseWords
{
    /// <summary>Nulls where a join or a grouping set has none, and names that are looked for among the columns first.</summary>
    private const string Settings =
        " settings union_default_mode = 'DISTINCT', join_use_nulls = 1, group_by_use_nulls = 1, aggregate_functions_null_for_empty = 1, cast_keep_nullable = 1, data_type_default_nullable = 1, prefer_column_name_to_alias = 1";

    /// <summary>It keeps functions of others in no database, so their names say whose they are; where two tables of a join have a column it calls it by both names, unless it is given one.</summary>
    public static string Of(string sql) => Named(House().Replace(sql, "core_$1(")) + Settings;

    /// <summary>Gives each bare qualified column of a list its own name, where no other of the list has it.</summary>
    private static string Named(string sql)
    {
        var (open, done, depth) = (new Dictionary<int, List<List<Match>>>(), new List<List<List<Match>>>(), 0);
        foreach (var token in Token().Matches(sql).Where(t => !string.IsNullOrWhiteSpace(t.Value) && !t.Value.StartsWith("--", StringComparison.Ordinal)))
        {
            if (token.Value == ")" && open.Remove(depth, out var closed))
                done.Add(closed);
            depth -= token.Value == ")" ? 1 : 0;
            if (token.Value == "select")
                open[depth] =
                [
                    [],
                ];
            else if (token.Value == "from" && open.Remove(depth, out var ended))
                done.Add(ended);
            else if (open.TryGetValue(depth, out var list))
            {
                if (token.Value == ",")
                    list.Add([]);
                else if (token.Value != "distinct")
                    list[^1].Add(token);
            }
            depth += token.Value == "(" ? 1 : 0;
        }
        foreach (
            var (at, name) in done.SelectMany(list =>
                    list.Where(i => i.Count == 1 && Column().IsMatch(i[0].Value) && list.Count(o => o.Count > 0 && LastName(o) == LastName(i)) == 1)
                        .Select(i => (At: i[0].Index + i[0].Length, Name: LastName(i)))
                )
                .OrderByDescending(i => i.At)
        )
            sql = sql.Insert(at, " as " + name);
        return sql;

        static string LastName(List<Match> item) => item[^1].Value[(item[^1].Value.IndexOf('.', StringComparison.Ordinal) + 1)..];
    }

    [GeneratedRegex(@"\bcore\.(\w+)\(")]
    private static partial Regex House();

    [GeneratedRegex(@"--[^\n]*|'[^']*'|\w+(?:\.\w+)?|\s+|\S")]
    private static partial Regex Token();

    [GeneratedRegex(@"^[a-z_]\w*\.[a-z_]\w*$")]
    private static partial Regex Column();
}
