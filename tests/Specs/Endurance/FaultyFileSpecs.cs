using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sample;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>
/// Files that are large, or cost much, and are wrong: they take bounded memory, time and room, their findings are counted where they are not listed,
/// every row is accounted for, and a good file beside them lands in the same run.
/// </summary>
public sealed class FaultyFileSpecs(ITestOutputHelper output) : IDisposable
{
    private const long LongestAnswer = 20_000_000;
    private const int GoodRows = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-faulty-").FullName;
    private readonly Stronghold _workspace = new();

    public void Dispose()
    {
        _workspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(3, 0, Explicit = true)]
    [InlineData(12, 0, Explicit = true)]
    [InlineData(12, 4)]
    public void Short_forms_of_a_large_faulty_file(int mebibytes, int faultyOfTen) => Faulty(mebibytes << 20, faultyOfTen == 0 ? 10 : faultyOfTen, 700);

    [Theory(Explicit = true)]
    [InlineData(10)]
    [InlineData(4)]
    public void A_faulty_file_of_300_megabytes(int faultyOfTen) => Faulty(300_000_000, faultyOfTen, 1_536);

    [Fact]
    public void A_workbook_whose_cells_share_one_long_text_is_answered_at_once()
    {
        var path = Path.Combine(_folder, "shared.xlsx");
        Shared(path, 1_200, 900_000);
        Assert.InRange(new FileInfo(path).Length, 1, 600_000);
        var clock = Stopwatch.StartNew();
        var (run, peak) = Load(path, Good());
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0.0} s, {peak} MiB");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(1, Loaded(run, Path.GetFileName(Good())));
        // Many times what it takes, and a tenth of what it took.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        DemandSmallAnswers();
    }

    [Fact]
    public void Long_texts_in_every_row_are_quoted_shortened()
    {
        var path = Path.Combine(_folder, "long.csv");
        var text = new string('长', 9_000);
        File.WriteAllText(
            path,
            Header() + string.Concat(Enumerable.Range(1, 400).Select(n => $"{SmallReturns.A},{text},{text},{text},{text},{text},{text},{text},{text},{n}\r\n"))
        );
        var huge = Path.Combine(_folder, "huge.csv");
        var value = new string('9', 900_000);
        File.WriteAllText(
            huge,
            Header() + string.Concat(Enumerable.Range(1, 12).Select(n => $"{SmallReturns.A},示例甲公司,2024年,{value},名称,发明,申请,{value},示例甲公司,\r\n"))
        );
        var (run, _) = Load(path, huge, Good());
        Assert.Equal(1, run.ExitCode);
        Assert.All(run.Json.GetProperty("findings").EnumerateArray(), f => Assert.InRange(f.GetRawText().Length, 1, 8_000));
        Assert.Equal(1, Loaded(run, Path.GetFileName(Good())));
        DemandSmallAnswers();
    }

    [Fact]
    public void A_received_file_can_be_withdrawn_and_taken_back()
    {
        var files = SmallReturns.Write(_folder);
        Assert.InRange(_workspace.Run("load", _folder).ExitCode, 0, 1);
        Assert.Equal(0, _workspace.Run("build").ExitCode);
        var before = _workspace.Store.Find("latest");
        var name = "finance-2024.csv";
        Assert.Equal(2, _workspace.Run("withdraw", name).ExitCode);
        Assert.Contains("did you mean", _workspace.Run("withdraw", "finanse-2024.csv", "--why", "x", "--lang", "en").Error, StringComparison.Ordinal);
        var archived = Directory.EnumerateFiles(_workspace.Workspace.Received).Count();
        var run = _workspace.Run("withdraw", name, "--why", "示例：报错年份", "--json");
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        var sha = run.Json.GetProperty("sha256").GetString()!;
        Assert.Equal(archived + 1, Directory.EnumerateFiles(_workspace.Workspace.Received).Count());
        // The same bytes again do not bring it back.
        Assert.InRange(_workspace.Run("load", files.Single(f => Path.GetFileName(f.Path) == name).Path).ExitCode, 0, 1);
        Assert.Equal(0, _workspace.Run("build").ExitCode);
        var without = _workspace.Store.Find("latest");
        Assert.DoesNotContain(without.Inputs, i => i.Sha256 == sha);
        Assert.Equal((sha, "示例：报错年份"), Assert.Single(without.Withdrawn!.Select(w => (w.Sha256, w.Why))));
        Assert.NotEqual(before.ContentHash, without.ContentHash);
        var status = _workspace.Run("status", "--files", "--lang", "en").Output;
        Assert.Contains("withdrawn (示例：报错年份)", status, StringComparison.Ordinal);
        // An older release cannot be built from what is out of account, and says what to do.
        var older = _workspace.Run("build", "--as-of", before.Id, "--lang", "en");
        Assert.True(older.ExitCode != 0 && older.Error.Contains("--undo", StringComparison.Ordinal), older.Output + older.Error);
        Assert.Equal(0, _workspace.Run("withdraw", sha[..12], "--undo", "--why", "示例：核实无误").ExitCode);
        Assert.Equal(0, _workspace.Run("build").ExitCode);
        Assert.Equal(before.ContentHash, _workspace.Store.Find("latest").ContentHash);
        Assert.Null(_workspace.Store.Find("latest").Withdrawn);
    }

    private void Faulty(long bytes, int faultyOfTen, int mebibytes)
    {
        var path = Path.Combine(_folder, "faulty.csv");
        var rows = Spoilt(path, bytes, faultyOfTen);
        var (run, peak) = Load(path, Good());
        output.WriteLine($"{rows:N0} rows, peak {peak} MiB; {run.Output[..Math.Min(400, run.Output.Length)]}");
        Assert.True(run.ExitCode == 1, run.Error);
        Assert.Equal(rows + GoodRows, run.Json.GetProperty("rows_in").GetInt64());
        Assert.InRange(peak, 1, mebibytes);
        DemandSmallAnswers();
        // The workspace goes on, and every row is accounted for.
        Assert.Equal(0, _workspace.Run("load", Good()).ExitCode);
        // A release has at least one figure.
        Assert.Equal(0, _workspace.Run("load", Path.Combine(_folder, "good", "finance-2024.csv")).ExitCode);
        var build = _workspace.Run("build");
        Assert.True(build.ExitCode == 0, build.Error);
        var account = _workspace
            .Run("sql", "select file_name, rows_in, rows_loaded, rows_rejected, rows_superseded from core.file_account order by 1", "--format", "csv")
            .Output;
        output.WriteLine(account);
        var lines = account
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..]
            .Select(l => l.Split(','))
            .ToDictionary(l => l[0], l => l[1..].Select(long.Parse).ToArray());
        Assert.All(lines.Values, l => Assert.Equal(l[0], l[1] + l[2] + l[3]));
        Assert.Equal(rows, lines["faulty.csv"][0]);
        Assert.Equal(GoodRows, lines[Path.GetFileName(Good())][1]);
        if (faultyOfTen > 5)
            Assert.Equal(rows, lines["faulty.csv"][2]);
    }

    /// <summary>A list of patents of which so many rows of ten have a date that is none, a type that is none and a number that is none.</summary>
    private static long Spoilt(string path, long bytes, int faultyOfTen)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        writer.Write(Header());
        long rows = 0;
        for (long written = 0; written < bytes; rows++)
        {
            var row =
                rows % 10 < faultyOfTen
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"{SmallReturns.A},示例甲公司,2024年,不是号码{rows},一种示例装置{rows},外星,申请,去年某天{rows},示例甲公司,\r\n"
                    )
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{SmallReturns.A},示例甲公司,2024年,2024{rows:00000000}.1,一种示例装置{rows},发明,申请,2024-02-01,示例甲公司,\r\n"
                    );
            writer.Write(row);
            written += Encoding.UTF8.GetByteCount(row);
        }
        return rows;
    }

    private static string Header() =>
        "专利事件清单（示例数据 synthetic）\r\n"
        + string.Join(',', PatentForm.Form.Fields.Select(f => f.Label.Zh.Contains(',', StringComparison.Ordinal) ? $"\"{f.Label.Zh}\"" : f.Label.Zh))
        + "\r\n";

    private string Good()
    {
        var files = Path.Combine(_folder, "good");
        if (!Directory.Exists(files))
            SmallReturns.Write(files);
        var good = Path.Combine(_folder, "good-register.csv");
        if (!File.Exists(good))
            File.Copy(Path.Combine(files, "register.csv"), good);
        return good;
    }

    private static int Loaded(ProgramRun run, string name) =>
        run
            .Json.GetProperty("findings")
            .EnumerateArray()
            .Any(f => f.GetProperty("file").GetString() == name && f.GetProperty("severity").GetString() == "error")
            ? 0
            : 1;

    /// <summary>A workbook of the spend form of which so many cells are one text of that length.</summary>
    private static void Shared(string path, int cells, int length)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        void Add(string name, Action<TextWriter> write)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name, CompressionLevel.SmallestSize).Open(), new UTF8Encoding(false));
            write(writer);
        }
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            package = "http://schemas.openxmlformats.org/package/2006";
        Add(
            "[Content_Types].xml",
            w =>
                w.Write(
                    $"""<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>"""
                )
        );
        Add(
            "_rels/.rels",
            w =>
                w.Write(
                    $"""<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
                )
        );
        Add(
            "xl/workbook.xml",
            w => w.Write($"""<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="专利" sheetId="1" r:id="rId1"/></sheets></workbook>""")
        );
        Add(
            "xl/_rels/workbook.xml.rels",
            w =>
                w.Write(
                    $"""<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"""
                )
        );
        var fields = PatentForm.Form.Fields;
        // Hardly compressible enough to pass the limit on the ratio, as a text of real words would be.
        var random = new Random(1551);
        Add(
            "xl/sharedStrings.xml",
            w =>
            {
                w.Write($"""<sst xmlns="{main}">""");
                foreach (var field in fields)
                    w.Write($"<si><t>{field.Label.Zh}</t></si>");
                w.Write("<si><t>");
                for (var i = 0; i < length; i++)
                    w.Write((char)('a' + random.Next(16)));
                w.Write("</t></si></sst>");
            }
        );
        Add(
            "xl/worksheets/sheet1.xml",
            w =>
            {
                w.Write($"""<worksheet xmlns="{main}"><sheetData><row r="1">""");
                for (var i = 0; i < fields.Length; i++)
                    w.Write($"""<c r="{(char)('A' + i)}1" t="s"><v>{i}</v></c>""");
                w.Write("</row>");
                for (var row = 0; row * fields.Length < cells; row++)
                {
                    w.Write(string.Create(CultureInfo.InvariantCulture, $"""<row r="{row + 2}">"""));
                    for (var i = 0; i < fields.Length; i++)
                        w.Write(string.Create(CultureInfo.InvariantCulture, $"""<c r="{(char)('A' + i)}{row + 2}" t="s"><v>{fields.Length}</v></c>"""));
                    w.Write("</row>");
                }
                w.Write("</sheetData></worksheet>");
            }
        );
    }

    private void DemandSmallAnswers()
    {
        Assert.All(
            Directory.EnumerateFiles(_workspace.Workspace.Feedback),
            f => Assert.True(new FileInfo(f).Length <= LongestAnswer, $"{f}: {new FileInfo(f).Length:N0} bytes")
        );
        Assert.Contains(Directory.EnumerateFiles(_workspace.Workspace.Feedback), f => f.EndsWith(".json", StringComparison.Ordinal));
    }

    /// <summary>What a load said, and the most memory that it held, in MiB.</summary>
    private (ProgramRun Run, int PeakMebibytes) Load(params string[] paths)
    {
        var process = ProgramRun.Start(_workspace.Root, ["load", .. paths, "--json"]);
        var peak = 0;
        var watch = Task.Run(() =>
        {
            // What the system itself recorded as the most, as long as the process is there to be asked.
            while (true)
                try
                {
                    var line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(l => l.StartsWith("VmHWM", StringComparison.Ordinal));
                    if (line is null)
                        return;
                    peak = Math.Max(peak, int.Parse(string.Concat(line.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture) / 1024);
                    Thread.Sleep(20);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
                {
                    return;
                }
        });
        var run = ProgramRun.Ended(process);
        SpinWait.SpinUntil(() => watch.IsCompleted);
        return (run, peak);
    }
}
