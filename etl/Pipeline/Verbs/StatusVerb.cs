using System.CommandLine;
using System.Globalization;
using System.Text;
using Innovation1551.Models;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Receiving;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>status</c>: who has sent what, what is late, what was refused, who is to be reminded.</summary>
internal static class StatusVerb
{
    private const int RemindersShown = 20;

    public static Command Command()
    {
        var remind = new Option<bool>("--remind") { Description = "只列应催报的单位 / only the enterprises to be reminded" };
        var files = new Option<bool>("--files") { Description = "逐个文件的来历与去向 / what became of every file" };
        var enterprise = new Option<string?>("--enterprise")
        {
            Description = "只看名称或代码含此内容的单位或集团 / only enterprises or groups whose name or code contains this",
            HelpName = "TEXT",
        };
        var byGroup = new Option<bool>("--by-group") { Description = "回收情况按集团列出 / response for each group" };
        var output = new Option<string?>("--output")
        {
            Description =
                "清单另存：文件名以 .xlsx 结尾为工作簿，文件夹（以 / 结尾）为每个集团一个工作簿，否则为 CSV；与 --files 合用时为文件清单 / save the list: a workbook where the name ends in .xlsx, a workbook for each group in a folder (ends in /), otherwise CSV",
            HelpName = "PATH",
        };
        var command = new Verb(
            "status",
            """
            回收情况：各表各期应报、已报、通过、迟报的单位数，按户数和按营业收入的通过率；应催报的单位；每个文件的去向。
            Response by form and period: owed, received, accepted and late, by number and by revenue; who is to be reminded; what became of every file.
            """,
            """
            innovation status
            innovation status --by-group
            innovation status --remind --output 催报.xlsx
            innovation status --remind --output 催报/
            innovation status --remind --enterprise 示例集团
            innovation status --files
            innovation status --json
            """
        )
        {
            remind,
            files,
            enterprise,
            byGroup,
            output,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) =>
                        Status(
                            session,
                            parse.GetValue(remind),
                            parse.GetValue(files),
                            parse.GetValue(byGroup),
                            parse.GetValue(enterprise),
                            parse.GetValue(output)
                        ),
                    cancel
                )
        );
        return command;
    }

    private static int Status(Session session, bool remindOnly, bool showFiles, bool byGroup, string? enterprise, string? output)
    {
        using var opened = session.Open("latest");
        var (manifest, release) = (opened.Manifest, opened.Connection);
        var today = session.Today;
        var status = new ResponseStatus(release, today);
        var response = byGroup
            ?
            [
                .. status
                    .ResponseByGroup()
                    .Where(r => enterprise is null || $"{r.GroupName} {r.GroupCode}".Contains(enterprise, StringComparison.OrdinalIgnoreCase)),
            ]
            : status.Response();
        var reminders = status
            .Reminders()
            .Where(r => enterprise is null || $"{r.GroupName} {r.EnterpriseName} {r.EnterpriseCode}".Contains(enterprise, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var files = status.Files(
            new Archive(session.Workspace.Received, session.Clock, long.MaxValue).Receipts,
            new Withdrawals(session.Workspace.Received).InForce
        );

        var speaker = session.Speaker;
        if (!remindOnly && !showFiles)
        {
            speaker.Say(new($"发布版本 {manifest.Id}，{manifest.Inputs.Count} 个文件", $"release {manifest.Id}, {manifest.Inputs.Count} files"));
            foreach (var form in response.GroupBy(r => r.Form))
            {
                speaker.Say(new(form.First().FormZh, form.First().FormEn));
                foreach (var r in form)
                    speaker.Say(Line(r));
            }
            foreach (var x in status.WithoutEffect())
                speaker.Say(
                    new(
                        $"调查计划的例外 {x.Exception} 不起作用：{x.Code} 在 {x.Period} 不应报送 {x.Form}，请核对代码与报告期",
                        $"exception {x.Exception} of the survey plan touches nothing: {x.Code} does not owe {x.Form} for {x.Period}; check code and period"
                    )
                );
        }
        if (!showFiles)
            TellReminders(speaker, reminders, remindOnly ? int.MaxValue : RemindersShown);
        var told = showFiles ? files : files.Where(f => f.State is "withdrawn" or "refused" or "no_rows" or "not_built" || f.RowsRejected > 0).ToList();
        if (!remindOnly)
            foreach (var f in told)
                speaker.Say(Line(f));
        if (output is not null && showFiles)
        {
            // With a byte order mark: without one Excel takes UTF-8 for the local code page.
            File.WriteAllText(output, FilesCsv(files), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            speaker.Say(new($"已写入 {output}", $"written to {output}"));
        }
        else if (output is not null)
            foreach (var path in new ReminderList(reminders, today, manifest.IsSynthetic).Write(output))
                speaker.Say(new($"已写入 {path}", $"written to {path}"));
        speaker.Answer(
            new
            {
                release = manifest.Id,
                response,
                reminders,
                files,
            }
        );
        return ExitCode.Done;
    }

    private static Text Line(ResponseLine r) =>
        new(
            $"  {r.Period}{(r.GroupName is { } g ? $" {g}" : "")}（截止 {Day(r.Due)}）：应报 {r.Expected}{(r.Waived > 0 ? $"（另免报 {r.Waived}）" : "")}，已报 {r.Received}，通过 {r.Accepted}（其中待说明 {r.WithWarnings}），迟报 {r.Late}，未通过或未报 {r.Missing}；通过率按户 {Rate(r.RateByCount)}，按营业收入 {Rate(r.RateByValue)}",
            $"  {r.Period}{(r.GroupName is { } of ? $" {of}" : "")} (due {Day(r.Due)}): {r.Expected} owed{(r.Waived > 0 ? $" ({r.Waived} more excused)" : "")}, {r.Received} received, {r.Accepted} accepted ({r.WithWarnings} with open questions), {r.Late} late, {r.Missing} missing or refused; rate {Rate(r.RateByCount)} by number, {Rate(r.RateByValue)} by revenue"
        );

    private static void TellReminders(Speaker speaker, List<Reminder> reminders, int shown)
    {
        var due = reminders.Where(r => r.State != "not_due").ToList();
        speaker.Say(
            new($"应催报 {due.Count} 项，未到期 {reminders.Count - due.Count} 项", $"{due.Count} to be reminded, {reminders.Count - due.Count} not yet due")
        );
        foreach (var r in due.Take(shown))
            speaker.Say(
                new(
                    $"  {r.FormZh} {r.Period}：{r.EnterpriseName}（{r.EnterpriseCode}，{r.GroupName}）{(r.State == "refused" ? "已报未通过" : "未报")}",
                    $"  {r.FormEn} {r.Period}: {r.EnterpriseName} ({r.EnterpriseCode}, {r.GroupName}) {(r.State == "refused" ? "refused" : "missing")}"
                )
            );
        if (due.Count > shown)
            speaker.Say(new($"  ……其余 {due.Count - shown} 项见 innovation status --remind", $"  … {due.Count - shown} more: innovation status --remind"));
    }

    private static Text Line(FileHistory f)
    {
        var state = f.State switch
        {
            "withdrawn" => new Text($"已撤出（{f.WhyWithdrawn}）", $"withdrawn ({f.WhyWithdrawn})"),
            "not_built" => new Text("收到，尚未构建", "received, not yet built"),
            "no_rows" => new("未读入任何行", "no rows read"),
            "refused" => new("全部拒收", "refused"),
            "superseded" => new("已被取代", "superseded"),
            "partly" => new("部分有效", "partly in force"),
            _ => new("有效", "in force"),
        };
        var by = f.SupersededBy is null ? new Text("", "") : new Text($"，取代者 {f.SupersededBy}", $", by {f.SupersededBy}");
        return new(
            $"  {f.No} {ScreenText.Line(f.Name)}（{Day(DateOnly.FromDateTime(f.ReceivedAt.DateTime))} 收到）：{state.Zh}{by.Zh}；收到 {f.RowsIn} 行，装入 {f.RowsLoaded}，拒收 {f.RowsRejected}，被取代 {f.RowsSuperseded}",
            $"  {f.No} {ScreenText.Line(f.Name)} (received {Day(DateOnly.FromDateTime(f.ReceivedAt.DateTime))}): {state.En}{by.En}; {f.RowsIn} rows in, {f.RowsLoaded} loaded, {f.RowsRejected} rejected, {f.RowsSuperseded} superseded"
        );
    }

    private static string FilesCsv(IEnumerable<FileHistory> files) =>
        CsvText.Table(
            [
                "序号 no",
                "文件 file",
                "SHA-256",
                "收到 received",
                "去向 state",
                "取代者 superseded_by",
                "收到行 rows_in",
                "装入 loaded",
                "拒收 rejected",
                "被取代 superseded",
            ],
            files.Select(f =>
                new[]
                {
                    Number(f.No),
                    f.Name,
                    f.Sha256,
                    f.ReceivedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    f.State,
                    f.SupersededBy,
                    Number(f.RowsIn),
                    Number(f.RowsLoaded),
                    Number(f.RowsRejected),
                    Number(f.RowsSuperseded),
                }
            )
        );

    private static string Number(long n) => n.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Rate(decimal? rate) => rate is { } r ? r.ToString("0.0", CultureInfo.InvariantCulture) + "%" : "—";
}
