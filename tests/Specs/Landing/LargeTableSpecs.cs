using System.Text;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns;
using Innovation1551.Returns.Binding;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sample;
using Innovation1551.Returns.Writing;
using Xunit;

namespace Innovation1551.Specs.Landing;

/// <summary>A large CSV is landed by the database's own reader: every table must be as if each cell had been read one by one.</summary>
public sealed class LargeTableSpecs : IDisposable
{
    private static readonly CodeLists Codes = new(Definitions.Load());

    /// <summary>What people write into cells: sound in several spellings, missing in several ways, and wrong.</summary>
    private static readonly string[] Cells =
    [
        "",
        "0",
        "-1",
        "007",
        "12.5",
        "1234567.123456",
        "1234567.1234567",
        "1e3",
        "１２３",
        "1，234",
        "1,234",
        "(5)",
        "5%",
        "1.2万",
        "约5",
        "—",
        "-",
        "无",
        "…",
        "不适用",
        " 5",
        "5 ",
        "　5",
        "2024",
        "2024年",
        "2024年度",
        "2024年1-9月",
        "2024年1-09月",
        "2024年1-1月",
        "2024年3月",
        "2024Q1",
        "1949",
        "２０２４年",
        "2024-03-05",
        "2024-3-5",
        "2024/3/5",
        "2024年3月5日",
        "20240305",
        "2024-02-30",
        "24-3-5",
        "45352",
        "发明",
        "I",
        "i",
        "授权",
        "GRANT",
        "其他",
        "202410012345.6",
        "1.23E+17",
        "甲；乙",
        "示例公司",
        " 示例公司",
        "合计",
        "其中：",
        "注：",
        "Total",
        "N/A",
        "...",
        "𠮷",
        "x\u00A0",
        "=1+1",
        "'5",
        "9999999999999",
        "99999999999.999999",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-large-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Plain_rows_land_as_they_do_cell_by_cell()
    {
        var path = Path.Combine(_folder, "large.csv");
        SampleGenerator.WriteLargeCsv(path, 5_000, 1551, TestContext.Current.CancellationToken);
        Assert.Equal(1, Same(path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Cells_of_every_kind_land_as_they_do_cell_by_cell(int seed)
    {
        var random = new Random(seed);
        var paths = new List<string>();
        foreach (var form in FormCatalogue.All.Where(f => f.Kind is FormKind.State or FormKind.Event))
            for (var trial = 0; trial < 6; trial++)
            {
                paths.Add(Path.Combine(_folder, $"{form.Id}-{trial}.csv"));
                File.WriteAllText(paths[^1], Spoilt(form, random, trial), new UTF8Encoding(trial % 2 == 0));
            }
        // Most of these files take the fast way; otherwise nothing was compared.
        Assert.InRange(Same([.. paths]), paths.Count / 2, paths.Count - 1);
    }

    [Theory]
    [InlineData("a quote", "\"甲\"")]
    [InlineData("a field too many", "甲,乙,丙")]
    [InlineData("a blank line", "\r\n")]
    [InlineData("a control character", "\u0007")]
    public void What_is_not_plain_is_read_cell_by_cell(string what, string text)
    {
        var path = Path.Combine(_folder, "doubtful.csv");
        SampleGenerator.WriteLargeCsv(path, 100, 1551, TestContext.Current.CancellationToken);
        var lines = File.ReadAllText(path).Split("\r\n");
        lines[50] = lines[50].Replace("一种示例装置", text, StringComparison.Ordinal);
        File.WriteAllText(path, string.Join("\r\n", lines), new UTF8Encoding(false));
        Assert.True(Same(path) == 0, what);
    }

    /// <summary>Compares the two ways; gives how many files the fast one took.</summary>
    private int Same(params string[] paths)
    {
        var receipts = paths
            .Select((path, i) => new Receipt(i + 1, new string('a', 64), Path.GetFileName(path), new FileInfo(path).Length, DateTimeOffset.UnixEpoch))
            .ToList();
        var binder = new Binder(Codes, new ReadOptions()) { LargeFrom = 0 };
        using var fast = LandingStore.Open(Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".duckdb"));
        using var slow = LandingStore.Open(Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".duckdb"));
        var taken = 0;
        var files = receipts
            .Zip(
                paths,
                (receipt, path) =>
                {
                    var large = binder.Bind(receipt, path);
                    if (large.Large is null || !fast.AppendLarge(large, _ => { }))
                        return binder.Bind(receipt, path, cellByCell: true);
                    taken++;
                    return null;
                }
            )
            .OfType<BoundFile>()
            .ToList();
        fast.Append(files);
        slow.Append([.. receipts.Zip(paths, (receipt, path) => binder.Bind(receipt, path, cellByCell: true))]);
        foreach (var table in slow.Connection.Rows("select table_name from duckdb_tables() where table_name <> 'meta'").Select(r => (string)r[0]!))
            Assert.Equal(Rows(slow.Connection, table), Rows(fast.Connection, table));
        return taken;

        // The hash of the content is taken from rows in memory, which a large file never has.
        static List<string> Rows(DuckDBConnection connection, string table) =>
            [
                .. connection
                    .Rows(table == "file" ? "select * exclude (content_hash) from file order by all" : $"from {table} order by all")
                    .Select(r => string.Join(" | ", r.Select(v => v?.ToString() ?? "∅"))),
            ];
    }

    private static string Spoilt(Form form, Random random, int trial)
    {
        var header = new ReturnHeader(CreditCode.Of("1401", 1), "示例集团", 2024, "2024年", new DateOnly(2025, 3, 1)) { Synthetic = true };
        using var stream = new MemoryStream();
        ReturnCsv.Write(stream, header, new(form, []), ReturnCsv.Utf8);
        var text = new StringBuilder(Encoding.UTF8.GetString(stream.ToArray()));
        for (var row = 0; row < 60; row++)
            text.Append(
                    string.Join(
                        ',',
                        form.Fields.Select(
                            (f, i) =>
                                i == 0 || random.Next(100) < 70
                                    ? Sound(f, random, row)
                                    : Cells[random.Next(Cells.Length)].Replace(",", "", StringComparison.Ordinal)
                        )
                    )
                )
                .Append("\r\n");
        // Now and then a row that is none: a total, a note, a signature below the table.
        if (trial % 6 == 5)
            text.Append("合计").Append(',', form.Fields.Length - 1).Append("\r\n");
        return text.ToString();
    }

    private static string Sound(Field field, Random random, int row) =>
        field.Type switch
        {
            FieldType.Period => random.Next(2) == 0 ? "2024年" : "2024年1-6月",
            FieldType.Date => $"2024-{random.Next(1, 13):00}-{random.Next(1, 28):00}",
            FieldType.Count => $"{random.Next(1000)}",
            FieldType.Amount or FieldType.Percent or FieldType.Quantity => $"{random.Next(100000)}.{random.Next(10)}",
            FieldType.Code => Codes.Members(field.CodeList!) is var members && members[random.Next(members.Count)] is var member && random.Next(2) == 0
                ? member.Code
                : member.Zh,
            FieldType.Identifier => CreditCode.Of("1401", 1 + row % 40),
            _ => random.Next(3) == 0 ? "" : "示例文字" + row,
        };
}
