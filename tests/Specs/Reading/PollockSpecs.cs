using System.Text;
using System.Text.Json;
using Innovation1551.Returns;
using Innovation1551.Returns.Reading;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>
/// The Pollock benchmark (VLDB 2023), scored as published: success, and precision, recall and F1 of header cells, records and cells,
/// ten numbers of at most one, averaged over the files. The weights by how often each pollution occurs are not in the sample.
/// </summary>
public class PollockSpecs(ITestOutputHelper output)
{
    [Fact]
    public void The_engines_own_csv_reader_scores_lower_on_the_same_files()
    {
        Assert.True(EngineScore(declared: true) < Score(declared: true));
        Assert.True(EngineScore(declared: false) < Score(declared: false));
    }

    /// <summary>The same files and the same scorer with DuckDB's read_csv, so that the two can be compared on this sample.</summary>
    private double EngineScore(bool declared)
    {
        var root = Corpora.Path("corpora", "pollock", "sample");
        using var connection = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:");
        connection.Open();
        double total = 0;
        var files = Corpora.Files(Path.Combine(root, "csv"), ".csv").ToList();
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            using var parameters = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "parameters", name + "_parameters.json")));
            var p = parameters.RootElement;
            var headerLines = p.GetProperty("header_lines").GetInt32();
            var clean = Clean(Path.Combine(root, "clean", name));
            var settings = "all_varchar=true, header=false, null_padding=true, ignore_errors=true, strict_mode=false";
            if (declared)
            {
                string Of(string key) => (p.TryGetProperty(key, out var v) ? v.GetString() ?? "" : "").Replace("'", "''", StringComparison.Ordinal);
                if (Of("delimiter").Length > 0)
                    settings += $", delim='{Of("delimiter")}'";
                if (Of("quotechar").Length > 0)
                    settings += $", quote='{Of("quotechar")}'";
                settings += $", escape='{Of("escapechar")}', skip={p.GetProperty("preamble_lines").GetInt32()}";
            }
            var records = new List<List<string>>();
            var success = 1.0;
            try
            {
                using var command = connection.CreateCommand();
                command.CommandText = $"select * from read_csv('{file}', {settings})";
                using var reader = command.ExecuteReader();
                while (reader.Read())
                    records.Add(Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetString(i)).ToList());
            }
            catch (Exception fault) when (fault is DuckDB.NET.Data.DuckDBException or OperationCanceledException)
            {
                success = clean.Count == 0 ? 1 : 0;
            }
            var cleanRows = clean.Skip(headerLines == 0 ? 0 : 1).ToList();
            var rows = records.Skip(headerLines).ToList();
            total +=
                success
                + Three(headerLines == 0 ? [] : clean[0], JoinHeader(records.Take(headerLines).ToList()))
                + Three(cleanRows.Select(Key), rows.Select(Key))
                + Three(cleanRows.SelectMany(r => r), rows.SelectMany(r => r));
        }
        output.WriteLine($"DuckDB simple score ({(declared ? "declared" : "detected")}): {total / files.Count:0.0000} of 10");
        return total / files.Count;
    }

    /// <summary>
    /// The benchmark's own pollutions at every place of its source: a delimiter too many or too few, a quote too many, in any field of any record, and lines
    /// above the table. What is read by detection is what was written, or there is a word about it.
    /// </summary>
    [Fact]
    public void No_pollution_of_any_place_alters_a_record_without_a_word()
    {
        var lines = File.ReadAllLines(Corpora.Path("corpora", "pollock", "sample", "csv", "source.csv"));
        using var folder = new ScratchFolder();
        var clean = Clean(Corpora.Path("corpora", "pollock", "sample", "clean", "source.csv")).Select(Key).ToList();
        var read = 0;
        var altered = new List<string>();
        void Try(string name, IEnumerable<string> polluted)
        {
            using var document = ReturnReader.Open(folder.Write("t.csv", Encoding.UTF8.GetBytes(string.Join("\r\n", polluted) + "\r\n")), new ReadOptions());
            var rows = document
                .Sheets()
                .SelectMany(s => s.Rows())
                .Select(r => Key(Corpora.Fields(r)))
                .Where(r => r.Contains('\u0001', StringComparison.Ordinal))
                .ToList();
            read++;
            // A title is no record.
            var strange = rows.Where(r => !r.StartsWith("Preamble", StringComparison.Ordinal)).Except(clean).Count();
            if ((strange > 0 || rows.Count < clean.Count) && !document.Findings.Any(f => f.Severity != Severity.Note))
                altered.Add($"{name}: {strange} strange, {rows.Count} of {clean.Count}");
        }
        for (var row = 0; row < lines.Length; row++)
        {
            var places = Enumerable.Range(0, lines[row].Length).Where(i => lines[row][i] == ',' && lines[row].AsSpan(0, i).Count('"') % 2 == 0).ToList();
            foreach (var (column, place) in places.Index())
            {
                IEnumerable<string> With(string changed) => [.. lines[..row], changed, .. lines[(row + 1)..]];
                Try($"more_sep {row}:{column}", With(lines[row].Insert(place, ",")));
                Try($"less_sep {row}:{column}", With(lines[row].Remove(place, 1)));
                Try($"extra_quote {row}:{column}", With(lines[row].Insert(place, "\"")));
            }
        }
        foreach (var text in (string[])["Preamble", "Preamble,", "Preamble, of the table", "Preamble,,,", "Preamble;of;it", "Preamble, \"quoted\""])
            for (var count = 1; count <= 12; count++)
                Try($"preamble {text} × {count}", [.. Enumerable.Repeat(text, count), .. lines]);
        output.WriteLine($"{read} files, {altered.Count} altered without a word");
        Assert.True(read > 2_000);
        Assert.True(altered.Count == 0, string.Join("\n", altered.Take(40)));
    }

    private double Score(bool declared)
    {
        var root = Corpora.Path("corpora", "pollock", "sample");
        double total = 0;
        var files = Corpora.Files(Path.Combine(root, "csv"), ".csv").ToList();
        var altered = new List<string>();
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            using var parameters = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "parameters", name + "_parameters.json")));
            var headerLines = parameters.RootElement.GetProperty("header_lines").GetInt32();
            var clean = Clean(Path.Combine(root, "clean", name));
            using var document = ReturnReader.Open(file, declared ? Declared(parameters.RootElement) : new ReadOptions());
            var numbered = document.Sheets().SelectMany(s => s.Rows()).Select(r => (r.Number, Fields: Corpora.Fields(r))).ToList();
            var records = numbered.Select(r => r.Fields).ToList();
            if (!declared)
                records = records.SkipWhile(r => r.Count(f => f.Length > 0) < 2 && records.Count > 2).ToList();

            var cleanHeader = headerLines == 0 ? [] : clean[0];
            var cleanRows = clean.Skip(headerLines == 0 ? 0 : 1).ToList();
            var header = JoinHeader(records.Take(headerLines).ToList());
            var rows = records.Skip(headerLines).ToList();

            var success = clean.Count == 0 || !document.Refused ? 1.0 : 0.0;
            var score =
                success
                + Three(cleanHeader, header)
                + Three(cleanRows.Select(Key), rows.Select(Key))
                + Three(cleanRows.SelectMany(r => r), rows.SelectMany(r => r));
            total += score;
            var reported = document.Findings.Count(f => f.Severity != Severity.Note);
            var silent = rows.Select(Key).Except(cleanRows.Select(Key)).Count();
            if (silent > 0)
                altered.Add($"{name}: {silent} records not in the clean file");
            if (score < 10)
                output.WriteLine(
                    $"{score, 7:0.0000} {name} rows {rows.Count}/{cleanRows.Count} reported {reported} {(silent > 0 ? $"DIFFERENT {silent}" : "")}"
                );
        }
        output.WriteLine($"simple score ({(declared ? "declared" : "detected")}): {total / files.Count:0.0000} of 10, {files.Count} files");
        foreach (var line in altered)
            output.WriteLine(line);
        return total / files.Count;
    }

    private static ReadOptions Declared(JsonElement p)
    {
        var delimiter = p.TryGetProperty("delimiter", out var d) ? d.GetString() ?? "" : "";
        var quote = p.TryGetProperty("quotechar", out var q) ? q.GetString() ?? "" : "";
        var escape = p.TryGetProperty("escapechar", out var e) ? e.GetString() ?? "" : "";
        return new ReadOptions
        {
            Encoding = p.GetProperty("encoding").GetString() is "ascii" or null ? "utf-8" : p.GetProperty("encoding").GetString(),
            Delimiter = delimiter.Length > 0 ? delimiter[0] : null,
            BlankAfterDelimiter = delimiter == ", ",
            Quote = quote.Length > 0 ? quote[0] : null,
            Escape = escape.Length > 0 ? escape[0] : '\0',
            Skip = p.GetProperty("preamble_lines").GetInt32(),
            Header = p.GetProperty("header_lines").GetInt32(),
        };
    }

    private static List<string> JoinHeader(List<List<string>> lines) =>
        lines.Count == 0 ? [] : Enumerable.Range(0, lines[0].Count).Select(c => string.Join(" ", lines.Select(l => c < l.Count ? l[c] : ""))).ToList();

    private static string Key(List<string> record) => string.Join('\u0001', record);

    /// <summary>Precision, recall and F1 of a multiset, added.</summary>
    private static double Three(IEnumerable<string> wanted, IEnumerable<string> got)
    {
        var counts = new Dictionary<string, int>();
        int wantedCount = 0,
            gotCount = 0,
            hits = 0;
        foreach (var w in wanted)
        {
            counts[w] = counts.GetValueOrDefault(w) + 1;
            wantedCount++;
        }
        foreach (var g in got)
        {
            gotCount++;
            if (counts.GetValueOrDefault(g) == 0)
                continue;
            counts[g]--;
            hits++;
        }
        if (wantedCount == 0 && gotCount == 0)
            return 3;
        var precision = gotCount == 0 ? 0 : (double)hits / gotCount;
        var recall = wantedCount == 0 ? 0 : (double)hits / wantedCount;
        return precision + recall + (precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall));
    }

    /// <summary>The clean files are fully quoted; read by a few lines of their own so that the reader is not measured by itself.</summary>
    private static List<List<string>> Clean(string path)
    {
        var text = File.ReadAllText(path);
        var records = new List<List<string>>();
        var record = new List<string>();
        for (var i = 0; i < text.Length; )
        {
            var field = new StringBuilder();
            Assert.Equal('"', text[i]);
            for (i++; ; i++)
            {
                if (text[i] != '"')
                    field.Append(text[i]);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                    break;
            }
            i++;
            record.Add(field.ToString());
            if (i < text.Length && text[i] == ',')
            {
                i++;
                continue;
            }
            records.Add(record);
            record = [];
            while (i < text.Length && text[i] is '\r' or '\n')
                i++;
        }
        return records;
    }
}
