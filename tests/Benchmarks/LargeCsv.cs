using System.Globalization;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Sample;

namespace Innovation1551.Benchmarks;

/// <summary>Generated rows in one CSV to typed, checked, keyed facts, against one hand-written pass of SQL and against the whole job in other hands.</summary>
internal static class LargeCsv
{
    public static IEnumerable<Line> Measure(Scale scale)
    {
        foreach (var rows in scale == Scale.Full ? (long[])[1_000_000, 10_000_000] : [200_000])
        {
            using var folder = Measuring.Folder();
            var csv = folder.At("patents.csv");
            SampleGenerator.WriteLargeCsv(csv, rows);
            // The register that the rows are keyed to comes with the sample's returns.
            SampleGenerator.Write(folder.At("sample"), new SampleOptions());
            Measuring.WithFaults(Measuring.Workspace(folder.At("w")), "load", folder.At("sample"));
            var floor = Measuring.Once(() => Floor(folder, csv));
            var load = Measuring.Innovation(folder.At("w"), "load", csv);
            var name = $"{rows.ToString("N0", CultureInfo.InvariantCulture)} rows";
            yield return new($"{name}: received, typed, checked, landed", load.Seconds, "one pass of SQL", floor, "≤ 1.25", load.PeakMegabytes)
            {
                Collapse = 60,
            };
            if (scale == Scale.Short)
                continue;
            var build = Measuring.Innovation(folder.At("w"), "build");
            yield return new($"{name}: the whole warehouse built, checked, published", build.Seconds, "one pass of SQL", floor, "", build.PeakMegabytes);
            foreach (var (peer, seconds) in WholeJob.All(csv, folder))
                yield return new($"{name}: landed and built", load.Seconds + build.Seconds, peer, seconds, seconds is null ? "" : "≤ 0.33");
        }
    }

    /// <summary>What someone who knows the file by heart would write: nothing is checked, nothing is found, but types, keys and row numbers are right.</summary>
    private static void Floor(TemporaryFolder folder, string csv)
    {
        using var database = Database.OpenForWriting(folder.At("floor.duckdb"));
        var skip = File.ReadLines(csv).TakeWhile(l => !l.StartsWith("统一社会信用代码", StringComparison.Ordinal)).Count() + 1;
        var read = $"""
            read_csv('{csv}', auto_detect = false, header = false, skip = {skip.ToString(CultureInfo.InvariantCulture)}, delim = ',', quote = '',
                columns = [C])
            """.Replace(
            "[C]",
            "{'code': 'varchar', 'name': 'varchar', 'period': 'varchar', 'no': 'varchar', 'title': 'varchar', 'type': 'varchar', 'event': 'varchar', 'day': 'date', 'owners': 'varchar', 'note': 'varchar'}",
            StringComparison.Ordinal
        );
        database.Run(
            $"create table dim as select code, row_number() over (order by code) as enterprise_key from (select distinct code from {read} limit 1000)"
        );
        database.Run(
            $"create table fact as select enterprise_key, cast(left(period, 4) as integer) as year, no, title, type, event, day, owners, note from {read} join dim using (code)"
        );
        database.Run("checkpoint");
    }
}
