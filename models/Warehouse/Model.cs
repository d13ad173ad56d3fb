using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Innovation1551.Models.Warehouse;

/// <summary>A column as its model file declares it.</summary>
public sealed record ModelColumn(string Name, string Type, string Meaning);

/// <summary>
/// One SQL model file: line 1 <c>-- grain: …</c>, line 2 <c>-- key: …</c>, then <c>create table schema.name (column type, -- meaning …);</c>,
/// then <c>insert into schema.name</c> and one query. The file runs as it stands in a DuckDB shell. A third line <c>-- by: return</c> says that the
/// rows of a return come from nothing but its own line in core.dim_return, the rows of its form in its sheet that are not in core.rejected_row, and
/// what else the query reads: a build that starts from the release before makes those of changed returns alone. <c>-- by: patent</c> says that rows hang
/// on a patent's own events in core.patent_event, with the returns and enterprises that they stand under: where <c>application_no</c> is in the key, rows
/// are of one patent each; where it is not, the columns outside the key are sums over patents, and a row whose sums are all zero is left out.
/// </summary>
public sealed partial record Model(
    string Path,
    string Relation,
    string Grain,
    ImmutableArray<string> Key,
    ImmutableArray<ModelColumn> Columns,
    string Sql,
    string Query
)
{
    /// <summary>The statement that makes the table, empty.</summary>
    public required string Declaration { get; init; }

    /// <summary>The statement that fills it.</summary>
    public string Insertion => $"insert into {Relation}\n{Query}";

    /// <summary>The rows of one return hang on no other's.</summary>
    public bool IsByReturn { get; private init; }

    /// <summary>What one patent adds to the table hangs on no other's.</summary>
    public bool IsByPatent { get; private init; }

    /// <summary>The columns that are sums over patents; none where rows are of one patent each.</summary>
    public IEnumerable<string> Sums => IsByPatent && !Key.Contains(Patent) ? Columns.Select(c => c.Name).Except(Key) : [];

    /// <summary>What tells one patent from another.</summary>
    public const string Patent = "application_no";

    /// <summary>Its rows are figures to be published: a value with what stands above and below the line, of a metric that seeds/metric.csv describes.</summary>
    public bool HoldsFigures =>
        Relation.StartsWith("metric.", StringComparison.Ordinal) && Columns.Any(c => c.Name == "metric") && Columns.Any(c => c.Name == "denominator");

    /// <exception cref="DefinitionException">The file does not have the shape above; says which line.</exception>
    public static Model Parse(string path, string sql)
    {
        var lines = sql.ReplaceLineEndings("\n").Split('\n');
        var grain = Header(0, "-- grain: ");
        var key = Header(1, "-- key: ").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var create = Array.FindIndex(lines, l => l.StartsWith("create table ", StringComparison.Ordinal));
        if (create < 0)
            throw Fault(2, new("缺少 create table 语句", "there is no create table statement"));
        var relation = lines[create]["create table ".Length..].TrimEnd(' ', '(');
        var close = Array.FindIndex(lines, create, l => l.StartsWith(");", StringComparison.Ordinal));
        if (close < 0)
            throw Fault(create, new("create table 没有以 ); 结束", "create table does not end with );"));
        var columns = ImmutableArray.CreateBuilder<ModelColumn>();
        for (var i = create + 1; i < close; i++)
        {
            var match = ColumnLine().Match(lines[i]);
            if (!match.Success)
                throw Fault(i, new("列应写作“名称 类型, -- 含义”", "a column is written \"name type, -- meaning\""));
            columns.Add(new(match.Groups["name"].Value, match.Groups["type"].Value.TrimEnd(',', ' '), match.Groups["meaning"].Value));
        }
        var insert = Array.FindIndex(lines, close, l => l.StartsWith("insert into " + relation, StringComparison.Ordinal));
        if (insert < 0)
            throw Fault(close, new($"缺少 insert into {relation}", $"there is no insert into {relation}"));
        foreach (var k in key)
            if (!columns.Any(c => c.Name == k))
                throw Fault(1, new($"主键列 {k} 未声明", $"key column {k} is not declared"));
        var query = string.Join('\n', lines[(insert + 1)..]).TrimEnd().TrimEnd(';');
        var isByReturn = lines[2] == "-- by: return";
        if (isByReturn && key is not ["return_id", ..])
            throw Fault(1, new("“-- by: return”的表，主键应以 return_id 开头", "the key of a table \"-- by: return\" must begin with return_id"));
        var isByPatent = lines[2] == "-- by: patent";
        if (isByPatent && !key.Contains(Patent) && columns.FirstOrDefault(c => !key.Contains(c.Name) && c.Type != "bigint") is { } odd)
            throw Fault(
                2,
                new(
                    $"“-- by: patent”的表按 {Patent} 之外的键汇总，{odd.Name} 列应为 bigint",
                    $"a table \"-- by: patent\" whose key is without {Patent} holds sums: column {odd.Name} must be bigint"
                )
            );
        return new(path, relation, grain, [.. key], columns.ToImmutable(), sql, query)
        {
            Declaration = string.Join('\n', lines[create..(close + 1)]),
            IsByReturn = isByReturn,
            IsByPatent = isByPatent,
        };

        string Header(int line, string prefix) =>
            lines.Length > line && lines[line].StartsWith(prefix, StringComparison.Ordinal)
                ? lines[line][prefix.Length..].Trim()
                : throw Fault(line, new($"第 {line + 1} 行应以“{prefix}”开头", $"line {line + 1} must begin with \"{prefix}\""));
        DefinitionException Fault(int line, Text problem) => new(path, line + 1, problem);
    }

    [GeneratedRegex(@"^\s+(?<name>[a-z_0-9]+)\s+(?<type>[a-z0-9_(), \[\]]+?)\s*--\s*(?<meaning>.+?)\s*$")]
    private static partial Regex ColumnLine();
}
