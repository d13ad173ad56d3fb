using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Catalogue;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Proofreading;

/// <summary>
/// Reads a finished page as it stands and holds every numeral in it against the release that it was made from: a numeral is bound to a
/// figure, target or other published number that exists and displays as just that, or it is declared as words of a kind that it can be.
/// </summary>
public sealed partial class NumeralLinter
{
    private static readonly HashSet<string> Void = ["meta", "br", "link", "img", "input", "hr"];
    private readonly PublishedRelease _published;
    private readonly Dictionary<string, (decimal Value, FigureText Show, HashSet<string> Around)> _known = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Figures by metric, breakdown and period.</summary>
    private readonly ILookup<string, string> _members;
    private readonly HashSet<string> _names,
        _texts;
    private readonly HashSet<string> _quotes;

    /// <summary>Releases that a page may name: its own and that of the edition before.</summary>
    private readonly string[] _editions;
    private List<Text> _problems = [];

    /// <param name="since">What changed since the edition before, reckoned again; null where the page tells of none.</param>
    public NumeralLinter(DuckDBConnection release, EditionChanges? since = null)
    {
        _published = new PublishedRelease(release);
        var rows = release.Rows("select figure_id, metric, breakdown, category, period_year, value from published.figure where value is not null");
        foreach (var series in rows.GroupBy(r => ((string)r[1]!, (string)r[2]!, (string)r[3]!)))
        {
            var (code, breakdown, category) = series.Key;
            var metric = _published.Metric(code);
            var show = FigureText.For(metric);
            string[] names = [.. In(metric.Name), .. In(_published.Category(breakdown, category).Name)];
            foreach (var r in series)
                _known[(string)r[0]!] = ((decimal)r[5]!, show, [r[4]!.ToString()!, .. names]);
        }
        _members = _known.Keys.Where(k => k.Split(':').Length == 4).ToLookup(Members, StringComparer.Ordinal);

        foreach (var t in _published.Targets)
            _known[$"target/{t.Id}/value"] = (
                t.Value,
                FigureText.For(t),
                [
                    .. In(t.Name),
                    .. t.DueYear is { } due ? [due.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
                    .. In(t.AsOf),
                    .. In(_published.Metric(t.Metric).Name),
                ]
            );
        foreach (var p in _published.Paths)
            Add($"target_path/{p.TargetId}/{p.Year}", p.Value, FigureText.For(_published.Metric(p.Metric)), p.Year);
        var count = new FigureText(1, new Text("", ""), 0, false, false);
        var percent = count with { Decimals = 1 };
        foreach (
            var row in release.Rows(
                "select target_id, period_year, metric, missing, required_growth_percent, progress_percent, time_progress_percent from published.target_progress"
            )
        )
        {
            Add($"target_progress/{row[0]}/{row[1]}/missing", (decimal?)row[3] ?? 0, FigureText.For(_published.Metric((string)row[2]!)), 0);
            Add($"target_progress/{row[0]}/{row[1]}/required_growth_percent", (decimal?)row[4] ?? 0, percent, 0);
            Add($"target_progress/{row[0]}/{row[1]}/progress_percent", (decimal?)row[5] ?? 0, percent, 0);
            Add($"target_progress/{row[0]}/{row[1]}/time_progress_percent", (decimal?)row[6] ?? 0, percent, 0);
        }

        foreach (var f in _published.Forecasts.Where(f => f.Value is not null))
        {
            foreach (var (column, _, of) in ForecastFan.Parts)
                Add($"forecast/{f.Metric}/{f.Year}/{column}", of(f), FigureText.For(_published.Metric(f.Metric)), f.Year);
            Add($"forecast/{f.Metric}/{f.Year}/median_error_percent", f.MedianError, percent, f.Year);
            Add($"forecast/{f.Metric}/{f.Year}/naive_error_percent", f.NaiveError, percent, f.Year);
        }

        foreach (var row in release.Rows("select figure_id, missing, response_percent, coverage_percent from published.figure where missing > 0"))
        {
            Add($"figure/{row[0]}/missing", Convert.ToDecimal(row[1], CultureInfo.InvariantCulture), count, 0);
            Add($"figure/{row[0]}/response_percent", (decimal?)row[2] ?? 0, percent, 0);
            Add($"figure/{row[0]}/coverage_percent", (decimal?)row[3] ?? 0, percent, 0);
        }

        if (FigureFlag.AreIn(release))
            foreach (var row in release.Rows("select figure_id, imputed_percent from published.figure where imputed_percent > 0 or missing > 0"))
                Add($"figure/{row[0]}/imputed_percent", (decimal?)row[1] ?? 0, percent, 0);

        foreach (var r in _published.Responses)
        {
            foreach (var (column, value) in new[] { ("expected", r.Expected), ("received", r.Received), ("accepted", r.Accepted) })
                Add($"response/{r.Form}/{r.Year}/{column}", value, count, r.Year);
            Add($"response/{r.Form}/{r.Year}/rate", r.Rate ?? 0, percent, r.Year);
        }

        foreach (var w in _published.Withheld)
        foreach (var (column, value) in new[] { ("figures", w.Figures), ("suppressed", w.Suppressed), ("by_rule", w.ByRule) })
            Add($"disclosure/{w.Metric}/{column}", value, count, 0);

        foreach (var r in _published.Revisions)
        foreach (var (column, value) in new[] { ("first_value", r.First), ("latest_value", r.Latest), ("change", r.Change) })
            Add($"revision/{r.Metric}:{r.Breakdown}:{r.Category}:{r.Period}/{column}", value ?? 0, FigureText.For(_published.Metric(r.Metric)), 0);
        foreach (var changes in _published.RegisterChanges.GroupBy(c => c.Year))
            _counts[string.Create(CultureInfo.InvariantCulture, $"register_change/{changes.Key}")] = changes.Count();
        foreach (var c in _published.Contributions)
        {
            Add($"contribution/{c.Metric}/{c.Category}/{c.Year}/change", c.Change, FigureText.For(_published.Metric(c.Metric)), c.Year);
            Add($"contribution/{c.Metric}/{c.Category}/{c.Year}/pull_points", c.Points, Contribution.PointsText, c.Year);
            Add($"contribution/{c.Metric}/{c.Category}/{c.Year}/share_percent", c.Share ?? 0, Contribution.ShareText, c.Year);
        }
        _editions = [_published.Info.Id, .. since is null ? Array.Empty<string>() : [since.Before]];
        foreach (var c in since?.Revised ?? [])
        {
            var parts = c.Figure.Split(':');
            var show = FigureText.For(_published.Metric(parts[0]));
            var about = int.TryParse(parts[^1].AsSpan(0, Math.Min(4, parts[^1].Length)), CultureInfo.InvariantCulture, out var of) ? of : 0;
            Add($"edition/{c.Figure}/before", c.Before!.Value, show, about);
            Add($"edition/{c.Figure}/after", c.After!.Value, show, about);
            Add($"edition/{c.Figure}/change", c.After.Value - c.Before.Value, show with { IsChange = true }, about);
            foreach (var (cause, part) in c.Parts)
                Add($"edition/{c.Figure}/{EditionChanges.Code(cause)}", part, show with { IsChange = true }, about);
        }
        foreach (var kind in since is null ? [] : (string[])["revised", "added", "removed"])
            Add($"edition/{kind}", since!.Count(kind), count, 0);
        foreach (var cause in since is null ? [] : Enum.GetValues<Cause>())
            Add($"edition/cause/{EditionChanges.Code(cause)}", since!.Count(cause), count, 0);
        foreach (var v in _published.Vintages)
            Add($"vintage/{v.Metric}/{v.Year}/{v.No}", v.Value, FigureText.For(_published.Metric(v.Metric)), v.Year);
        var hundredths = percent with { Decimals = 2, IsChange = true };
        foreach (var c in _published.RevisionCauses)
        foreach (
            var (column, value) in new[]
            {
                ("told_value", c.Told),
                ("latest_value", c.Latest),
                ("change", c.Change),
                ("from_new_returns", c.FromNewReturns),
                ("from_replacements", c.FromReplacements),
                ("change_percent", c.Percent ?? 0),
            }
        )
            Add(
                $"revision_cause/{c.Metric}/{c.Year}/{column}",
                value,
                column == "change_percent" ? hundredths : FigureText.For(_published.Metric(c.Metric)),
                c.Year
            );
        foreach (var s in _published.StageRevisions)
        {
            Add($"revision_by_stage/{s.Metric}/{s.Stage}/figures", s.Figures, count, 0);
            foreach (
                var (column, value) in new[]
                {
                    ("mean_revision_percent", s.Mean),
                    ("mean_absolute_revision_percent", s.MeanAbsolute),
                    ("largest_revision_percent", s.Largest),
                }
            )
                Add($"revision_by_stage/{s.Metric}/{s.Stage}/{column}", value ?? 0, hundredths, 0);
        }
        foreach (
            var row in release.Rows(
                "unpivot (select metric, period_year, columns(* exclude (metric, period_year))::decimal(28, 6) from published.change) on columns(* exclude (metric, period_year))"
            )
        )
            Add(
                $"change/{row[0]}/{row[1]}/{row[2]}",
                (decimal)row[3]!,
                (string)row[2]! is "missing" or "missing_before" or "unshared_splits" ? count : FigureText.For(_published.Metric((string)row[0]!)),
                Convert.ToInt32(row[1], CultureInfo.InvariantCulture)
            );
        foreach (
            var row in release.Rows(
                """
                unpivot (select system, group_code, period_year, columns(* exclude (system, group_code, period_year, class, standing, rule, concerned, decided, may_tell_rank_change, is_synthetic, class_zh, class_en, system_zh, system_en, notice_zh, notice_en))::decimal(28, 6)
                from published.evaluation_score) on columns(* exclude (system, group_code, period_year))
                """
            )
        )
            Add(
                $"evaluation_score/{row[0]}/{row[1]}/{row[2]}/{row[3]}",
                (decimal)row[4]!,
                ((string)row[3]!).StartsWith("rank", StringComparison.Ordinal) ? count : count with { Decimals = 2 },
                Convert.ToInt32(row[2], CultureInfo.InvariantCulture)
            );
        foreach (
            var row in release.Rows(
                """
                unpivot (select system, group_code, period_year, part, metric, columns(['published_value', 'value', 'floor', 'goal', 'normalised', 'weight', 'contribution', 'contribution_before', 'change', 'change_by_weight'])::decimal(28, 6)
                from published.evaluation_part) on columns(* exclude (system, group_code, period_year, part, metric))
                """
            )
        )
        {
            var (column, value) = ((string)row[5]!, (decimal)row[6]!);
            var show = FigureText.For(_published.Metric((string)row[4]!));
            Add(
                $"evaluation_part/{row[0]}/{row[1]}/{row[2]}/{row[3]}/{column}",
                value,
                column switch
                {
                    "value" or "published_value" => show,
                    "floor" or "goal" => show.AsSet(value),
                    "weight" => new FigureText(0.01m, new Text("%", "%"), 1, false, false),
                    _ => count with { Decimals = 2 },
                },
                Convert.ToInt32(row[2], CultureInfo.InvariantCulture)
            );
        }
        foreach (var t in _published.Tasks)
        {
            foreach (var (column, value) in new[] { ("progress_percent", t.Progress), ("planned_percent", t.Planned), ("behind_points", t.Behind) })
                Add($"task/{t.Period}/{Word(t.No)}/{column}", value ?? 0, percent, t.Year);
            Add($"task/{t.Period}/{Word(t.No)}/days_left", t.DaysLeft ?? 0, count, t.Year);
        }
        foreach (
            var row in release.Rows(
                """
                with placed as (
                    select period, standing, unnest([{b: 'total', c: 'all'}, {b: 'task_field', c: task_field}]) as place from published.task_month_wide
                    union all
                    select period, standing, {b: 'group', c: unnest(string_split(group_codes, ';'))} as place from published.task_month_wide
                )
                select period, place.b, place.c, coalesce(standing, 'all'), count(*) from placed group by grouping sets ((period, place.b, place.c), (period, place.b, place.c, standing))
                """
            )
        )
            _counts[$"task_count/{row[0]}/{row[1]}/{Word((string)row[2]!)}/{row[3]}"] = Convert.ToInt32(row[4], CultureInfo.InvariantCulture);
        foreach (
            var row in release.Rows(
                """
                with month as (select period, lag(period) over (partition by period_year order by period) as before from (select distinct period, period_year from published.task_month_wide)),
                now as (select m.period, w.task_no, w.standing, w.is_late, w.is_done from month as m join published.task_month_wide as w on w.period = m.period where m.before is not null),
                was as (select m.period, w.task_no, w.standing, w.is_late, w.is_done from month as m join published.task_month_wide as w on w.period = m.before)
                select coalesce(n.period, b.period), case
                    when b.task_no is null then 'listed' when n.task_no is null then 'struck' when n.is_late and not b.is_late then 'newly_late'
                    when n.is_done and not b.is_done then 'newly_done' when b.is_late and not n.is_late then 'late_no_more' when b.standing <> n.standing then b.standing || '/' || n.standing
                    else 'same' end as what, count(*)
                from now as n full join was as b on b.period = n.period and b.task_no = n.task_no
                group by all
                """
            )
        )
            _counts[$"task_change/{row[0]}/{row[1]}"] = Convert.ToInt32(row[2], CultureInfo.InvariantCulture);
        foreach (
            var (column, value) in new[]
            {
                ("input_count", _published.Info.InputCount),
                ("finding_errors", _published.Info.Errors),
                ("finding_warnings", _published.Info.Warnings),
            }
        )
            Add($"release/{column}", value, count, 0);

        var words = _published
            .Metrics.SelectMany(m => new[] { m.Name, m.Definition, m.Basis, m.UnitName, FigureText.For(m).Unit })
            .Concat(_published.Categories.Select(c => c.Name))
            .Concat(_published.Targets.SelectMany(t => new[] { t.Name, t.Scope }))
            .Concat(_published.Responses.Select(r => r.Name))
            .Concat(_published.Paths.Select(p => p.Method))
            .Concat(_published.Scores.SelectMany(s => new[] { s.ClassName, s.SystemName, s.Notice }))
            .Concat(_published.ScoreParts.SelectMany(p => new[] { p.Name, p.RuleName }))
            .Concat(_published.RegisterChanges.SelectMany(c => new[] { Text.Same(c.Name), Text.Same(c.Before), Text.Same(c.Group) }))
            .Concat(_published.Tasks.SelectMany(t => new[] { t.StandingName, t.Rule, new Text(t.No, t.Name), new Text(t.Enterprises, "") }))
            .Concat(ChartCatalogue.All.SelectMany(c => c.PanelTitles.Append(c.Title)))
            .Concat(ChartCatalogue.All.SelectMany(c => c.Series).Select(s => s.Name).OfType<Text>());
        _names =
        [
            .. words.Concat(ForecastFan.Parts.Select(p => p.Name)).SelectMany(In),
            "1551",
            .. Enumerable.Range(2015, 20).Select(y => y.ToString(CultureInfo.InvariantCulture)),
            "0",
        ];
        _texts =
        [
            .. _names,
            .. ChartCatalogue.All.Select(c => c.Note).OfType<Text>().SelectMany(In),
            .. In(_published.Info.Id),
            .. In(_published.Info.AsOf),
            "1",
            "10000",
            "10,000",
        ];
        _quotes = [.. _published.Targets.SelectMany(t => new[] { t.Quote, t.Source.Zh, t.Source.En }), .. _published.ScoreParts.Select(p => p.Reason)];

        void Add(string key, decimal value, FigureText show, int year) => _known[key] = (value, show, [year.ToString(CultureInfo.InvariantCulture)]);
    }

    private static string Members(string id) => id.Split(':') is [var metric, var breakdown, _, var period] ? $"{metric}:{breakdown}:{period}" : id;

    private static string Word(string code) => string.Concat(code.Select(c => char.IsWhiteSpace(c) ? '_' : c));

    /// <summary>What is known under a key; a count of tasks that no task makes up is none, a place is reckoned as it is asked for.</summary>
    private (decimal Value, FigureText Show, HashSet<string> Around)? Known(string key)
    {
        var count = new FigureText(1, new Text("", ""), 0, false, false);
        if (_known.TryGetValue(key, out var known))
            return known;
        if (key.StartsWith("task_change/", StringComparison.Ordinal) && _counts.TryGetValue(key, out var changes))
            return (changes, count, []);
        if (key.StartsWith("register_change/", StringComparison.Ordinal))
            return (_counts.GetValueOrDefault(key), count, []);
        if (key.Split('/') is ["figure_count", var members, "rising" or "falling"] && members.Split(':') is [var of, var by, var when])
            return (
                _members[$"{of}:{by}:{when}"]
                    .Select(id => _known[id])
                    .Count(k => Math.Sign(k.Show.Rounded(k.Value)) == (key.EndsWith("rising", StringComparison.Ordinal) ? 1 : -1)),
                count,
                []
            );
        if (key.StartsWith("task_count/", StringComparison.Ordinal))
            return (_counts.GetValueOrDefault(key), count, []);
        if (key.Split('/') is ["figure", var id, "rank" or "ranked"] && _known.TryGetValue(id, out var own))
        {
            var all = _members[Members(id)].Select(k => own.Show.Rounded(_known[k].Value)).ToArray();
            return (key.EndsWith("ranked", StringComparison.Ordinal) ? all.Length : 1 + all.Count(v => v > own.Show.Rounded(own.Value)), count, []);
        }
        return null;
    }

    /// <summary>How many numerals are bound to a figure or another published number, and what is wrong.</summary>
    public (int Bound, IReadOnlyList<Text> Problems) Check(string html)
    {
        _problems = [];
        var bound = 0;
        var open = new Stack<(string Name, string Attribute, string Value)>();
        var skipped = 0;
        var (from, to) = (html.IndexOf("<body", StringComparison.Ordinal), html.LastIndexOf("</body>", StringComparison.Ordinal));
        if (from < 0 || to < from)
        {
            Fault("网页没有正文", "the page has no body");
            return (0, _problems);
        }
        foreach (Match token in FinishedPage.Tokens().Matches(html[from..to]))
        {
            var text = token.Value;
            if (text.StartsWith("</", StringComparison.Ordinal))
            {
                if (open.TryPop(out var closed) && closed.Name is "script" or "style")
                    skipped--;
            }
            else if (text.StartsWith('<'))
            {
                var name = TagName().Match(text).Groups[1].Value;
                if (Void.Contains(name) || text.EndsWith("/>", StringComparison.Ordinal))
                    continue;
                var binding = Binding().Match(text);
                open.Push((name, binding.Groups[1].Value, WebUtility.HtmlDecode(binding.Groups[2].Value)));
                if (name is "script" or "style")
                    skipped++;
            }
            else if (skipped == 0 && WebUtility.HtmlDecode(text) is var said && Numeral().IsMatch(said))
            {
                var (tag, attribute, value) = open.FirstOrDefault(o => o.Attribute.Length > 0);
                if (attribute is "data-figure" or "data-record" or "data-derived")
                    bound++;
                Hold(said, tag, attribute, value);
            }
        }

        foreach (Match figure in Figure().Matches(html))
            Spoken(figure.Value);
        return (bound, _problems);
    }

    private void Hold(string said, string? tag, string? attribute, string? value)
    {
        var numerals = Numeral().Matches(said).Select(m => m.Value).ToArray();
        switch (attribute)
        {
            case "data-figure" or "data-record" or "data-derived":
                Shown(said, numerals, tag!, attribute, value!.Split(' '));
                break;
            case "data-prose":
                if (!IsProse(said, numerals, tag!, value!))
                    Fault($"不是所标明的一类（{value}）：{said}", $"not {value}: {said}");
                break;
            default:
                Fault($"未与任何数字绑定：{said}", $"bound to nothing: {said}");
                break;
        }
    }

    private void Shown(string said, string[] numerals, string tag, string attribute, string[] ids)
    {
        var how = attribute == "data-derived" ? ids[0] : "";
        if (how.Length > 0)
            ids = ids[1..];
        var held = ids.Select(id => (Id: id, Known: Known(id))).ToArray();
        if (held.FirstOrDefault(h => h.Known is null) is { Id: { } unknown })
        {
            Fault($"没有这个数字：{unknown}", $"no such figure: {unknown}");
            return;
        }

        var values = held.Select(h => h.Known!.Value).ToArray();
        var around = values.SelectMany(v => v.Around).ToHashSet();
        var displayed = new List<string>();
        if (how.Length > 0)
        {
            displayed.Add(Derived(how, values[0], values[1]));
            // The words beside a derived number may also tell what it was made of.
            around.UnionWith(how == "attainment" ? values.Select(v => Plain(v.Show.Number(v.Value))) : []);
        }
        else
            displayed.AddRange(values.Select(v => v.Show.Signed(v.Value)));
        foreach (var numeral in numerals)
            if (!displayed.Any(d => Same(numeral, d)) && !around.Contains(Plain(numeral)))
                Fault(
                    $"{numeral} 应为 {string.Join(" 或 ", displayed)}（{string.Join(' ', ids)}）：{said}",
                    $"{numeral} is not {string.Join(" or ", displayed)} ({string.Join(' ', ids)}): {said}"
                );
        var parts = how == "attainment" && values.All(v => numerals.Any(n => Plain(n) == Plain(v.Show.Number(v.Value))));
        if (tag != "text" && !parts && !numerals.Any(n => displayed.Any(d => Same(n, d))))
            Fault(
                $"没有写出数值 {string.Join(" 或 ", displayed)}（{string.Join(' ', ids)}）：{said}",
                $"the value {string.Join(" or ", displayed)} is not told ({string.Join(' ', ids)}): {said}"
            );
    }

    /// <summary>The same digits; a sign that is written is the right one.</summary>
    private static bool Same(string written, string signed) =>
        Plain(written) == Plain(signed) && (char.IsAsciiDigit(written[0]) || (written[0] == '+') == (signed[0] == '+'));

    private static string Plain(string numeral) => numeral.TrimStart('+', '−', '-');

    private static string Derived(string how, (decimal Value, FigureText Show, HashSet<string>) a, (decimal Value, FigureText Show, HashSet<string>) b)
    {
        var tenths = new FigureText(1, new Text("%", "%"), 1, false, true);
        return how switch
        {
            "difference" => a.Show.Signed(a.Value - b.Value),
            "rest" => a.Show.Number(b.Value - a.Value),
            "growth" => tenths.Signed((a.Value / b.Value - 1) * 100),
            "attainment" => tenths.Number(a.Value / b.Value * 100),
            _ => "nothing known as " + how,
        };
    }

    private bool IsProse(string said, string[] numerals, string tag, string kind) =>
        kind switch
        {
            "period" => numerals.All(n =>
                int.TryParse(Plain(n), NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i is (>= 0 and <= 31) or (>= 1900 and <= 2100)
            ),
            "order" => numerals.All(n => int.TryParse(Plain(n), NumberStyles.None, CultureInfo.InvariantCulture, out _)),
            "axis" => tag == "text",
            "key" => said.StartsWith("innovation trace ", StringComparison.Ordinal) && _known.ContainsKey(said["innovation trace ".Length..]),
            "quote" => _quotes.Contains(said) || _quotes.Any(q => q.Contains(said, StringComparison.Ordinal)),
            "name" => numerals.All(n => _names.Contains(Plain(n))),
            "text" => numerals.All(n =>
                _texts.Contains(Plain(n))
                || int.TryParse(Plain(n), NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i is <= 31 or (>= 2015 and <= 2035)
            ),
            "release" => !_editions
                .Aggregate(said, (s, id) => s.Replace(id, "", StringComparison.Ordinal))
                .Replace(_published.Info.DefinitionHash, "", StringComparison.Ordinal)
                .Replace(_published.Info.AsOf, "", StringComparison.Ordinal)
                .Any(char.IsAsciiDigit),
            _ => false,
        };

    /// <summary>What is read out of a chart stands in the table below it, digit for digit.</summary>
    private void Spoken(string figure)
    {
        var table = WebUtility.HtmlDecode(AnyTag().Replace(figure[Math.Max(0, figure.IndexOf("<details", StringComparison.Ordinal))..], " "));
        var told = Numeral().Matches(table).Select(m => Plain(m.Value)).ToHashSet();
        told.UnionWith(_names);
        // A target is told where it is drawn, and stands in the table of targets.
        told.UnionWith(_published.Targets.Select(t => Plain(FigureText.For(t).Number(t.Value))));
        foreach (Match alt in Alt().Matches(figure))
        foreach (Match numeral in Numeral().Matches(WebUtility.HtmlDecode(alt.Groups[1].Value)))
            if (!told.Contains(Plain(numeral.Value)))
                Fault(
                    $"替代文字中的 {numeral.Value} 不在图下的表中：{WebUtility.HtmlDecode(alt.Groups[1].Value)}",
                    $"read out, but not in the table: {numeral.Value} in {WebUtility.HtmlDecode(alt.Groups[1].Value)}"
                );
    }

    private void Fault(string chinese, string english) => _problems.Add(new(chinese, english));

    private static IEnumerable<string> In(Text text) => In(text.Zh).Concat(In(text.En));

    private static IEnumerable<string> In(string text) => Numeral().Matches(text).Select(m => Plain(m.Value));

    [GeneratedRegex("[+−-]?[0-9](?:[0-9,]*[0-9])?(?:\\.[0-9]+)?")]
    private static partial Regex Numeral();

    [GeneratedRegex("^<([a-z0-9]+)")]
    private static partial Regex TagName();

    [GeneratedRegex(" (data-figure|data-record|data-derived|data-prose)=\"([^\"]*)\"")]
    private static partial Regex Binding();

    [GeneratedRegex("<figure .*?</figure>", RegexOptions.Singleline)]
    private static partial Regex Figure();

    [GeneratedRegex("<svg [^>]*aria-label=\"([^\"]*)\"")]
    private static partial Regex Alt();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex AnyTag();
}
