using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Querying;
using Innovation1551.Models.Tracing;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>trace</c>: from a figure to the cells that it comes from, and from a cell to the figures that it feeds.</summary>
internal static class TraceVerb
{
    private const int Shown = 40;

    private static readonly Dictionary<string, Text> Sides = new(StringComparer.Ordinal)
    {
        ["value"] = new("计入", "counted"),
        ["numerator"] = new("分子", "numerator"),
        ["denominator"] = new("分母", "denominator"),
        ["base"] = new("上年数", "last year's"),
        ["donor"] = new("同行业", "industry"),
    };

    public static Command Command()
    {
        var what = new Argument<string>("WHAT") { HelpName = "FIGURE | FILE#SHEET!CELL", Description = "数字编号，或单元格地址 / a figure's id, or a cell" };
        var release = Verb.Release();
        var all = new Option<bool>("--all") { Description = $"列出全部（默认 {Shown} 行） / list all (default {Shown} lines)" };
        var command = new Verb(
            "trace",
            """
            数字由哪些单元格汇总而来；单元格进入了哪些数字。
            Which cells a figure comes from, added up again to the figure; which figures a cell feeds.
            """,
            """
            innovation trace rd_intensity:total:all:2024
            innovation trace "2024_G01_年报.xlsx#财务与从业人员情况!D8"
            innovation trace rd_expense:group:G01:2024 --all --json
            """
        )
        {
            what,
            release,
            all,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) =>
                    {
                        using var opened = session.Open(parse.GetValue(release)!);
                        return Tell(session, opened, parse.GetValue(what)!, parse.GetValue(all));
                    },
                    cancel
                )
        );
        return command;
    }

    /// <summary>Traces a figure or a cell of an open release.</summary>
    /// <param name="all">True for every line, not only the first forty.</param>
    internal static int Tell(Session session, OpenRelease opened, string what, bool all)
    {
        var (id, limit) = (opened.Manifest.Id, all ? int.MaxValue : Shown);
        return CellTrace.IsAddress(what)
            ? Cell(session, id, CellTrace.Of(opened.Connection, what), limit)
            : Figure(session, id, FigureTrace.Of(opened.Connection, what), FigureFlag.All(opened.Connection), limit);
    }

    private static int Figure(Session session, string release, TracedFigure figure, IReadOnlyList<FigureFlag> flags, int limit)
    {
        var speaker = session.Speaker;
        var names = flags.ToDictionary(f => f.Code, f => f.Name, StringComparer.Ordinal);
        var (cells, unit) = (figure.Cells, figure.Unit);
        speaker.Say(
            new(
                $"{figure.Figure} = {Number(figure.Published.Value)} {unit}（{release}）",
                $"{figure.Figure} = {Number(figure.Published.Value)} {unit} ({release})"
            )
        );
        if (figure.Published.Denominator is not null)
            speaker.Say(
                new(
                    $"  分子 {Number(figure.Published.Numerator)}，分母 {Number(figure.Published.Denominator)}",
                    $"  numerator {Number(figure.Published.Numerator)}, denominator {Number(figure.Published.Denominator)}"
                )
            );
        foreach (var flag in flags.Where(f => figure.Flags.Contains(f.Code)))
            speaker.Say(new($"  {flag.Symbol} {flag.Name.Zh}：{flag.Rule.Zh}", $"  {flag.Symbol} {flag.Name.En}: {flag.Rule.En}"));
        if (figure.ImputedPercent > 0)
            speaker.Say(new($"  其中插补 {Number(figure.ImputedPercent)}%", $"  of which imputed {Number(figure.ImputedPercent)}%"));
        foreach (var c in cells.Take(limit))
            speaker.Line(
                $"  {Sides[c.Side].In(speaker.Language)}{(c.Weight == -1 ? "−" : "")}  {c.FileSha256[..12]}  {c.FileName}#{c.Sheet}!{c.Cell}  {c.Heading}"
                    + (
                        c.IsImputed
                            ? speaker.Language == Language.Zh
                                ? $"  插补 {Number(c.Amount)}（{c.EnterpriseCode} 本年未报，由此格按同行业增速推算）"
                                : $"  imputed {Number(c.Amount)} ({c.EnterpriseCode} has not reported: carried forward from this cell by the growth of its industry)"
                            : c.Amount is null
                                ? ""
                                : $"  {Number(c.Read)} {c.Unit}"
                    )
                    + (
                        c.Correction is { } x
                            ? speaker.Language == Language.Zh
                                ? $"  更正为 {Number(x.Corrected)}（{x.FileName}#{x.Sheet} 第 {x.Row} 行，{x.Approver} {x.ApprovedOn:yyyy-MM-dd} 批准：{x.Reason}）"
                                : $"  corrected to {Number(x.Corrected)} ({x.FileName}#{x.Sheet} row {x.Row}, approved by {x.Approver} on {x.ApprovedOn:yyyy-MM-dd}: {x.Reason})"
                            : ""
                    )
                    + (
                        c.Version > 1
                            ? speaker.Language == Language.Zh
                                ? $"  第 {c.Version} 次报送，修订 {c.Revision}"
                                : $"  return {c.Version}, revision {c.Revision}"
                            : ""
                    )
                    + (c.Flags.Count > 0 ? $"  [{string.Join(", ", c.Flags.Select(f => names[f].In(speaker.Language)))}]" : "")
            );
        if (cells.Count > limit)
            speaker.Say(new($"  … 还有 {cells.Count - limit} 个单元格（--all 列出全部）", $"  … {cells.Count - limit} more cells (--all lists them)"));
        var files = cells.Select(c => c.FileSha256).Distinct().Count();
        speaker.Say(
            cells.Count == 0
                ? figure.Published.Value is null
                    ? new("  没有数据，因而没有单元格", "  there are no data, hence no cells")
                    : new("  没有任何报表报送此类内容，合计为零，因而没有单元格", "  nothing of this kind was reported: it is zero and has no cells")
                : figure.IsExact
                    ? new(
                        $"  由 {files} 个文件的 {cells.Count} 个单元格重新汇总，与发布数完全一致",
                        $"  {cells.Count} cells of {files} files give exactly this figure again"
                    )
                    : new(
                        $"  由 {files} 个文件的 {cells.Count} 个单元格重新汇总得 {Number(figure.Rebuilt.Value)}，与发布数不一致",
                        $"  {cells.Count} cells of {files} files give {Number(figure.Rebuilt.Value)} instead"
                    )
        );
        speaker.Answer(
            new
            {
                release,
                figure = figure.Figure,
                unit,
                figure.Published,
                figure.Rebuilt,
                figure.Flags,
                figure.ImputedPercent,
                exact = figure.IsExact,
                cells,
            }
        );
        return figure.IsExact ? ExitCode.Done : ExitCode.DataErrors;
    }

    private static int Cell(Session session, string release, TracedSource source, int limit)
    {
        var speaker = session.Speaker;
        speaker.Line($"{source.FileName}#{source.Sheet}!{source.Cell}  {source.Heading ?? "—"}  {(source.Amount is null ? "" : Number(source.Amount))}");
        speaker.Say(
            source.Fate switch
            {
                "in_force" => new($"  进入 {source.Figures.Count} 个数字（{release}）：", $"  feeds {source.Figures.Count} figures ({release}):"),
                "superseded" => new("  所在报表已被后来的报表取代，不进入任何数字", "  its return was replaced by a later one: it feeds no figure"),
                "rejected" => new("  所在行因错误被拒收，不进入任何数字", "  its row was rejected for an error: it feeds no figure"),
                _ => new("  没有数字用到它", "  no figure uses it"),
            }
        );
        foreach (var f in source.Figures.Take(limit))
            speaker.Line(
                $"    {f.Figure}  {Number(f.Value)} {f.Unit}  {Sides[f.Side].In(speaker.Language)} {(f.Weight is { } w ? (w >= 0 ? "+" : "−") + (Math.Abs(w) == 1 ? "" : Math.Abs(w) + "×") + "Δ" : "")}"
            );
        if (source.Figures.Count > limit)
            speaker.Say(
                new($"    … 还有 {source.Figures.Count - limit} 个（--all 列出全部）", $"    … {source.Figures.Count - limit} more (--all lists them)")
            );
        speaker.Answer(new { release, source });
        return ExitCode.Done;
    }

    private static string Number(decimal? value) => value?.ToString("#,##0.######", CultureInfo.InvariantCulture) ?? "—";
}
