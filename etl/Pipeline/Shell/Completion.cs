using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Shell;

/// <summary>What may stand at the cursor of a query: tables, columns of the tables that the query names (also by alias), metrics, functions, words.</summary>
internal sealed partial class Completion
{
    private static readonly string[] Words =
    [
        "select",
        "from",
        "where",
        "group by",
        "order by",
        "having",
        "limit",
        "join",
        "left join",
        "on",
        "using",
        "as",
        "and",
        "or",
        "not",
        "in",
        "is null",
        "between",
        "like",
        "case",
        "when",
        "then",
        "else",
        "end",
        "distinct",
        "union all",
        "with",
        "pivot",
        "unpivot",
        "summarize",
        "describe",
        "explain",
        "show tables",
        "create temp table",
        "create temp view",
        "filter",
        "over",
        "partition by",
        "qualify",
        "desc",
    ];

    private readonly List<(string Schema, string Name)> _tables;
    private readonly ILookup<string, string> _columns;
    private readonly List<string> _members;
    private readonly List<string> _functions;

    public Completion(DuckDBConnection connection)
    {
        var columns = connection.Rows(
            "select schema_name, table_name, column_name from duckdb_columns() where not internal and schema_name <> 'main' order by 1, 2, column_index"
        );
        _tables = [.. columns.Select(r => ((string)r[0]!, (string)r[1]!)).Distinct()];
        _columns = columns
            .SelectMany(r => new[] { ($"{r[0]}.{r[1]}", (string)r[2]!), ((string)r[1]!, (string)r[2]!) })
            .ToLookup(c => c.Item1, c => c.Item2, StringComparer.OrdinalIgnoreCase);
        _members =
        [
            .. connection.Rows("select metric from published.metric union select breakdown from published.breakdown order by 1").Select(r => (string)r[0]!),
        ];
        _functions =
        [
            .. connection
                .Rows(
                    "select distinct function_name from duckdb_functions() where function_type in ('scalar', 'aggregate', 'macro') and function_name similar to '[a-z][a-z0-9_]+' and schema_name in ('main', 'pg_catalog') order by 1"
                )
                .Select(r => (string)r[0]!),
        ];
    }

    public Completions Of(string text, int cursor)
    {
        var before = text[..cursor];
        if (before.StartsWith('.'))
            return Dotted(before);
        if (before.Count(c => c == '\'') % 2 == 1)
        {
            var from = before.LastIndexOf('\'') + 1;
            return new(from, Matching(_members, before[from..]));
        }
        var word = Word().Match(before).Value;
        var begin = cursor - word.Length;
        if (word.LastIndexOf('.') is >= 0 and var dot)
        {
            var (qualifier, rest) = (word[..dot], word[(dot + 1)..]);
            var tables = _tables.Where(t => t.Schema.Equals(qualifier, StringComparison.OrdinalIgnoreCase)).Select(t => t.Name);
            var table = Named(text).LastOrDefault(n => n.Alias.Equals(qualifier, StringComparison.OrdinalIgnoreCase)).Table ?? qualifier;
            return new(begin + dot + 1, Matching(tables.Concat(_columns[table]), rest));
        }
        if (word.Length == 0)
            return new(begin, []);
        // Before a table is named, those of the figures are the likeliest.
        var named = Named(text).Select(n => n.Table).DefaultIfEmpty("published.figure");
        var columns = named.SelectMany(n => _columns[n]).ToList();
        var found = _tables
            .Where(t => t.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase) || t.Schema.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(t => $"{t.Schema}.{t.Name}")
            .ToList();
        // Where a table stands, nothing else does.
        if (AfterFrom().IsMatch(before[..begin]))
            return new(begin, found);
        return new(begin, [.. Matching(columns.Concat(Words).Concat(_functions), word), .. found]);
    }

    private Completions Dotted(string before)
    {
        var space = before.LastIndexOf(' ');
        if (space < 0)
            return new(0, Matching(ShellCommands.Names, before));
        var rest = before[(space + 1)..];
        IEnumerable<string> candidates = before.Split(' ')[0] switch
        {
            ".metric" => _members,
            ".mode" => ShellCommands.Modes,
            ".describe" or ".tables" => _tables.Select(t => $"{t.Schema}.{t.Name}"),
            ".timer" or ".about" => ["on", "off"],
            _ => [],
        };
        return new(space + 1, Matching(candidates, rest));
    }

    /// <summary>Tables that the text names behind FROM and JOIN, with their aliases.</summary>
    private static IEnumerable<(string Table, string Alias)> Named(string text) =>
        TableName().Matches(text).Select(m => (m.Groups[1].Value, m.Groups[2].Success ? m.Groups[2].Value : m.Groups[1].Value.Split('.')[^1]));

    private static List<string> Matching(IEnumerable<string> words, string begin) =>
        [.. words.Where(w => w.StartsWith(begin, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase)];

    [GeneratedRegex(@"[\w.]*\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(from|join|describe|summarize|pivot)\s+\z", RegexOptions.IgnoreCase)]
    private static partial Regex AfterFrom();

    [GeneratedRegex(
        @"\b(?:from|join)\s+([\w.]+)(?:\s+(?:as\s+)?(?!where\b|group\b|order\b|join\b|left\b|right\b|full\b|inner\b|cross\b|on\b|using\b|limit\b|having\b|select\b|union\b|qualify\b|asof\b|semi\b|anti\b)(\w+))?",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex TableName();
}
