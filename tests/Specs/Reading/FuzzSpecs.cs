using System.Diagnostics;
using System.Text;
using CsCheck;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Innovation1551.Returns.Values;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>
/// Valid files, damaged at random: bytes changed, cut out, doubled, moved. Whatever comes of it, the reader ends in rows or in findings.
/// The seeds are printed with a failure, so that it can be run again.
/// </summary>
public sealed class FuzzSpecs(ITestOutputHelper output) : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>One to eight damages of a file.</summary>
    private static Gen<byte[]> Damaged(byte[] valid) =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, Math.Max(0, valid.Length - 1)], Gen.Byte, Gen.Int[1, 64])
            .Array[1, 8]
            .Select(damages =>
            {
                var bytes = valid.ToList();
                foreach (var (kind, place, value, length) in damages)
                {
                    var at = bytes.Count == 0 ? 0 : place % bytes.Count;
                    var count = Math.Min(length, bytes.Count - at);
                    switch (kind)
                    {
                        case 0:
                            if (count > 0)
                                bytes[at] = value;
                            break;
                        case 1:
                            bytes.RemoveRange(at, count);
                            break;
                        case 2:
                            bytes.InsertRange(at, bytes.GetRange(at, count));
                            break;
                        case 3:
                            bytes.Insert(at, value);
                            break;
                        default:
                            if (count > 0)
                                bytes[at] ^= (byte)(1 << (value & 7));
                            break;
                    }
                }
                return bytes.ToArray();
            });

    /// <param name="File">Name of the file, by which a reader may go.</param>
    /// <param name="Valid">What is damaged.</param>
    /// <param name="Cases">Damaged files in every run of the suite; a child process costs more than a reader.</param>
    private sealed record Target(string File, int Cases, Func<byte[]> Valid, Func<byte[], byte[]>? Wrap = null);

    private const string SheetXml =
        "<cols><col min=\"1\" max=\"2\" hidden=\"1\"/></cols><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><f>A1</f></c></row><row r=\"2\"><c r=\"A2\" s=\"0\"><v>45352</v></c><c r=\"B2\" t=\"e\"><v>#N/A</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>";

    private static readonly Dictionary<string, Target> Targets = new(StringComparer.Ordinal)
    {
        ["archive"] = new("t.xlsx", 750, () => Workbook(SheetXml)),
        ["sheet in a sound archive"] = new("t.xlsx", 1500, () => Encoding.UTF8.GetBytes(SheetXml), bytes => Workbook(Encoding.Latin1.GetString(bytes))),
        ["old workbook"] = new("t.xls", 20, () => File.ReadAllBytes(Corpora.Path("corpora", "exceldatareader", "TestData", "TestOpen.xls"))),
        ["delimited text"] = new("t.csv", 3000, () => Encoding.UTF8.GetBytes("企业,金额,备注\r\n\"甲,\"\"乙\",1.5,\"x\ny\"\r\n丙,2,\r\n丁,'3',a\r\n")),
        ["text in GB18030"] = new(
            "t.csv",
            3000,
            () =>
                CodePagesEncodingProvider
                    .Instance.GetEncoding("gb18030")!
                    .GetBytes("填报单位,项目名称,研发经费\n山西某某公司,关键技术研究,1200\n太原某某公司,设备的设计,380\n")
        ),
        ["json"] = new(
            "t.json",
            3000,
            () => Encoding.UTF8.GetBytes("[{\"a\":1.5,\"b\":\"甲\\u4e59\",\"c\":{\"d\":[1,null,true]}},\n{\"a\":-2e3,\"b\":\"\\ud83d\\ude00\"}]")
        ),
        ["parquet"] = new("t.parquet", 20, () => File.ReadAllBytes(Corpora.Path("corpora", "parquet-testing", "data", "alltypes_plain.snappy.parquet"))),
        ["arrow file"] = new("t.arrow", 20, () => JsonAndColumnSpecs.Arrow(file: true, null)),
        ["arrow stream"] = new("t.arrows", 20, () => JsonAndColumnSpecs.Arrow(file: false, null)),
    };

    public static TheoryData<string> Readers => [.. Targets.Keys];

    private static byte[] Workbook(string sheet) =>
        new XlsxBuilder { SharedStrings = "<si><t>企业</t></si><si><r><t>a</t></r></si>", Styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>" }
            .Sheet("a", sheet)
            .Build();

    [Theory, MemberData(nameof(Readers))]
    public void Damaged_files_end_in_rows_or_findings(string reader) => Fuzz(reader, seconds: null);

    /// <summary>By hand: <c>-class Innovation1551.Specs.Reading.FuzzSpecs -explicit only</c>.</summary>
    [Theory(Explicit = true), MemberData(nameof(Readers))]
    public void A_minute_of_damaged_files_ends_in_rows_or_findings(string reader) => Fuzz(reader, seconds: 60);

    private void Fuzz(string reader, int? seconds)
    {
        var target = Targets[reader];
        int read = 0,
            refused = 0,
            rows = 0,
            number = 0;
        var slowest = TimeSpan.Zero;
        Damaged(target.Valid())
            .Sample(
                bytes =>
                {
                    var path = _folder.Write($"{Interlocked.Increment(ref number)}{target.File}", target.Wrap is { } wrap ? wrap(bytes) : bytes);
                    var start = Stopwatch.GetTimestamp();
                    using (var document = ReturnReader.Open(path))
                    {
                        foreach (var row in document.Sheets().SelectMany(s => s.Rows()))
                        {
                            Interlocked.Increment(ref rows);
                            foreach (var cell in row.Cells)
                                if (cell.Text.Contains('\uFFFD', StringComparison.Ordinal))
                                    throw new InvalidOperationException("U+FFFD was handed out");
                        }
                        if (document.Refused && document.Findings.Count == 0)
                            throw new InvalidOperationException("refused without a finding");
                        if (document.Refused)
                            Interlocked.Increment(ref refused);
                        else
                            Interlocked.Increment(ref read);
                    }
                    var took = Stopwatch.GetElapsedTime(start);
                    if (took > slowest)
                        slowest = took;
                    if (took > TimeSpan.FromSeconds(30))
                        throw new InvalidOperationException($"took {took}");
                    File.Delete(path);
                },
                iter: target.Cases,
                time: seconds ?? -1,
                threads: 2
            );
        output.WriteLine($"| {reader} | {number} | {read} | {refused} | {rows} | {slowest.TotalMilliseconds:0} |");
    }

    [Fact]
    public void Value_parsers_never_throw_and_say_exactly_one_thing()
    {
        var cases = 0;
        var alphabet = Gen.Char["0123456789.,-+/%()（）年月日度季Q万亿元件 　１２，．－—…*无约至截①[]eEx:"];
        Gen.Select(Gen.Enum<CellKind>(), Gen.OneOf(Gen.String[alphabet, 0, 16], Gen.String))
            .Sample(
                (kind, text) =>
                {
                    Interlocked.Increment(ref cases);
                    var cell = new Cell(1, kind, text);
                    return One(NumberText.Read(cell))
                        && One(DateText.Read(cell))
                        && One(PeriodText.Read(cell))
                        && One(IdentifierText.Read(cell))
                        && One(PlainText.Read(cell));
                },
                iter: 200_000
            );
        output.WriteLine($"values: {cases} cases through five parsers");

        static bool One<T>(Parsed<T> read) => (read.HasValue ? 1 : 0) + (read.Missing != Missing.No ? 1 : 0) + (read.Problem is not null ? 1 : 0) == 1;
    }

    [Fact]
    public void What_a_number_cell_says_is_what_is_read()
    {
        Gen.Decimal[-1_000_000_000m, 1_000_000_000m]
            .Sample(
                value =>
                {
                    var text = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
                    var read = NumberText.Read(new Cell(1, CellKind.Text, text));
                    return read.Problem is not null ? text.Count(char.IsDigit) > 28 : read.Value.Value == value;
                },
                iter: 50_000
            );
        Gen.Int[0, 999_999_999]
            .Sample(
                value =>
                    NumberText.Read(new Cell(1, CellKind.Text, value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture))).Value.Value == value,
                iter: 20_000
            );
    }
}
