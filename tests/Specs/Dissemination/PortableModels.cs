using System.Text.RegularExpressions;
using Innovation1551.Models.Releases;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.Dissemination;

/// <summary>
/// The models that the metrics are made by, run in another engine over the tables that were published there: each gives the rows that the release has, but for
/// those that are listed with the reason. A listed one must not run, so that the list only shrinks. Of an engine's own words for the same thing only those are
/// put in that stand here.
/// </summary>
internal static partial class PortableModels
{
    /// <summary>Divisions have other names there, and what a truth is has no aggregate of its own.</summary>
    private static readonly (Regex What, string Word)[] ClickHouse =
    [
        (new(@"\bcore\.(percent|quotient)\("), "core_$1("),
        (new(@"\barg_max\("), "argMax("),
        (new(@"\bbool_or\("), "max("),
        (new(@"\bbool_and\("), "min("),
        (new(@"\banti join\b"), "left anti join"),
    ];

    /// <summary>A null has the type of the column that it stands in, which PostgreSQL does not look up in a union.</summary>
    private static readonly (Regex What, string Word)[] Postgres =
    [
        (new(@"\bany_value\("), "min("),
        (new(@"\bnull, null, "), "cast(null as numeric), cast(null as numeric), "),
        (new(@"\banti join (\S+) as (\w+) on ([^\n;]+)"), "join lateral (select 1 where not exists (select 1 from $1 as $2 where $3)) as no_$2 on true"),
    ];

    /// <summary>What ClickHouse asks for that it may reckon with nulls as SQL does.</summary>
    private const string Settings =
        " settings union_default_mode = 'DISTINCT', join_use_nulls = 1, group_by_use_nulls = 1, aggregate_functions_null_for_empty = 1, cast_keep_nullable = 1, data_type_default_nullable = 1";

    public static string ForPostgres(string sql) => Said(sql, Postgres);

    public static string ForClickHouse(string sql) => Said(sql, ClickHouse) + Settings;

    /// <summary>Where two tables of a join have a column, ClickHouse calls it by both names unless it is given one.</summary>
    public static string ForClickHouseNamed(string sql) => Named(Said(sql, ClickHouse)) + Settings;

    /// <param name="ask">Runs a query in the engine.</param>
    /// <param name="isRefused">That the engine does not know what was asked.</param>
    /// <param name="ways">How a query may be put to it; the first that it understands counts.</param>
    /// <param name="except">Models that it understands in no way, or none of whose rows agree.</param>
    public static void Demand(
        TestWorkspace workspace,
        Manifest release,
        Func<string, IEnumerable<object?[]>> ask,
        Func<Exception, bool> isRefused,
        IReadOnlyList<Func<string, string>> ways,
        IReadOnlyDictionary<string, string> except
    )
    {
        var (rows, models, faults) = (0, 0, new List<string>());
        foreach (var (path, text) in WarehouseSketch.Definitions.Under("metric"))
        {
            var name = path["metric/".Length..^".sql".Length];
            var into = $"insert into metric.{name}";
            var query = text[(text.IndexOf(into, StringComparison.Ordinal) + into.Length)..].Trim().TrimEnd(';');
            var wanted = string.Join('\n', PortableRecipes.Texts(workspace.Query($"from metric.{name}", release)));
            var (found, said) = ((string?)null, "");
            foreach (var way in ways)
                try
                {
                    found = string.Join('\n', PortableRecipes.Texts(ask(way(query))));
                    break;
                }
                catch (Exception e) when (isRefused(e))
                {
                    said = e.Message;
                }
            if (except.TryGetValue(name, out var reason))
            {
                if (found is not null)
                    faults.Add($"{name} runs ({reason}): take it off the list");
                continue;
            }
            if (found is null)
                faults.Add($"{name} is not understood: {said}");
            else if (found != wanted)
                faults.Add($"{name} differs: {Environment.NewLine}{found}{Environment.NewLine}for{Environment.NewLine}{wanted}");
            else if (wanted.Length > 0)
                (rows, models) = (rows + wanted.Count(c => c == '\n') + 1, models + 1);
        }
        Assert.Empty(faults);
        Assert.True(rows > 50 && models > 5, $"only {rows} rows of {models} models were compared");
        Assert.Empty(except.Keys.Except(WarehouseSketch.Definitions.Under("metric").Select(m => m.Key["metric/".Length..^".sql".Length])));
    }

    private static string Said(string sql, (Regex What, string Word)[] words) => words.Aggregate(sql, (said, w) => w.What.Replace(said, w.Word));

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

    [GeneratedRegex(@"--[^\n]*|'[^']*'|\w+(?:\.\w+)?|\s+|\S")]
    private static partial Regex Token();

    [GeneratedRegex(@"^[a-z_]\w*\.[a-z_]\w*$")]
    private static partial Regex Column();
}
