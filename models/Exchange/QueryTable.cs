using Apache.Arrow;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Exchange;

/// <summary>The table that a query makes on an open connection, whoever opened it. The query has passed whatever gate there is.</summary>
/// <param name="Parameters">Values of $name in the query; DuckDB takes a text for the type that its place asks for.</param>
public sealed record QueryTable(DuckDBConnection Connection, string Query, IReadOnlyDictionary<string, object?> Parameters)
{
    /// <summary>What the release says of columns, by name; taken from the connection where whoever asks often has not kept it.</summary>
    public IReadOnlyDictionary<string, string>? Meanings { get; init; }

    /// <summary>What goes before the query when it runs: it has this many lines, by which the places in DuckDB's messages are moved.</summary>
    public const int LinesBefore = 1;

    /// <summary>Writes it in a format, streaming; what could not be held goes into the notes.</summary>
    /// <param name="about">What is known of it beside its columns.</param>
    /// <exception cref="DuckDBException">The query fails; perhaps in the middle, so the stream counts for nothing.</exception>
    public long Write(ITableFormat format, TableAbout about, Stream stream, TableNotes notes, CancellationToken cancel)
    {
        var columns = Columns(notes);
        var described = about with { Query = Query, Columns = ColumnMeaning.Of(Meanings ?? ColumnMeaning.All(Connection), columns) };
        var fits = columns.Select(c => format.Fit(c.Type)).ToArray();
        var wide = columns.Select((c, i) => TableFormats.Wide(fits[i], c.Type)).ToArray();
        var tried = new TableNotes();
        try
        {
            return Write(format, described, columns, fits, stream, tried, notes, cancel);
        }
        catch (DuckDBException e) when (fits.Any(f => f.MayFail) && stream.CanSeek && e.Message.Contains("DECIMAL(38,0)", StringComparison.Ordinal))
        {
            stream.SetLength(0);
            stream.Position = 0;
            return Write(format, described, columns, wide, stream, new(), notes, cancel);
        }
    }

    /// <summary>Its columns with type, unit and meaning.</summary>
    public IReadOnlyList<ColumnAbout> Described() => ColumnMeaning.Of(Meanings ?? ColumnMeaning.All(Connection), Columns(new()));

    private long Write(
        ITableFormat format,
        TableAbout about,
        IReadOnlyList<(string Name, string Type)> columns,
        ColumnFit[] fits,
        Stream stream,
        TableNotes own,
        TableNotes notes,
        CancellationToken cancel
    )
    {
        foreach (var note in notes.All)
            own.Say(note);
        for (var i = 0; i < fits.Length; i++)
            if (fits[i].Note is { } note)
                own.Say(note(columns[i].Name));
        var before = notes.All.Count;
        var rows = new TableRows(Shape(columns, fits), [.. fits.Select(f => f.Kind)], Stream(columns, fits, cancel));
        var count = format.Write(rows, about, stream, own, cancel).GetAwaiter().GetResult();
        foreach (var note in own.All.Skip(before))
            notes.Say(note);
        return count;
    }

    private List<(string Name, string Type)> Columns(TableNotes notes)
    {
        using var command = Command("describe\n" + Query);
        using var reader = command.ExecuteReader();
        var columns = new List<(string, string)>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            var (name, free) = (reader.GetString(0), reader.GetString(0));
            for (var n = 1; !taken.Add(free); n++)
                free = $"{name}_{n}";
            if (free != name)
                notes.Say(new($"有几列同名 {name}，其一改写为 {free}", $"several columns are called {name}; one is written as {free}"));
            columns.Add((free, reader.GetString(1)));
        }
        return columns;
    }

    /// <summary>Names and types as Arrow has them, also where no row comes: one row of nulls tells.</summary>
    private Schema Shape(IReadOnlyList<(string Name, string Type)> columns, ColumnFit[] fits)
    {
        using var command = Connection.CreateCommand();
        command.CommandText =
            "select "
            + string.Join(
                ", ",
                columns.Select(
                    (c, i) => $"{(c.Type == "\"NULL\"" && fits[i].Type is null ? "null" : $"cast(null as {fits[i].Type ?? c.Type})")} as {Name(c.Name)}"
                )
            );
        return First(command).GetAwaiter().GetResult();

        static async Task<Schema> First(DuckDBCommand command)
        {
            await foreach (var batch in command.ExecuteArrowBatchesAsync())
                using (batch)
                    return batch.Schema;
            throw new InvalidOperationException("a row of nulls is no row");
        }
    }

    private async IAsyncEnumerable<RecordBatch> Stream(
        IReadOnlyList<(string Name, string Type)> columns,
        ColumnFit[] fits,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        var wanted = columns.Select(
            (c, i) =>
            {
                var value = fits[i].AsJson ? $"to_json(c{i})" : $"c{i}";
                return $"{(fits[i].Type is { } type ? $"cast({value} as {type})" : value)} as {Name(c.Name)}";
            }
        );
        // A comment at the end of the query ends with its line.
        var sql = $"select {string.Join(", ", wanted)} from (\n{Query}\n) as t({string.Join(", ", columns.Select((_, i) => $"c{i}"))})";
        using var command = Command(sql);
        command.UseStreamingMode = true;
        using var stop = cancel.Register(command.Cancel);
        await using var batches = command.ExecuteArrowBatchesAsync(cancel).GetAsyncEnumerator(cancel);
        while (true)
        {
            try
            {
                if (!await batches.MoveNextAsync())
                    yield break;
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                Failure(sql);
                throw;
            }
            yield return batches.Current;
        }
    }

    /// <summary>
    /// A row that fails in one thread makes DuckDB interrupt the others, and whoever reads the stream may see the interruption before the failure.
    /// Where nobody stopped the query it is run once more into one value, which tells the failure itself.
    /// </summary>
    private void Failure(string sql)
    {
        using var again = Command($"select bit_xor(hash(t)) from ({sql}) t");
        again.ExecuteScalar();
    }

    private DuckDBCommand Command(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in Parameters)
            command.Parameters.Add(new DuckDBParameter(name, value ?? DBNull.Value));
        return command;
    }

    private static string Name(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
