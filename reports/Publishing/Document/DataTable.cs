using System.Collections.Immutable;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Document;

/// <summary>A table: a row of headings, then rows with a name at their head. Every row has as many cells as there are columns after the first.</summary>
/// <param name="Number">Zero where it is not counted, as the table behind a chart.</param>
public sealed record DataTable(string Id, int Number, Text Title, ImmutableArray<Column> Columns, ImmutableArray<DataRow> Rows) : Block
{
    /// <summary>What the marks in every table mean: those of the flags of the release among them.</summary>
    public static Paragraph Marks(ReleaseInfo release) =>
        new(
            Phrase.Of(
                new Text(
                    $"{FigureText.MissingMark} 缺失；{string.Concat(release.Flags.Select(f => $"{f.Symbol} {f.Name.Zh}；"))}空格 尚无数据。",
                    $"{FigureText.MissingMark} missing; {string.Concat(release.Flags.Select(f => $"{f.Symbol} {f.Name.En.ToLowerInvariant()}; "))}blank: no data yet."
                )
            ),
            IsNote: true
        );

    /// <summary>The unit of all its numbers; null where they have several, or some have none.</summary>
    public Text? Unit
    {
        get
        {
            var units = Rows.SelectMany(r => r.Cells).Where(c => c.Number is not null).Select(c => c.Unit).Distinct().Take(2).ToArray();
            return units is [{ En.Length: > 0 } only] ? only : null;
        }
    }

    /// <summary>The unit as it stands over the right end of the table; empty where there is none.</summary>
    public Phrase UnitLine => Unit is { } unit ? Phrase.Of(new Text($"单位：{unit.Zh}", $"Unit: {unit.En}"), Bound.Words(Prose.Name)) : Phrase.Empty;

    /// <summary>Number and title: 表1 主要指标, Table 1. Main indicators.</summary>
    public Phrase Caption =>
        Number == 0
            ? Phrase.Of(Title, Bound.Words(Prose.Name))
            : Phrase.Of(
                new Text($"{Document.Caption.Table(Number).Zh} {Title.Zh}", $"{Document.Caption.Table(Number).En}. {Title.En}"),
                Bound.Words(Prose.Order)
            );
}

/// <summary>A column and how its cells stand: numbers to the right, short words on one line, long ones broken.</summary>
public sealed record Column(Phrase Heading, ColumnKind Kind)
{
    public static Column Of(string chinese, string english, ColumnKind kind) => new(Phrase.Empty.Say(chinese, english), kind);
}

/// <summary>See <see cref="Column"/>.</summary>
public enum ColumnKind
{
    Name,
    Number,
    Words,
    LongWords,
}

public sealed record DataRow(Phrase Name, ImmutableArray<DataCell> Cells);

/// <summary>A cell: what is read, and the number as displayed for formats that hold numbers.</summary>
/// <param name="Number">The value in the unit shown, rounded as it is shown; null where the cell holds none or several.</param>
/// <param name="Decimals">The places shown.</param>
/// <param name="Unit">Of the number; null where it is not known.</param>
public sealed record DataCell(Phrase Phrase, decimal? Number = null, int Decimals = 0, Text? Unit = null)
{
    public static readonly DataCell Empty = new(Phrase.Empty);

    public static DataCell Of(Figure? figure, FigureText show) =>
        figure is null ? Empty : Of(Bound.Figure(figure.Id), figure.Value, figure.Status, figure.Marks, show);

    public static DataCell Of(Bound bound, decimal? value, FigureStatus status, FigureText show) =>
        Of(bound, value, status, status == FigureStatus.Provisional ? FigureText.ProvisionalMark : "", show);

    /// <param name="marks">Those of its flags.</param>
    public static DataCell Of(Bound bound, decimal? value, FigureStatus status, string marks, FigureText show) =>
        new(
            Phrase.Value(bound, value, status, marks, show),
            value is { } v && status != FigureStatus.Suppressed ? show.Rounded(v) : null,
            show.Decimals,
            show.Unit
        );

    public static DataCell Count(int value, Bound bound) => new(Phrase.Empty.Count(value, bound), value);
}
