using System.Diagnostics;
using System.Globalization;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Reading.Workbook;
using Innovation1551.Returns.Sheets;
using Innovation1551.Returns.Values;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>
/// What a number format makes of a number. The judge is LibreOffice: tests/Data/number-formats.csv holds what it showed for every format of
/// <see cref="FormatGrammar"/>, so that the reader is held against it where no LibreOffice is installed; where one is, it is asked again.
/// The table is written anew by <c>-class Innovation1551.Specs.Reading.NumberFormatSpecs -explicit only</c>.
/// </summary>
public sealed partial class NumberFormatSpecs : IDisposable
{
    /// <param name="Kind">number, percent, date, time, elapsed.</param>
    private sealed record Shown(string Format, double Value, string Kind, string Text);

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_dates_and_durations_are_told_apart_as_LibreOffice_shows_them()
    {
        var wrong = new List<string>();
        foreach (var shown in Table())
        {
            if (Kind(shown.Format, shown.Value) is var read && read != shown.Kind)
                wrong.Add($"{shown.Format} of {shown.Value}: {read}, but LibreOffice shows {shown.Text} ({shown.Kind})");
            if (shown.Kind is "number" && Number().IsMatch(shown.Text) && FormatMeaning.Of(shown.Format, (decimal)shown.Value).Scaled != Smaller(shown))
                wrong.Add($"{shown.Format} of {shown.Value}: LibreOffice shows {shown.Text}, scaled or not");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void Every_format_of_the_grammar_is_in_the_table() => Assert.Empty(FormatGrammar.All().Except(Table().Select(s => (s.Format, s.Value))).Take(20));

    [Fact]
    public async Task The_table_is_what_LibreOffice_shows()
    {
        var asked = (await Ask()).ToDictionary(s => (s.Format, s.Value));
        Assert.Empty(Table().Where(s => !asked.TryGetValue((s.Format, s.Value), out var now) || now.Kind != s.Kind).Take(20));
    }

    [Fact(Explicit = true)]
    public async Task Write_the_table_anew() =>
        await File.WriteAllLinesAsync(
            Path.Combine(House.Root, "tests", "Data", "number-formats.csv"),
            [
                "format,value,kind,shown",
                .. (await Ask()).Select(s => $"{Field(s.Format)},{s.Value.ToString(CultureInfo.InvariantCulture)},{s.Kind},{Field(s.Text)}"),
            ],
            TestContext.Current.CancellationToken
        );

    /// <summary>The Chinese editions write these; LibreOffice in another language cannot be asked. Formats 27 to 58 are those that ISO/IEC 29500 part 1 lists for zh-cn in 18.8.30.</summary>
    [Theory]
    [InlineData("上午/下午h\"时\"mm\"分\"", "time")]
    [InlineData("[$-804]上午/下午h\"时\"mm\"分\"ss\"秒\"", "time")]
    [InlineData("G/通用格式", "number")]
    [InlineData("G/通用格式\"万元\"", "number")]
    [InlineData("[DBNum1][$-804]G/通用格式", "number")]
    [InlineData("0!d", "number")]
    [InlineData("!d0", "number")]
    [InlineData("General!年", "number")]
    [InlineData("[红色]G/通用格式", "number")]
    public void Formats_of_Chinese_editions(string format, string kind) => Assert.Equal(kind, Kind(format, 12345.5));

    [Theory]
    [
        InlineData(0, "number"),
        InlineData(1, "number"),
        InlineData(4, "number"),
        InlineData(8, "number"),
        InlineData(9, "percent"),
        InlineData(10, "percent"),
        InlineData(11, "number"),
        InlineData(13, "number")
    ]
    [
        InlineData(14, "date"),
        InlineData(15, "date"),
        InlineData(16, "date"),
        InlineData(17, "date"),
        InlineData(18, "time"),
        InlineData(19, "time"),
        InlineData(20, "time"),
        InlineData(21, "time"),
        InlineData(22, "date")
    ]
    [
        InlineData(27, "date"),
        InlineData(28, "date"),
        InlineData(29, "date"),
        InlineData(30, "date"),
        InlineData(31, "date"),
        InlineData(32, "time"),
        InlineData(33, "time"),
        InlineData(34, "time"),
        InlineData(35, "time"),
        InlineData(36, "date")
    ]
    [
        InlineData(37, "number"),
        InlineData(40, "number"),
        InlineData(45, "time"),
        InlineData(46, "elapsed"),
        InlineData(47, "time"),
        InlineData(48, "number"),
        InlineData(49, "number")
    ]
    [
        InlineData(50, "date"),
        InlineData(52, "date"),
        InlineData(54, "date"),
        InlineData(55, "time"),
        InlineData(56, "time"),
        InlineData(57, "date"),
        InlineData(58, "date"),
        InlineData(59, "number"),
        InlineData(163, "number")
    ]
    public void Formats_without_a_code_in_the_file(int id, string kind)
    {
        var format = NumberFormat.BuiltIn(id);
        Assert.Equal(kind, format.Code is null ? "number" : Kind(format.Code, 12345.5));
    }

    [Theory]
    [InlineData("General\"万元\"", "12345.5", "万元")]
    [InlineData("[DBNum1][$-804]General", "12345.5", null)]
    [InlineData("General;[Red]-General", "-12345.5", null)]
    [InlineData("[>=10000]0!.0,\"万元\";0\"元\"", "12", "元")]
    public void A_revenue_under_a_composed_General_is_a_number(string format, string stored, string? unit)
    {
        var styles =
            $"<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"{SecurityElement.Escape(format)}\"/></numFmts><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>";
        using var document = ReturnReader.Open(
            _folder.Write(
                "r.xlsx",
                new XlsxBuilder { Styles = styles }
                    .Sheet("a", XlsxBuilder.Rows($"<c r=\"A1\" s=\"1\"><v>{stored}</v></c>"))
                    .Build()
            )
        );
        var cell = document.Sheets().First().Rows().First()[1];
        Assert.Equal((CellKind.Number, stored), (cell.Kind, cell.Text));
        var number = NumberText.Read(cell).Value;
        Assert.Equal((decimal.Parse(stored, CultureInfo.InvariantCulture), unit), (number.Value, number.Unit));
    }

    [Fact]
    public void A_figure_that_is_shown_scaled_or_as_a_duration_is_a_problem_whichever_section_shows_it()
    {
        Assert.NotNull(NumberText.Read(new Cell(1, CellKind.Number, "12345", "[>=10000]0!.0,\"万\";0")).Problem);
        Assert.NotNull(NumberText.Read(new Cell(1, CellKind.Number, "12345", "[<10000]0;0\\.0,\"万\"")).Problem);
        Assert.Null(NumberText.Read(new Cell(1, CellKind.Number, "123", "[<10000]0;0\\.0,\"万\"")).Problem);
        Assert.NotNull(NumberText.Read(new Cell(1, CellKind.Number, "1.5", "[h]:mm")).Problem);
        Assert.Equal(-5, NumberText.Read(new Cell(1, CellKind.Number, "-0.05", "0%;@")).Value.Value);
    }

    /// <summary>The whole way: a workbook with every format, as the reader hands its cells out.</summary>
    [Fact]
    public void A_workbook_with_every_format_is_read_so()
    {
        var table = Table();
        using var document = ReturnReader.Open(_folder.Write("formats.xlsx", Workbook([.. table.Select(s => (s.Format, s.Value))])));
        var rows = document.Sheets().First().Rows().ToList();
        Assert.Equal(table.Count, rows.Count);
        for (var i = 0; i < table.Count; i++)
            Assert.True(table[i].Kind is "date" or "time" == (rows[i].Cells[0].Kind == CellKind.Date), $"{table[i]}: {rows[i].Cells[0]}");
    }

    [Fact]
    public async Task The_old_format_is_read_as_the_new_one()
    {
        var table = Table();
        var path = _folder.Write("formats.xlsx", Workbook([.. table.Select(s => (s.Format, s.Value))]));
        await Convert(path, "xls");
        using var document = ReturnReader.Open(_folder["formats.xls"]);
        var rows = document.Sheets().First().Rows().ToList();
        Assert.Equal(table.Count, rows.Count);
        var wrong = new List<string>();
        for (var i = 0; i < table.Count; i++)
            if (table[i].Kind is "date" or "time" != (rows[i].Cells[0].Kind == CellKind.Date))
                wrong.Add($"{table[i]}: {rows[i].Cells[0]}");
        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join('\n', wrong)}");
    }

    private static string Kind(string format, double value)
    {
        var kind = NumberFormat.Of(format).KindOf(value.ToString(CultureInfo.InvariantCulture));
        return kind switch
        {
            FormatKind.DateTime => "date",
            FormatKind.TimeOfDay => "time",
            FormatKind.Elapsed => "elapsed",
            _ => FormatMeaning.Of(NumberFormat.Of(format).Code, (decimal)value).Percent ? "percent" : "number",
        };
    }

    /// <summary>True when what is shown is a thousandth of the number or less.</summary>
    private static bool Smaller(Shown shown)
    {
        var digits = Number().Match(shown.Text.Replace(",", "", StringComparison.Ordinal));
        return !shown.Text.Contains('E', StringComparison.Ordinal) && double.Parse(digits.Value, CultureInfo.InvariantCulture) < Math.Abs(shown.Value) / 100;
    }

    private static List<Shown> Table()
    {
        using var document = ReturnReader.Open(
            Path.Combine(AppContext.BaseDirectory, "Data", "number-formats.csv"),
            new ReadOptions
            {
                Delimiter = ',',
                Quote = '"',
                Encoding = "utf-8",
            }
        );
        return
        [
            .. document
                .Sheets()
                .First()
                .Rows()
                .Skip(1)
                .Select(r => new Shown(r[1].Text, double.Parse(r[2].Text, CultureInfo.InvariantCulture), r[3].Text, r[4].Text)),
        ];
    }

    /// <summary>What LibreOffice shows for every format of the grammar. In a format of several sections its type is that of all together; the section that shows the number is found by asking for each alone.</summary>
    private async Task<List<Shown>> Ask()
    {
        var formats = FormatGrammar.All().ToList();
        var sections = formats.SelectMany(f => FormatGrammar.Sections(f.Format).Select(s => (s, f.Value))).Distinct().ToList();
        var path = _folder.Write("formats.xlsx", Workbook([.. formats, .. sections]));
        await Convert(path, "fods");
        var cells = Cells(_folder["formats.fods"], formats.Count + sections.Count);
        var alone = sections.Zip(cells.Skip(formats.Count)).ToDictionary(p => p.First, p => p.Second);
        var result = new List<Shown>();
        for (var i = 0; i < formats.Count; i++)
        {
            var (format, value) = formats[i];
            var text = cells[i].Text;
            var kinds = FormatGrammar.Sections(format).Select(s => alone[(s, value)]).Where(s => s.Text == text).Select(s => s.Kind).Distinct().ToList();
            // Where several sections would show the same, or none alone, the whole decides.
            result.Add(new(format, value, kinds.Count == 1 ? kinds[0] : cells[i].Kind, text));
        }
        return result;
    }

    private static List<(string Kind, string Text)> Cells(string path, int count)
    {
        XNamespace table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
            office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
        var cells = new List<(string, string)>();
        foreach (var row in XDocument.Load(path).Descendants(table + "table-row"))
        {
            var cell = row.Element(table + "table-cell")!;
            var shown = cell.Element(text + "p")?.Value ?? "";
            var kind = cell.Attribute(office + "value-type")?.Value switch
            {
                "percentage" => "percent",
                "date" => "date",
                // A time of day has two digits at most before its colon, or three signs as 一十二.
                "time" => Digits().Match(shown) is { Length: > 3 } or { Length: 3, Value: [>= '0' and <= '9', ..] } ? "elapsed" : "time",
                _ => "number",
            };
            for (
                var times = int.Parse(row.Attribute(table + "number-rows-repeated")?.Value ?? "1", CultureInfo.InvariantCulture);
                times > 0 && cells.Count < count;
                times--
            )
                cells.Add((kind, shown));
        }
        return cells;
    }

    private static byte[] Workbook(IReadOnlyList<(string Format, double Value)> cells)
    {
        var formats = cells.Select(c => c.Format).Distinct().ToList();
        var index = formats.Select((f, i) => (f, i)).ToDictionary(p => p.f, p => p.i);
        var styles = new StringBuilder("<numFmts>");
        for (var i = 0; i < formats.Count; i++)
            styles.Append(CultureInfo.InvariantCulture, $"<numFmt numFmtId=\"{200 + i}\" formatCode=\"{SecurityElement.Escape(formats[i])}\"/>");
        styles.Append(
            "</numFmts><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
        );
        for (var i = 0; i < formats.Count; i++)
            styles.Append(
                CultureInfo.InvariantCulture,
                $"<xf numFmtId=\"{200 + i}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
            );
        styles.Append("</cellXfs>");
        var types =
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>";
        return new XlsxBuilder { Styles = styles.ToString(), ContentTypes = types }
            .Sheet(
                "a",
                XlsxBuilder.Rows([
                    .. cells.Select((c, i) => $"<c r=\"A{i + 1}\" s=\"{index[c.Format] + 1}\"><v>{c.Value.ToString(CultureInfo.InvariantCulture)}</v></c>"),
                ])
            )
            .Build();
    }

    private async Task Convert(string path, string to)
    {
        var soffice = ((string[])["/usr/bin/soffice", "/usr/local/bin/soffice"]).FirstOrDefault(File.Exists);
        Assert.SkipWhen(soffice is null, "no LibreOffice on this machine");
        var start = new ProcessStartInfo(soffice!) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (
            var argument in (string[])[$"-env:UserInstallation=file://{_folder.Root}/profile", "--headless", "--convert-to", to, "--outdir", _folder.Root, path]
        )
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var cancel = TestContext.Current.CancellationToken;
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        Assert.True(process.ExitCode == 0, await errors);
    }

    private static string Field(string text) => "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    [GeneratedRegex("[0-9]+(\\.[0-9]+)?")]
    private static partial Regex Number();

    [GeneratedRegex("[0-9〇一二三四五六七八九十百千万亿零壹贰叁肆伍陆柒捌玖拾佰仟]+")]
    private static partial Regex Digits();
}
