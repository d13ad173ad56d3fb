using System.Globalization;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Sample;

namespace Innovation1551.Benchmarks;

/// <summary>
/// The warehouse built from more facts than files of them would fit on the disk: patent events are written into landing by SQL, as though they had been
/// received and judged, beside the sample whose enterprises they are of; then one return that comes late.
/// </summary>
internal static class Volume
{
    public static IEnumerable<Line> Measure(Scale scale)
    {
        (long Rows, double Seconds)? before = null;
        foreach (var rows in scale == Scale.Full ? (long[])[1_000_000, 3_000_000, 10_000_000, 30_000_000, 100_000_000] : [100_000])
        {
            using var folder = Measuring.Folder();
            SampleGenerator.Write(folder.At("sample"), new SampleOptions());
            File.Move(Increments.Late(folder.At("sample")).First(), folder.At("late.xlsx"));
            Measuring.WithFaults(folder.At("w"), "load", folder.At("sample"));
            Fill(Path.Combine(folder.At("w"), "warehouse", "landing.duckdb"), rows);
            var build = Measuring.Innovation(folder.At("w"), "build");
            var linear = before is { } b ? b.Seconds * rows / b.Rows : (double?)null;
            yield return new(
                string.Create(CultureInfo.InvariantCulture, $"{rows:N0} facts built, checked, published"),
                build.Seconds,
                "as many times longer as there are rows",
                linear,
                rows > 30_000_000 ? "≤ 300 s, ≤ 2,048 MB" : "",
                build.PeakMegabytes
            );
            before = (rows, build.Seconds);
            var late = Measuring.Innovation(folder.At("w"), "load", folder.At("late.xlsx"));
            var again = Measuring.Innovation(folder.At("w"), "build");
            yield return new(
                string.Create(CultureInfo.InvariantCulture, $"one late return into {rows:N0} facts: loaded and published"),
                late.Seconds + again.Seconds,
                "built from nothing",
                build.Seconds,
                rows switch
                {
                    > 30_000_000 => "≤ 15 s",
                    > 3_000_000 => "≤ 4 s",
                    _ => "≤ 2 s",
                },
                Math.Max(late.PeakMegabytes, again.PeakMegabytes)
            );
        }
    }

    /// <summary>The twelve digits with their weights 2 to 9 and 2 to 5.</summary>
    private static readonly string Weighted = string.Join(
        " + ",
        Enumerable.Range(0, 12).Select(k => string.Create(CultureInfo.InvariantCulture, $"no // {(long)Math.Pow(10, 11 - k)} % 10 * {2 + k % 8}"))
    );

    /// <summary>
    /// Each patent is filed and, half a year later, granted; its number is one that stands the check, of an application through the PCT, of which the sample
    /// has none: its patents are others.
    /// </summary>
    private static void Fill(string path, long rows)
    {
        using var landing = LandingStore.Open(path);
        landing.Connection.Run(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                begin transaction;
                insert into landing.file select 1000000, sha256('volume {rows}'), 'volume.csv', 1, timestamp '2026-03-01', 'csv', 'UTF-8', false, true, null;
                insert into landing.sheet select 1000000, 1, null, 'patents', 2020, null, date '2026-03-01', 1, {rows}, null, null;
                insert into landing.judged values (1000000);
                insert into landing.told values (1000000);
                create or replace temp table enterprise as
                    select row_number() over (order by enterprise_code) - 1 as i, enterprise_code, enterprise_name
                    from (select enterprise_code, max_by(enterprise_name, valid_from) as enterprise_name from landing.enterprise_register group by all);
                insert into landing.patents (file_no, sheet_no, source_row, enterprise_code, enterprise_name, period_year, application_no, title, patent_type, event, event_date, owners)
                with patent as (select n, n // 2 as i, 2020 + n // 2 % 6 as y from range({rows}) as t(n)),
                numbered as (select *, (y * 10 + 8) * 10000000 + i // 6 as no from patent),
                checked as (select *, no || '.' || substr('0123456789X', cast(({Weighted}) % 11 as integer) + 1, 1) as application_no from numbered)
                select 1000000, 1, 4 + n, e.enterprise_code, e.enterprise_name, y, application_no, '一种示例装置', 'I', case n % 2 when 0 then 'FILE' else 'GRANT' end,
                    make_date(y, case n % 2 when 0 then 1 else 7 end, cast(1 + checked.i % 28 as integer)), e.enterprise_name
                from checked join enterprise as e on e.i = checked.i % (select count(*) from enterprise);
                commit;
                checkpoint
                """
            )
        );
    }
}
