using System.CommandLine;
using System.Globalization;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Rules;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>template</c>: blank return workbooks.</summary>
internal static class TemplateVerb
{
    public static Command Command()
    {
        var form = new Option<string?>("--form") { Description = "报表代码，如 rd_spend / a form, such as rd_spend", HelpName = "FORM" };
        form.AcceptOnlyFromAmong([.. Offered.Select(f => f.Id)]);
        var all = new Option<bool>("--all") { Description = "所有报表，一表一个工作表 / every form, each on a sheet" };
        var year = new Option<int>("--year")
        {
            Description = "报告年度 / year to report",
            HelpName = "YEAR",
            Required = true,
        };
        var month = new Option<int?>("--month")
        {
            Description = "月报：1 月起累计到的月份 / for a monthly return: the last of the months from January",
            HelpName = "MONTH",
        };
        var enterprise = new Option<string?>("--enterprise")
        {
            Description = "填报单位的统一社会信用代码 / code of the enterprise that reports",
            HelpName = "CODE",
        };
        var group = new Option<string?>("--group")
        {
            Description = "集团代码：所有报表，集团及各级子企业各占一行 / code of a group: every form, with a row for the group and each enterprise below it",
            HelpName = "CODE",
        };
        var starting = new Option<bool>("--starting-register")
        {
            Description =
                "企业名录：列出公开的省属集团，供核实补充 / the register form with the provincial groups that are public, to be checked and completed",
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "文件或文件夹（默认当前文件夹） / file or folder (default: the current folder)",
            HelpName = "PATH",
        };
        var command = new Verb(
            "template",
            """
            生成填报工作簿：说明、指标解释、截止日期、双语表头、下拉选项、数值校验、平衡提示、上年数，清单中已列仍在进行的项目、平台等。
            Make a return workbook: instructions, what each field means, due date, headings in two languages, drop-downs, validation, balance checks,
            last year's values, and in lists what still runs.
            """,
            """
            innovation template --form rd_spend --year 2025
            innovation template --form rd_spend --year 2025 --enterprise 91140000EXA00001X8
            innovation template --form task_ledger --year 2026 --month 9
            innovation template --all --year 2025 --output 模板/
            innovation template --group 91140000EXA00001X8 --year 2025 --output 集团年报.xlsx
            innovation template --starting-register --year 2025 --output 名录.xlsx
            """
        )
        {
            form,
            all,
            year,
            month,
            enterprise,
            group,
            starting,
            output,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) =>
                        Make(
                            session,
                            parse.GetValue(form),
                            parse.GetValue(all),
                            parse.GetValue(year),
                            parse.GetValue(month),
                            parse.GetValue(enterprise),
                            parse.GetValue(group),
                            parse.GetValue(starting),
                            parse.GetValue(output)
                        ),
                    cancel,
                    Needs.WorkspaceIfNamed
                )
        );
        return command;
    }

    /// <summary>The forms that enterprises fill in.</summary>
    private static IEnumerable<Form> Offered => FormCatalogue.All.Where(f => f.Kind is FormKind.State or FormKind.Event or FormKind.Register);

    private static int Make(Session session, string? formId, bool all, int year, int? month, string? enterprise, string? group, bool starting, string? output)
    {
        if (year is < 1990 or > 2040)
            throw new UsageException(new($"年份 {year} 超出 1990–2040", $"the year {year} is outside 1990 to 2040"));
        if (starting && (all || enterprise is not null || group is not null || month is not null || formId is not null and not "enterprise_register"))
            throw new UsageException(new("--starting-register 只用于企业名录", "--starting-register is for the register form alone"));
        if (starting)
            formId = EnterpriseRegisterForm.Form.Id;
        if (formId is null && !all && group is null)
            throw new UsageException(new("请用 --form 指定报表，或用 --all、--group", "name a form with --form, or use --all or --group"));
        if (formId is not null && all)
            throw new UsageException(new("--form 与 --all 只能用一个", "use --form or --all, not both"));
        if (enterprise is not null && group is not null)
            throw new UsageException(new("--enterprise 与 --group 只能用一个", "use --enterprise or --group, not both"));
        if (month is < 1 or > 12)
            throw new UsageException(new($"月份 {month} 超出 1–12", $"the month {month} is outside 1 to 12"));
        var plan = new SurveyPlan(session.Definitions);
        var forms = formId is null
            ? Offered.Where(f => !plan.IsOfDesk(f) && (month is null || !plan.IsAnyTime(f)) && plan.Offers(f, year, month)).ToList()
            : [FormCatalogue.Find(formId)!];
        if (month is not null && forms is [{ Sent: Cadence.Years } annual])
            throw new UsageException(new($"{annual.Name.Zh}是年度报表，不用 --month", $"{annual.Name.En} is sent yearly: leave out --month"));
        var content = Content(session, plan, forms, year, month, enterprise, group, starting);
        if (formId is null)
            content = content with { Forms = forms = [.. forms.Where(f => content.Units.Count == 0 || content.Units.Any(u => content.IsAsked(f, u)))] };
        else if (!plan.Offers(forms[0], year, month) || content.Units.Count > 0 && !content.Units.Any(u => content.IsAsked(forms[0], u)))
            session.Speaker.Say(
                new(
                    $"调查计划未要求{(content.Units.Count == 0 ? "" : "该单位")}报送 {content.Period}的{forms[0].Name.Zh}（seeds/survey_plan.csv）",
                    $"the survey plan does not ask {(content.Units.Count == 0 ? "anybody" : "this enterprise")} for {forms[0].Name.En} of {content.Period} (seeds/survey_plan.csv)"
                )
            );
        var path = PathOf(
            output,
            $"模板-{year.ToString(CultureInfo.InvariantCulture)}{(month is { } m ? m.ToString("-00", CultureInfo.InvariantCulture) : "")}{(content.Reporter is null ? "" : "-" + Returns.Feedback.SafeFileName.Of(content.Reporter.Code))}-{formId ?? "all"}.xlsx"
        );
        // A file of that name may have been filled in already.
        if (File.Exists(path))
            throw new UsageException(
                new(
                    $"{path} 已存在，可能已填写，不覆盖；请用 --output 另指定文件",
                    $"{path} exists and may have been filled in; it is not overwritten: name another file with --output"
                )
            );
        using (var file = new FileStream(path, FileMode.CreateNew))
            TemplateWorkbook.Write(file, content);
        var known = content.LastYear.Values.Any(f => f.Count > 0);
        session.Speaker.Say(
            new(
                $"已生成模板 {path}：{forms.Count} 张报表，{Math.Max(1, content.Units.Count)} 个单位{(known ? "，含上年数" : "")}",
                $"template {path}: forms {forms.Count}, enterprises {Math.Max(1, content.Units.Count)}{(known ? ", with last year's values" : "")}"
            )
        );
        session.Speaker.Answer(
            new
            {
                path,
                year,
                month,
                forms = forms.Select(f => f.Id),
                enterprises = content.Units.Select(u => u.Code),
                last_year_known = known,
            }
        );
        return ExitCode.Done;
    }

    private static TemplateContent Content(
        Session session,
        SurveyPlan plan,
        List<Form> forms,
        int year,
        int? month,
        string? enterprise,
        string? group,
        bool starting
    )
    {
        // A blank template needs no workspace, and makes none.
        using var writer = session.Workspace.IsThere ? session.Write() : null;
        using var known = KnownReturns.Open(session.Workspace.Landing, session.Workspace.Scratch);
        IReadOnlyList<TemplateUnit> units =
            group is not null ? known.Group(group, year)
            : enterprise is not null ? [known.Unit(enterprise, year) ?? new(enterprise, "")]
            : [];
        if (group is not null && units.Count == 0)
            throw new UsageException(new($"企业名录中没有集团 {group}；请先用 load 装入名录", $"the register has no group {group}; load the register first"));
        if (enterprise is not null && units[0].Name.Length == 0)
            session.Speaker.Say(new($"企业名录中没有 {enterprise}，单位名称留空", $"the register does not know {enterprise}: its name is left blank"));
        var codes = units.Select(u => u.Code).ToHashSet(StringComparer.Ordinal);
        var surveyed = known.Surveyed(year, month, plan.Lists);
        var reporter = units.Count > 0 ? surveyed.GetValueOrDefault(units[0].Code) : null;
        return new(
            year,
            units.Count > 0 ? units[0] : null,
            units,
            forms,
            [.. new RuleCatalogue(session.Definitions).Returns.Where(r => r.Balance is not null)],
            new CodeLists(session.Definitions)
        )
        {
            Month = month,
            // Of an enterprise that the register does not know everything is asked. Where a list decides, it may yet be sent.
            IsAsked = (form, unit) => !surveyed.TryGetValue(unit.Code, out var who) || plan.Offers(form, year, month, who),
            Due = forms
                .Select(f => (f.Id, Day: plan.DueOn(f, year, month, reporter)))
                .Where(f => f.Day is not null)
                .ToDictionary(f => f.Id, f => f.Day!.Value, StringComparer.Ordinal),
            Running = month is null
                ? forms.ToDictionary(
                    f => f.Id,
                    f =>
                        (IReadOnlyList<IReadOnlyDictionary<string, object?>>)
                            [.. known.Running(f, year).Where(r => codes.Contains((string)r["enterprise_code"]!))],
                    StringComparer.Ordinal
                )
                : [],
            LastYear = forms.ToDictionary(
                f => f.Id,
                f =>
                    (IReadOnlyDictionary<string, IReadOnlyDictionary<string, object?>>)
                        known.OfYear(f, year - 1, month).Where(r => codes.Contains(r.Key)).ToDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal),
                StringComparer.Ordinal
            ),
            Register = starting ? StartingRegister.Rows() : [.. known.Register(year).Where(r => codes.Contains((string)r["enterprise_code"]!))],
            Synthetic = units.Count > 0 && known.IsSynthetic,
        };
    }

    /// <summary>A folder takes the file under its own name; anything else is the file.</summary>
    private static string PathOf(string? output, string name)
    {
        if (output is null)
            return Path.GetFullPath(name);
        var isFolder = Directory.Exists(output) || output.EndsWith('/') || output.EndsWith(Path.DirectorySeparatorChar);
        var path = Path.GetFullPath(isFolder ? Path.Combine(output, name) : output);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
