using DuckDB.NET.Data;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Querying;

/// <summary>
/// Statement after statement on one connection to an open release: what does not change with the statement is looked up once.
/// </summary>
public sealed class QuerySession
{
    private const int Named = 12;

    private readonly OpenRelease _release;
    private readonly DuckDBConnection _connection;
    private readonly IReadOnlySet<string>? _only;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _meanings;
    private readonly Lazy<string?> _stage;
    private readonly Lazy<HashSet<string>> _unadditive;

    /// <param name="connection">The release's own connection, or another to the same file with temporary tables of its own.</param>
    /// <param name="only">Schemas whose tables may be read; null for all.</param>
    public QuerySession(OpenRelease release, DuckDBConnection connection, IReadOnlySet<string>? only = null)
    {
        (_release, _connection, _only) = (release, connection, only);
        _meanings = new(() => ColumnMeaning.All(release.Connection));
        _stage = new(() => ColumnMeaning.Stage(release.Connection));
        _unadditive = new(() =>
            release.Connection.Rows("select metric from published.metric where not additive").Select(r => (string)r[0]!).ToHashSet(StringComparer.Ordinal)
        );
    }

    private QuerySession(QuerySession other, DuckDBConnection connection, IReadOnlySet<string>? only)
    {
        (_release, _connection, _only) = (other._release, connection, only);
        (_meanings, _stage, _unadditive) = (other._meanings, other._stage, other._unadditive);
    }

    /// <summary>The same over another connection, with what is known of the release.</summary>
    public QuerySession On(DuckDBConnection connection, IReadOnlySet<string>? only) => new(this, connection, only);

    public DuckDBConnection Connection => _connection;

    /// <summary>The statement, judged.</summary>
    /// <exception cref="QueryRefusedException">It may not run.</exception>
    public GatedStatement Judge(SqlStatement statement) =>
        SqlGate.Judge(statement, _only, [.. _release.Beside.Keys, .. _release.HasOperations ? (string[])[Operations.Name] : []]);

    /// <summary>What its answer is: release, stage, synthetic mark; units and flags of the published figures that it reads.</summary>
    public TableAbout About(GatedStatement statement, IReadOnlyDictionary<string, object?> parameters)
    {
        var beside = _release
            .Beside.Where(b => statement.Reading.Tables.Any(t => t.StartsWith(b.Key + ".", StringComparison.OrdinalIgnoreCase)))
            .Select(b => b.Value)
            .ToList();
        var about = new TableAbout(
            string.Join(" + ", beside.Prepend(_release.Manifest).Select(m => m.Id)),
            _stage.Value,
            beside.Prepend(_release.Manifest).Any(m => m.IsSynthetic),
            statement.Origin.Text,
            []
        );
        return statement.Reading.Tables.Contains("published.figure") ? Figures(about, statement.Reading, parameters) : about;
    }

    /// <summary>What whoever reads the answer should know: sums of what is not to be summed.</summary>
    public IReadOnlyList<Text> Warnings(GatedStatement statement, IReadOnlyDictionary<string, object?> parameters)
    {
        var warnings = new List<Text>();
        foreach (var sum in statement.Reading.Sums.Where(s => !s.OneMember))
        {
            var call = $"{sum.Function}(value)";
            if (!sum.ByBreakdown)
                warnings.Add(
                    new(
                        $"{call} 把各种分类（合计、集团、行业……）加在一起，同一数字会重复计入；请加 breakdown = '…' 或按 breakdown 分组",
                        $"{call} adds up across breakdowns (total, group, industry …), which counts the same thing many times: hold breakdown = '…' or group by it"
                    )
                );
            if (!sum.ByPeriod)
                warnings.Add(
                    new(
                        $"{call} 把年度与月度、累计时期加在一起；请加 period_kind = 'year' 或按 period 分组",
                        $"{call} adds up years, months and cumulative periods: hold period_kind = 'year' or group by period"
                    )
                );
            if (!sum.ByMetric)
                warnings.Add(
                    new($"{call} 把不同指标加在一起；请加 metric = '…' 或按 metric 分组", $"{call} adds up different metrics: hold metric = '…' or group by it")
                );
            var metrics = Values(sum.Metrics, parameters).ToList();
            var unadditive = metrics.Where(_unadditive.Value.Contains).ToList();
            if (unadditive.Count > 0)
                warnings.Add(
                    new(
                        $"{string.Join("、", unadditive)} 不可相加：{call} 没有意义，请取 breakdown = 'total' 的数字，或由 numerator、denominator 重新计算",
                        $"{string.Join(", ", unadditive)} must not be added up: {call} means nothing; take the figure of breakdown = 'total', or compute it again from numerator and denominator"
                    )
                );
            else if (metrics.Count == 0 && _unadditive.Value.Count > 0)
                warnings.Add(
                    new(
                        $"{_unadditive.Value.Count} 个指标不可相加（published.metric.additive），{call} 对它们没有意义",
                        $"{_unadditive.Value.Count} metrics must not be added up (published.metric.additive): {call} means nothing for them"
                    )
                );
        }
        return warnings;
    }

    /// <summary>Runs it and writes its answer; of a statement that gives no rows nothing is written.</summary>
    /// <param name="parameters">Values by name; may hold more than this statement asks for.</param>
    /// <returns>Rows written.</returns>
    /// <exception cref="QueryRefusedException">It failed; perhaps in the middle, so that the stream counts for nothing.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public long Write(
        GatedStatement statement,
        IReadOnlyDictionary<string, object?> parameters,
        ITableFormat format,
        TableAbout about,
        Stream stream,
        TableNotes notes,
        CancellationToken cancel
    )
    {
        var own = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in statement.Reading.Parameters)
            own[name] = parameters.TryGetValue(name, out var value)
                ? value
                : throw GatedStatement.Refusal(
                    statement.Origin,
                    Math.Max(0, statement.Origin.Text.IndexOf('$' + name, StringComparison.OrdinalIgnoreCase)),
                    new($"没有给出 ${name} 的值", $"${name} has no value")
                );
        return statement.Kind switch
        {
            StatementKind.Rows => Told(
                statement,
                QueryTable.LinesBefore,
                () => new QueryTable(_connection, statement.Sql, own) { Meanings = _meanings.Value }.Write(format, about, stream, notes, cancel),
                cancel
            ),
            StatementKind.Plan => Told(
                statement,
                0,
                () => format.Write(Plan(statement, own, cancel), about, stream, notes, cancel).GetAwaiter().GetResult(),
                cancel
            ),
            _ => Told(statement, 0, () => Execute(statement, own, cancel), cancel),
        };
    }

    /// <summary>Columns of its answer, without running it.</summary>
    public IReadOnlyList<ColumnAbout> Columns(GatedStatement statement, IReadOnlyDictionary<string, object?> parameters) =>
        statement.Kind != StatementKind.Rows
            ? []
            : new QueryTable(_connection, statement.Sql, statement.Reading.Parameters.ToDictionary(n => n, n => parameters.GetValueOrDefault(n)))
            {
                Meanings = _meanings.Value,
            }.Described();

    private TableRows Plan(GatedStatement statement, Dictionary<string, object?> parameters, CancellationToken cancel)
    {
        using var command = Command(statement.Sql, parameters);
        using var stop = cancel.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        var lines = new List<string?>();
        while (reader.Read())
            lines.AddRange(reader.GetString(reader.FieldCount - 1).TrimEnd().Split('\n'));
        return TableRows.Of([("plan", HeldAs.Text, lines)]);
    }

    private long Execute(GatedStatement statement, Dictionary<string, object?> parameters, CancellationToken cancel)
    {
        using var command = Command(statement.Sql, parameters);
        using var stop = cancel.Register(command.Cancel);
        command.ExecuteNonQuery();
        return 0;
    }

    private DuckDBCommand Command(string sql, Dictionary<string, object?> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.Add(new DuckDBParameter(name, value ?? DBNull.Value));
        return command;
    }

    private TableAbout Figures(TableAbout about, QueryReading reading, IReadOnlyDictionary<string, object?> parameters)
    {
        var (conditions, values) = (new List<string>(), new List<object?>());
        foreach (var (column, held) in reading.Held)
        {
            var given = Values(held, parameters).ToList();
            if (given.Count == 0)
                continue;
            conditions.Add($"cast({column} as varchar) in ({string.Join(", ", given.Select((_, i) => $"${values.Count + i + 1}"))})");
            values.AddRange(given);
        }
        var rows = _release.Connection.Rows(
            $"select metric, unit, status, count(*) from published.figure where {(conditions.Count == 0 ? "true" : string.Join(" and ", conditions))} group by all order by all",
            [.. values]
        );
        var units = rows.Select(r => $"{r[0]} {r[1]}").Distinct().ToList();
        var flags = rows.Where(r => r[2] as string is not ("actual" or null))
            .GroupBy(r => (string)r[2]!)
            .Select(g => $"{g.Key} {g.Sum(r => Convert.ToInt64(r[3], null))}");
        var said = string.Join(", ", flags);
        return about with
        {
            Units =
                units.Count == 0 ? null
                : units.Count <= Named ? string.Join(", ", units)
                : string.Join(", ", rows.Select(r => r[1] as string).Distinct().Order(StringComparer.Ordinal)),
            Flags = said.Length == 0 ? null : said,
        };
    }

    /// <summary>Constants as they are, and the values of parameters among them.</summary>
    private static IEnumerable<string> Values(IEnumerable<string> held, IReadOnlyDictionary<string, object?> parameters) =>
        held.Select(h => h.StartsWith('$') ? parameters.GetValueOrDefault(h[1..])?.ToString() : h).OfType<string>();

    private static long Told(GatedStatement statement, int lines, Func<long> work, CancellationToken cancel)
    {
        try
        {
            return work();
        }
        catch (DuckDBException) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            // An error in one thread of DuckDB interrupts the others, and now and then their interruption is what is told.
            throw GatedStatement.Refusal(statement.Origin, 0, new($"查询执行中途出错：{e.Message}", $"the query failed midway: {e.Message}"));
        }
        catch (DuckDBException e) when (!DiskFull.Is(e))
        {
            throw statement.Failure(e.Message, lines);
        }
    }
}
