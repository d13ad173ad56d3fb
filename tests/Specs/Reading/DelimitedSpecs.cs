using System.Text;
using System.Text.Json;
using Innovation1551.Returns;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Reading.Tables;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Reading;

public sealed class DelimitedSpecs(ITestOutputHelper output) : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Document Open(string text, ReadOptions? options = null) => ReturnReader.Open(_folder.Write("t.csv", Encoding.UTF8.GetBytes(text)), options);

    [Fact]
    public void Csv_spectrum_equals_its_json()
    {
        var root = Corpora.Path("corpora", "csv-spectrum");
        foreach (var file in Corpora.Files(Path.Combine(root, "csvs"), ".csv"))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            using var document = ReturnReader.Open(file);
            var records = Corpora.Records(document);
            if (name == "location_coordinates")
            {
                // It holds U+FFFD and an unescaped quote, and its JSON has another telephone number: the record is refused with its line.
                Assert.Contains(document.Findings, f => f is { Severity: Severity.Error, Row: 2 });
                continue;
            }
            Assert.DoesNotContain(document.Findings, f => f.Severity == Severity.Error);
            var expected = JsonDocument
                .Parse(File.ReadAllText(Path.Combine(root, "json", name + ".json")))
                .RootElement.EnumerateArray()
                .Select(o => string.Join('\u0001', o.EnumerateObject().Select(p => p.Name + "=" + p.Value.GetString()!.ReplaceLineEndings("\n"))));
            var read = records.Skip(1).Select(r => string.Join('\u0001', r.Select((v, i) => records[0][i] + "=" + v.ReplaceLineEndings("\n"))));
            Assert.Equal(expected, read);
        }
    }

    /// <summary>Survey files begin with titles: one cell, a comma in it, or more lines of them than records are looked at.</summary>
    [Theory]
    [InlineData("Survey of enterprises\n", 1)]
    [InlineData("Survey of enterprises, part A\n", 1)]
    [InlineData("A title\nanother, with a comma\n", 2)]
    [InlineData("line\n", 260)]
    public void Titles_however_many_take_no_record_away(string title, int lines)
    {
        var titles = lines == 260 ? string.Concat(Enumerable.Repeat(title, lines)) : title;
        var records = string.Concat(Enumerable.Range(0, 3_452).Select(n => $"{n},x{n},{n * 2},,note {n}\n"));
        using var document = Open(titles + "id,name,value,,note\n" + records);
        var rows = Corpora.Records(document);
        Assert.Equal(3_452 + 1 + lines, rows.Count);
        Assert.DoesNotContain(document.Findings, f => f.Severity == Severity.Error);
    }

    [Theory]
    [InlineData("a,b,,c\n1,2,3\n4,5,6\n7,8,9\n")]
    [InlineData("a,b,c,d\n1,2,3\n4,5,6\n7,8,9\n")]
    [InlineData("a,b,c,\n1,2,3\n4,5,6\n7,8,9\n")]
    [InlineData("a,,b,c\n1,2,3\n4,5,6\n7,8,9\n")]
    public void A_header_with_one_delimiter_too_many_never_passes_without_a_word(string text)
    {
        using var document = Open(text);
        _ = Corpora.Records(document);
        Assert.Contains(document.Findings, f => f.Severity != Severity.Note && f.Code is "R045" or "R029");
    }

    [Fact]
    public void Csv_test_data_equals_its_json_and_every_bad_file_is_refused()
    {
        var root = Corpora.Path("corpora", "csv-test-data");
        foreach (var file in Corpora.Files(Path.Combine(root, "csv"), ".csv"))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            using var document = ReturnReader.Open(file);
            if (name.StartsWith("bad-", StringComparison.Ordinal))
            {
                // A wrong or a missing header is for whoever knows the headings: no table is found then.
                var table = document.Sheets().Select(s => TableFinder.Find(s, h => h is "foo" or "bar" or "baz")).FirstOrDefault();
                var rows = table?.Rows.Count(r => r.Kind == TableRowKind.Detail) ?? 0;
                Assert.True(rows == 0 && (table is null || document.Findings.Any(f => f.Severity == Severity.Error)), name);
                continue;
            }
            var records = Corpora.Records(document);
            Assert.DoesNotContain(document.Findings, f => f.Severity == Severity.Error);
            var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "json", name + ".json"))).RootElement.EnumerateArray().ToList();
            var expected = json.Select(r =>
                string.Join(
                    '\u0001',
                    r.ValueKind == JsonValueKind.Array ? r.EnumerateArray().Select(v => v.GetString()) : r.EnumerateObject().Select(p => p.Value.GetString())
                )
            );
            var skip = name.StartsWith("header-", StringComparison.Ordinal) ? 1 : 0;
            Assert.Equal(expected, records.Skip(skip).Select(r => string.Join('\u0001', r)));
        }
    }

    [Fact]
    public void The_rejects_of_the_engines_corpus_are_reported_with_their_lines()
    {
        var root = Corpora.Path("corpora", "duckdb-csv", "rejects");
        AssertRows("incorrect_columns/small_mix.csv", 3, 4);
        AssertRows("incorrect_columns/few_columns.csv", 1814, 1823, 2378, 2762);
        AssertRows("multiple_errors/cast_and_more_col.csv", 4, 5);
        AssertRows("multiple_errors/unquoted_less.csv", 3);
        AssertRows("unquoted/basic.csv", 5);
        foreach (var file in Corpora.Files(Path.Combine(root, "multiple_errors"), ".csv").Where(f => f.Contains("invalid_utf", StringComparison.Ordinal)))
        {
            using var document = ReturnReader.Open(file);
            Assert.True(document.Refused);
            Assert.Contains(document.Findings, f => f.Row == 3);
        }

        void AssertRows(string name, params int[] lines)
        {
            using var document = ReturnReader.Open(Path.Combine(root, name));
            Corpora.Records(document);
            var reported = document.Findings.Where(f => f.Severity == Severity.Error).Select(f => f.Row ?? 0).ToList();
            output.WriteLine($"{name}: {string.Join(", ", reported)}");
            Assert.All(lines.Take(3), line => Assert.Contains(line, reported));
            Assert.Equal(reported.Count, document.RowsRefused);
        }
    }

    [Fact]
    public void The_encodings_of_the_engines_corpus_are_detected_or_declared_or_refused()
    {
        var root = Corpora.Path("corpora", "duckdb-csv", "encodings");
        using (var utf16 = ReturnReader.Open(Path.Combine(root, "utf16.csv")))
            Assert.Equal((21, "UTF-16LE"), (Corpora.Records(utf16).Count, utf16.Encoding));
        using (var japanese = ReturnReader.Open(Path.Combine(root, "shift_jis.csv")))
            Assert.Equal((21, "Shift_JIS"), (Corpora.Records(japanese).Count, japanese.Encoding));
        using (var unknown = ReturnReader.Open(Path.Combine(root, "latin1.csv")))
            Assert.Equal("R020", Assert.Single(unknown.Findings).Code);
        using var declared = ReturnReader.Open(Path.Combine(root, "latin1.csv"), new ReadOptions { Encoding = "latin1" });
        Assert.Equal(13, Corpora.Records(declared).Count);
        Assert.Empty(declared.Findings);
    }

    [Fact]
    public void Dialects_are_detected()
    {
        AssertDialect("a\tb\tc\n1\t2\t3\n", '\t');
        AssertDialect("名称;金额\n甲;1,2\n乙;3,4\n", ';');
        AssertDialect("a|b|c\r\n1|2|3\r\n", '|');
        AssertDialect("名称，金额\n甲，1\n乙，3\n", '，');
        AssertDialect("'a,1','b'\n'c','d'\n'e','f'\n", ',', '\'');

        void AssertDialect(string text, char delimiter, char quote = '"')
        {
            using var document = Open(text);
            Assert.Equal((delimiter, (char?)quote), (document.Dialect!.Delimiter, document.Dialect.Quote));
        }
    }

    [Fact]
    public void A_title_above_the_header_is_no_fault_and_a_short_record_below_is()
    {
        using var document = Open("2024年研发费用\n单位：万元\n企业,金额,备注\n甲,1,x\n乙,2\n丙,3,z\n");
        Assert.Equal([1, 2, 3, 4, 6], document.Sheets().Single().Rows().Select(r => r.Number));
        Assert.Equal(("R029", 5), (Assert.Single(document.Findings).Code, document.Findings[0].Row));
        Assert.Equal(1, document.RowsRefused);
    }

    [Fact]
    public void A_record_is_named_by_the_line_on_which_it_begins()
    {
        using var document = Open("a,b\r\n\"x\r\ny\",1\r\n\r\nz,2\r\n");
        Assert.Equal([1, 2, 5], document.Sheets().Single().Rows().Select(r => r.Number));
    }

    [Fact]
    public void After_an_unclosed_quote_the_lines_that_are_sound_are_still_read()
    {
        using var document = Open("a,b\n1,\"x\n2,y\n3,z\n");
        Assert.Equal([1, 3, 4], document.Sheets().Single().Rows().Select(r => r.Number));
        Assert.Equal(("R026", 2), (Assert.Single(document.Findings).Code, document.Findings[0].Row));
    }

    [Fact]
    public void The_csv_view_can_be_read_again_and_gives_the_same_cells()
    {
        using var document = Open("a,b,c\n\"x,\"\"y\"\"\",\"line\nbreak\",\n,, z \n");
        using var memory = new MemoryStream();
        Assert.True(ReadView.WriteCsv(document, memory));
        using var again = ReturnReader.Open(_folder.Write("again.csv", memory.ToArray()));
        using var first = Open("a,b,c\n\"x,\"\"y\"\"\",\"line\nbreak\",\n,, z \n");
        Assert.Equal(Corpora.Records(first).Select(r => string.Join('\u0001', r)), Corpora.Records(again).Select(r => string.Join('\u0001', r)));
    }

    [Fact]
    public void Naughty_strings_come_back_as_they_went_in()
    {
        var strings = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Corpora.Path("corpora", "blns", "blns.json")))!;
        var kept = strings.Where(s => s.Length > 0 && s.AsSpan().IndexOfAny('\0', '\uFFFD') < 0).ToList();
        var csv = "id,text\n" + string.Concat(kept.Select((s, i) => $"{i},\"{s.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"));
        using (var document = Open(csv))
        {
            var rows = document.Sheets().Single().Rows().Skip(1).ToList();
            Assert.Equal(kept, rows.Select(r => r[2].Text));
        }
        // In a workbook: XML cannot hold all control characters, so they are escaped as spreadsheets do.
        var escaped = kept.Select(s => string.Concat(s.Select(c => c < ' ' || c is '\uFFFE' or '\uFFFF' ? $"_x{(int)c:X4}_" : c.ToString())));
        var cells = escaped.Select(s => $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{System.Security.SecurityElement.Escape(s)}</t></is></c>").ToArray();
        using var workbook = ReturnReader.Open(_folder.Write("blns.xlsx", new XlsxBuilder().Sheet("a", XlsxBuilder.Rows(cells)).Build()));
        Assert.Equal(kept, workbook.Sheets().Single().Rows().Select(r => r[1].Text));
        // As JSON.
        using var json = ReturnReader.Open(_folder.Write("blns.json", JsonSerializer.SerializeToUtf8Bytes(kept.Select(s => new { text = s }))));
        Assert.Equal(kept, json.Sheets().Single().Rows().Skip(1).Select(r => r[1].Text));
    }
}

public sealed class ReadViewSpecs : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_json_view_gives_addresses_types_and_findings()
    {
        var path = _folder.Write(
            "t.xlsx",
            new XlsxBuilder().Sheet("表", XlsxBuilder.Rows("<c r=\"B1\"><v>1.50</v></c><c r=\"C1\" t=\"e\"><v>#N/A</v></c>")).Build()
        );
        using var document = ReturnReader.Open(path);
        using var memory = new MemoryStream();
        ReadView.WriteJson(document, memory);
        var root = JsonDocument.Parse(memory.ToArray()).RootElement;
        Assert.Equal("xlsx", root.GetProperty("format").GetString());
        var cells = root.GetProperty("sheets")[0].GetProperty("rows")[0].GetProperty("cells");
        Assert.Equal(
            ("B1", "number", "1.50"),
            (cells[0].GetProperty("cell").GetString(), cells[0].GetProperty("type").GetString(), cells[0].GetProperty("text").GetString())
        );
        Assert.Equal("error", cells[1].GetProperty("type").GetString());
        Assert.Equal("R014", root.GetProperty("findings")[0].GetProperty("code").GetString());
        Assert.False(root.GetProperty("refused").GetBoolean());
    }

    [Fact]
    public void The_text_view_says_format_encoding_dialect_rows_and_findings_in_both_languages()
    {
        var path = _folder.Write("t.csv", Encoding.UTF8.GetBytes("a;b\n1;2\n3\n"));
        foreach (var language in new[] { Innovation1551.Models.Language.Zh, Innovation1551.Models.Language.En })
        {
            using var document = ReturnReader.Open(path);
            using var text = new StringWriter();
            ReadView.WriteText(document, text, language);
            var shown = text.ToString();
            Assert.All(new[] { "csv", "UTF-8", "; \"", "A=“1” B=“2”", "R029" }, part => Assert.Contains(part, shown, StringComparison.Ordinal));
        }
    }
}
