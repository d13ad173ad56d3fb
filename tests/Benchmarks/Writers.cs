using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Benchmarks;

/// <summary>
/// One table of eight columns leaving in each format, from a file opened as a release is, against DuckDB's own <c>copy</c> of the same rows. DuckDB writes
/// neither Arrow files nor workbooks as it comes: Arrow is held against its Parquet, a workbook stands alone.
/// </summary>
internal static class Writers
{
    /// <summary>Key, year, money, day, moment, Chinese text, short text and truth; a thirtieth of the money and a fortieth of the days are absent.</summary>
    internal const string Rows = """
        select i * 7919 as fact_key, (2015 + i % 12)::integer as year,
            case when i % 30 <> 0 then ((i * 48271) % 900000000007 / 100.0)::decimal(18,2) end as amount_yuan,
            case when i % 40 <> 0 then date '2015-01-01' + (i % 4300)::integer end as granted_on,
            timestamp '2024-01-01 00:00:00' + to_microseconds(i * 1700013) as received_at,
            '示例省属企业集团第' || (i % 1700)::varchar || '有限公司研究开发中心' as enterprise,
            ['invention', 'utility', 'design', 'pct'][1 + i % 4] as kind,
            i % 3 = 0 as is_valid
        from range(?) as t(i)
        """;

    public static IEnumerable<Line> Measure(Scale scale)
    {
        var rows = scale == Scale.Full ? 1_000_000 : 100_000;
        using var folder = Measuring.Folder();
        using (var made = Database.OpenForWriting(folder.At("ours.duckdb")))
            made.Run("create table fact as " + Rows, rows);
        // A release may not write any file: the copy is made by a database of its own, of the same bytes.
        File.Copy(folder.At("ours.duckdb"), folder.At("peer.duckdb"));
        using var ours = Database.OpenForReading(folder.At("ours.duckdb"), folder.At("scratch"));
        using var peer = Database.OpenForWriting(folder.At("peer.duckdb"));
        var about = new TableAbout("r0001", null, IsSynthetic: true, null, []);
        var runs = scale == Scale.Full ? 5 : 3;
        foreach (
            var (format, against, copy) in ((ITableFormat, string, string?)[])
                [
                    (TableFormats.Csv, "DuckDB's own copy", "format csv"),
                    (TableFormats.Json, "DuckDB's own copy", "format json, array true"),
                    (TableFormats.Parquet, "DuckDB's own copy, ZSTD too", "format parquet, compression zstd"),
                    (TableFormats.Arrow, "DuckDB's copy to Parquet, ZSTD", "format parquet, compression zstd"),
                    (TableFormats.Xlsx, "no peer", null),
                ]
        )
        {
            Action? byDuck = copy is null ? null : () => peer.Run($"copy fact to {Sql.Literal(folder.At("peer." + format.Name))} ({copy})");
            var (written, copied) = Measuring.Medians(runs, () => Leave(ours, format, about, folder.At("ours." + format.Name), rows), byDuck);
            var name = $"{rows.ToString("N0", CultureInfo.InvariantCulture)} rows of 8 columns to {format.Name}";
            yield return new(name, written, against, copied, copy is null ? "≤ 40 s" : "≤ 3") { Collapse = copy is null ? null : 20 };
        }
    }

    private static void Leave(DuckDBConnection release, ITableFormat format, TableAbout about, string path, long rows)
    {
        var table = new QueryTable(release, "select * from fact", new Dictionary<string, object?>());
        var written = NewFile.Write(path, replace: true, stream => table.Write(format, about, stream, new TableNotes(), CancellationToken.None));
        if (written != rows)
            throw new InvalidOperationException($"{format.Name} has {written} rows of {rows}");
    }
}
