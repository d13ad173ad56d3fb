using System.CommandLine;
using System.Globalization;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>status</c>: who has sent what, what is late, what was refused.</summary>
internal static class StatusVerb
{
    public static Command Command()
    {
        var command = new Verb("status", """
            回收情况：各表各年应报、已报、通过的单位数，未报的单位，未通过的文件。
            Response by form and year: expected, received, accepted; who is missing; which files were refused.
            """, """
            innovation status
            innovation status --json
            """);
        command.SetAction((parse, cancel) => Session.Run(parse, Status, cancel));
        return command;
    }

    private static int Status(Session session, CancellationToken cancel)
    {
        var store = new ReleaseStore(session.Workspace.Releases);
        var manifest = store.Find("latest");
        using var release = Database.OpenForReading(store.WarehousePath(manifest), session.Workspace.Scratch);
        var response = release.Rows("select form, form_zh, form_en, period_year, expected, received, accepted, cast(rate as varchar) from published.response order by form, period_year");
        var late = release.Rows("""
            with last as (select max(period_year) as period_year from published.response)
            select f.form, l.period_year, d.enterprise_code, d.enterprise_name
            from last as l
            cross join (select distinct form from published.response) as f
            join core.dim_enterprise as d on d.valid_from <= make_date(l.period_year, 12, 31) and d.ends_on >= make_date(l.period_year, 12, 31) and d.enterprise_level in ('G', 'S')
            anti join core.dim_return as r on r.form = f.form and r.enterprise_code = d.enterprise_code and r.is_latest and r.period_key = l.period_year * 1000
            order by all
            """);
        var refused = release.Rows("select file_name, rows_in, rows_rejected, rows_superseded, rows_loaded from core.file_account where rows_rejected > 0 or rows_in = 0 order by file_no");
        var speaker = session.Speaker;
        speaker.Say(new($"发布版本 {manifest.Id}，{manifest.Inputs.Count} 个文件", $"release {manifest.Id}, {manifest.Inputs.Count} files"));
        foreach (var r in response)
            speaker.Say(new($"  {r[1]} {r[3]}年：应报 {r[4]}，已报 {r[5]}，通过 {r[6]}（{Percent(r[7])}）", $"  {r[2]} {r[3]}: expected {r[4]}, received {r[5]}, accepted {r[6]} ({Percent(r[7])})"));
        foreach (var r in late)
            speaker.Say(new($"  未报或未通过：{r[0]} {r[1]}年 {r[3]}（{r[2]}）", $"  missing or not accepted: {r[0]} {r[1]} {r[3]} ({r[2]})"));
        foreach (var r in refused)
            speaker.Say(new($"  {r[0]}：收到 {r[1]} 行，拒收 {r[2]}，被取代 {r[3]}，装入 {r[4]}", $"  {r[0]}: {r[1]} rows in, {r[2]} rejected, {r[3]} superseded, {r[4]} loaded"));
        speaker.Answer(new
        {
            release = manifest.Id,
            response = response.Select(r => new { form = r[0], year = r[3], expected = r[4], received = r[5], accepted = r[6], rate_percent = r[7] }),
            missing = late.Select(r => new { form = r[0], year = r[1], enterprise_code = r[2], enterprise_name = r[3] }),
            files_with_rejections = refused.Select(r => new { file = r[0], rows_in = r[1], rows_rejected = r[2], rows_superseded = r[3], rows_loaded = r[4] }),
        });
        return ExitCode.Done;
    }

    private static string Percent(object? rate) => decimal.Parse((string)rate!, CultureInfo.InvariantCulture).ToString("0.0", CultureInfo.InvariantCulture) + "%";
}
