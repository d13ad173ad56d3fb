using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Releases;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>What changed since the edition before: told in words, as tables by cause, and whole as a data file.</summary>
/// <param name="since">Null where there is no edition before.</param>
internal sealed class EditionTables(PublishedRelease release, int year, EditionChanges? since, Numbering numbers)
{
    /// <summary>The data file in the report's folder.</summary>
    public const string FileName = "edition-changes.csv";

    private const int MostRows = 40;

    public IEnumerable<Block> Blocks()
    {
        yield return new Paragraph(Words());
        if (since is not { All.Count: > 0 })
            yield break;
        if (since.Count("revised") > 0)
            yield return Causes(since);
        var rows = Main(since).ToArray();
        if (rows.Length > 0)
            yield return Figures(rows.Take(MostRows).ToArray());
        yield return Paragraph.Note(
            "各原因依次计入，其和等于变动；显示时四舍五入。分组和全部其他数字的变动见本报告所附的数据文件（edition-changes.csv）。",
            "The causes are taken one after the other, and their parts sum to the change; they are rounded when shown. The changes of all other figures stand in the data file of this report (edition-changes.csv)."
        );
    }

    /// <summary>The entry of the change log: how many figures differ from the edition before, and why.</summary>
    public Phrase Words()
    {
        if (since is null)
            return Phrase.Empty.Say("此前没有已批准的版本，本版为首版。", "No earlier release has been approved: this is the first edition.");
        var day = since.ApprovedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var said = Phrase
            .Empty.Say("与上一版（发布版本", "Against the edition before (release ")
            .With(new Run(Text.Same(since.Before), Bound.Words(Prose.Release)))
            .Say("，", ", approved on ")
            .Period($"{day}批准）相比：", $"{day}): ");
        if (since.All.Count == 0)
            return said.Say("所有数字都没有变化。", "no figure has changed.");
        said = said.Say("修订数字", "figures revised: ")
            .Count(since.Count("revised"), Bound.Record("edition/revised"))
            .Say("个，新增", ", added: ")
            .Count(since.Count("added"), Bound.Record("edition/added"))
            .Say("个，不再列出", ", no longer told: ")
            .Count(since.Count("removed"), Bound.Record("edition/removed"))
            .Say("个。", ". ");
        foreach (var (cause, meaning) in Meanings.Where(m => since.Count(m.Key) > 0))
            said = said.Say(meaning.Zh + "，涉及", meaning.En + ": figures touched: ")
                .Count(since.Count(cause), Bound.Record($"edition/cause/{EditionChanges.Code(cause)}"))
                .Say("个数字。", ". ");
        return said;
    }

    /// <summary>Causes as a reader understands them.</summary>
    private static readonly Dictionary<Cause, Text> Meanings = new()
    {
        [Cause.Definition] = new("统计规则、定义或读取方法有改动", "Rules, definitions or the way returns are read were changed"),
        [Cause.Perimeter] = new("名录或代码表有改动，单位或类别的归属随之变动", "The register or a code list was changed, and with it who belongs where"),
        [Cause.LateReturn] = new("上一版之后才收到的报表并入", "Returns came that had been missing"),
        [Cause.Resubmission] = new("企业重报代替了原报表，或原报表撤回", "Enterprises sent a return in the place of an earlier one, or one was withdrawn"),
        [Cause.Correction] = new("经批准更正了已报的数", "Reported numbers were corrected with approval"),
        [Cause.Denominator] = new("比率的分母因上述报表而变", "Ratios moved because those returns changed the sum below the line"),
    };

    /// <summary>All differing figures as a CSV with the file that says what it is; none where nothing differs.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Files(EditionChanges? since, TableAbout about)
    {
        if (since is null)
            return [];
        var causes = Enum.GetValues<Cause>();
        (string Name, HeldAs Kind, string Type, string Meaning, Func<AttributedChange, string?> Of)[] columns =
        [
            ("figure_id", HeldAs.Text, "VARCHAR", "figure in published.figure of this release or of the edition before", c => c.Figure),
            ("kind", HeldAs.Text, "VARCHAR", "revised, added or removed; what stands in one of the two counts as 0 in the other", c => c.Kind),
            ("before", HeldAs.Number, "DECIMAL(28,6)", $"value in {since.Before}, in the unit of the metric", c => Plain(c.Before)),
            ("after", HeldAs.Number, "DECIMAL(28,6)", "value in this release", c => Plain(c.After)),
            ("change", HeldAs.Number, "DECIMAL(28,6)", "after less before: the sum of the causes", c => Plain((c.After ?? 0) - (c.Before ?? 0))),
            .. causes.Select(cause =>
                (
                    EditionChanges.Code(cause),
                    HeldAs.Number,
                    "DECIMAL(28,6)",
                    $"part of the change: {EditionChanges.Name(cause).En}",
                    (Func<AttributedChange, string?>)(c => Plain(c.Parts.GetValueOrDefault(cause)))
                )
            ),
        ];
        var told = about with
        {
            Title = new($"与上一版 {since.Before} 相比的变动", $"changes since the edition before, {since.Before}"),
            Columns = [.. columns.Select(c => new ColumnAbout(c.Name, c.Type, Meaning: c.Meaning))],
        };
        var notes = new TableNotes();
        using var stream = new MemoryStream();
        TableFormats
            .Csv.Write(TableRows.Of([.. columns.Select(c => (c.Name, c.Kind, since.All.Select(c.Of)))]), told, stream, notes, CancellationToken.None)
            .GetAwaiter()
            .GetResult();
        return [(FileName, stream.ToArray()), (FileName + ".about.json", told.ToJson(notes.All))];
    }

    private static string? Plain(decimal? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);

    private DataTable Causes(EditionChanges changes) =>
        new(
            "t-edition-cause",
            numbers.Table(),
            new("与上一版相比：修订原因", "Since the edition before: causes of revisions"),
            [Column.Of("原因", "Cause", ColumnKind.Name), Column.Of("涉及的数字", "Figures touched", ColumnKind.Number)],
            [
                .. Enum.GetValues<Cause>()
                    .Where(c => changes.Count(c) > 0)
                    .Select(c => new DataRow(
                        Phrase.Of(EditionChanges.Name(c)),
                        [DataCell.Count(changes.Count(c), Bound.Record($"edition/cause/{EditionChanges.Code(c)}"))]
                    )),
            ]
        );

    /// <summary>Annual totals whose display has changed, the year of the report first.</summary>
    private IEnumerable<(AttributedChange Change, Metric Metric, int Year)> Main(EditionChanges changes)
    {
        var metrics = release.Metrics.Select((m, i) => (Metric: m, Order: i)).ToDictionary(m => m.Metric.Code, StringComparer.Ordinal);
        return changes
            .Revised.Select(c => (Change: c, Parts: c.Figure.Split(':')))
            .Where(c => c.Parts is [_, "total", "all", { Length: 4 }] && metrics.ContainsKey(c.Parts[0]))
            .Select(c => (c.Change, metrics[c.Parts[0]].Metric, Year: int.Parse(c.Parts[3], CultureInfo.InvariantCulture), metrics[c.Parts[0]].Order))
            .Where(c => c.Year <= year && FigureText.For(c.Metric) is var show && show.Rounded(c.Change.Before!.Value) != show.Rounded(c.Change.After!.Value))
            .OrderByDescending(c => c.Year)
            .ThenBy(c => c.Order)
            .Select(c => (c.Change, c.Metric, c.Year));
    }

    private DataTable Figures(IReadOnlyList<(AttributedChange Change, Metric Metric, int Year)> rows)
    {
        Cause[] causes = [.. Enum.GetValues<Cause>().Where(c => rows.Any(r => r.Change.Parts.ContainsKey(c)))];
        return new DataTable(
            "t-edition",
            numbers.Table(),
            new("与上一版相比：合计数的修订", "Since the edition before: revisions of totals"),
            [
                Column.Of("指标", "Indicator", ColumnKind.Name),
                Column.Of("年份", "Year", ColumnKind.Words),
                Column.Of("上一版", "Before", ColumnKind.Number),
                Column.Of("本版", "Now", ColumnKind.Number),
                Column.Of("变动", "Change", ColumnKind.Number),
                .. causes.Select(c => new Column(Phrase.Of(EditionChanges.Name(c)), ColumnKind.Number)),
            ],
            [.. rows.Select(r => Row(r.Change, r.Metric, r.Year, causes))]
        );
    }

    private static DataRow Row(AttributedChange c, Metric metric, int year, Cause[] causes)
    {
        var show = FigureText.For(metric);
        var change = show with { IsChange = true };
        return new DataRow(
            Phrase.Empty.Name(metric.Name).Unit(show),
            [
                new DataCell(Phrase.Empty.Period($"{year}", $"{year}")),
                Cell("before", c.Before, show),
                Cell("after", c.After, show),
                Cell("change", c.After - c.Before, change),
                .. causes.Select(cause => c.Parts.TryGetValue(cause, out var part) ? Cell(EditionChanges.Code(cause), part, change) : DataCell.Empty),
            ]
        );

        DataCell Cell(string column, decimal? value, FigureText shown) =>
            DataCell.Of(Bound.Record($"edition/{c.Figure}/{column}"), value, FigureStatus.Actual, shown);
    }
}
