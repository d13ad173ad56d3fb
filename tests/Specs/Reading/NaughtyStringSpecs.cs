using System.Globalization;
using System.Text.Json;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sample;
using Innovation1551.Returns.Sheets;
using Innovation1551.Returns.Values;
using Innovation1551.Returns.Writing;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>The Big List of Naughty Strings as titles of patents: through read, load, query and every export, and back again.</summary>
public sealed class NaughtyStringSpecs : IDisposable
{
    private const string Query = "select application_no, title from patents order by application_no";
    private readonly TestWorkspace _workspace = new();
    private readonly ScratchFolder _folder = new();

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("parquet")]
    [InlineData("arrow")]
    [InlineData("xlsx")]
    public void They_come_out_as_they_went_in(string format)
    {
        var strings = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Corpora.Path("corpora", "blns", "blns.json")))!;
        // U+FFFD is refused at the door, and a spec of its own says so.
        strings = [.. strings.Where(s => !s.Contains('\uFFFD', StringComparison.Ordinal))];
        Assert.True(strings.Length > 500);
        var path = _folder["naughty.csv"];
        var code = CreditCode.Of("1401", 1);
        using (var stream = File.Create(path))
            ReturnCsv.Write(
                stream,
                new ReturnHeader(code, "示例公司", 2024, "2024年", new DateOnly(2025, 3, 1), 1) { Synthetic = true },
                new(
                    PatentForm.Form,
                    [
                        .. strings.Select(
                            (s, i) =>
                                new Dictionary<string, object?>
                                {
                                    ["enterprise_code"] = code,
                                    ["enterprise_name"] = "示例公司",
                                    ["period"] = "2024年",
                                    ["application_no"] = Number(i),
                                    ["title"] = s,
                                    ["patent_type"] = "I",
                                    ["event"] = "FILE",
                                    ["event_date"] = new DateOnly(2024, 2, 1),
                                    ["owners"] = "示例公司",
                                }
                        ),
                    ]
                ),
                ReturnCsv.Utf8
            );

        // Read: every character of every string.
        using (var document = ReturnReader.Open(path))
        {
            var read = Corpora.Records(document).Where(r => r.Exists(f => f.StartsWith("2024NS", StringComparison.Ordinal))).ToList();
            var title = read[0].FindIndex(f => f.StartsWith("2024NS", StringComparison.Ordinal)) + 1;
            Assert.Equal(strings, read.Select(r => r[title]));
        }

        // Load: outer blanks go, and the marks for a missing value are one.
        Assert.Equal(0, _workspace.Load(path).Findings.Count(f => f.Scope == "row" && f.Code.StartsWith('B')));
        var expected = strings
            .Select((s, i) => (Number(i), PlainText.Read(new Cell(1, s.Length == 0 ? CellKind.Blank : CellKind.Text, s)).Value ?? ""))
            .ToList();
        Assert.True(expected.Where((e, i) => e.Item2 == strings[i]).Count() > 480);

        if (format != "json")
        {
            var file = _folder["out." + format];
            Export(format, file);
            using var document = ReturnReader.Open(
                file,
                format == "csv"
                    ? new ReadOptions
                    {
                        Delimiter = ',',
                        Quote = '"',
                        Encoding = "utf-8",
                    }
                    : null
            );
            // A workbook has a second sheet that says what the table is.
            var rows = Corpora.Records(document).Skip(1).Take(expected.Count).Select(r => (r[0], r.Count > 1 ? r[1] : "")).ToList();
            Assert.False(document.Refused, string.Join(", ", document.Findings));
            // CSV puts an apostrophe before what a spreadsheet program would take for a formula.
            if (format == "csv")
                rows = [.. rows.Zip(expected, (r, e) => r.Item2 == "'" + e.Item2 ? e : r)];
            Assert.Equal(expected, rows);
            return;
        }
        var json = _folder["out.json"];
        Export("json", json);
        using var parsed = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal(
            expected,
            parsed
                .RootElement.GetProperty("rows")
                .EnumerateArray()
                .Select(o => (o.GetProperty("application_no").GetString()!, o.GetProperty("title").GetString() ?? ""))
        );
    }

    private void Export(string format, string file)
    {
        using var connection = Database.OpenForReading(_workspace.Workspace.Landing, _workspace.Workspace.Scratch);
        var table = new QueryTable(connection, Query, new Dictionary<string, object?>());
        var about = new TableAbout(null, null, true, null, []);
        NewFile.Write(file, false, stream => table.Write(TableFormats.All.Single(f => f.Name == format), about, stream, new(), CancellationToken.None));
    }

    private static string Number(int i) => "2024NS" + i.ToString("0000", CultureInfo.InvariantCulture);
}
