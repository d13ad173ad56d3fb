using System.Collections;
using System.Collections.Immutable;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Document;

/// <summary>A sentence, a name or the content of a cell in both languages. Its numbers are figures, and each says which.</summary>
public sealed class Phrase : IEnumerable<Run>
{
    public static readonly Phrase Empty = new([]);

    private const int LongestName = 160;

    private readonly ImmutableArray<Run> _runs;

    public Phrase()
        : this([]) { }

    private Phrase(ImmutableArray<Run> runs) => _runs = runs;

    public bool IsEmpty => _runs.Length == 0;

    public static Phrase Of(Text text, Bound bound = default, Style style = Style.Plain) => Empty.With(new Run(text, bound, style));

    /// <summary>A value of the release as a table shows it, with the marks of its flags.</summary>
    public static Phrase Value(Bound bound, decimal? value, FigureStatus status, string marks, FigureText show) =>
        (value, status) switch
        {
            (_, FigureStatus.Suppressed) => Of(Text.Same(FigureText.SuppressedMark), bound),
            (null, _) => Of(Text.Same(FigureText.MissingMark), bound),
            ({ } v, _) => Of(Text.Same(show.Label(v)), bound).Mark(marks),
        };

    public Phrase With(Run run) => run.Text.Zh.Length == 0 && run.Text.En.Length == 0 ? this : new(_runs.Add(run));

    /// <summary>Followed by another.</summary>
    public Phrase With(Phrase other) => new(_runs.AddRange(other._runs));

    /// <summary>Words without numerals.</summary>
    public Phrase Say(string chinese, string english) => With(new Run(new Text(chinese, english), Bound.Nothing));

    /// <summary>Words whose numerals are no figures: a year, a month.</summary>
    public Phrase Period(string chinese, string english) => With(new Run(new Text(chinese, english), Bound.Words(Prose.Period)));

    /// <summary>The name of an indicator, a category, an enterprise; cut where no table could hold it, the data files carry it whole.</summary>
    public Phrase Name(Text text, Style style = Style.Plain) => With(new Run(new Text(Cut(text.Zh), Cut(text.En)), Bound.Words(Prose.Name), style));

    /// <summary>The unit of what stands before it.</summary>
    public Phrase Unit(FigureText show) => With(new Run(show.Unit, Bound.Words(Prose.Name), Style.Unit));

    /// <summary>A figure with its unit.</summary>
    public Phrase Say(Figure figure, Metric metric) => Say(figure.Value ?? 0, FigureText.For(metric), Bound.Figure(figure.Id));

    /// <summary>The size of a change, whose direction the words around it tell.</summary>
    public Phrase Size(Figure figure, Metric metric) => Say(Math.Abs(figure.Value ?? 0), FigureText.For(metric), Bound.Figure(figure.Id));

    /// <summary>A number of the release that is no figure: a target, a path's value, a rate.</summary>
    public Phrase Say(decimal value, FigureText show, Bound bound) =>
        With(new Run(new Text(show.Prose(value, Language.Zh), show.Prose(value, Language.En)), bound));

    /// <summary>A count of the release.</summary>
    public Phrase Count(int value, Bound bound) => With(new Run(Text.Same(FigureText.Count(value)), bound));

    /// <summary>Says that the figure before it is not final.</summary>
    public Phrase Mark() => Mark(FigureText.ProvisionalMark);

    /// <summary>The marks of the flags of the figure before it.</summary>
    public Phrase Mark(string marks) => With(new Run(Text.Same(marks), Bound.Nothing, Style.Mark));

    /// <summary>The text alone.</summary>
    public string In(Language language) =>
        string.Concat(_runs.Select(r => r.Style is Style.Unit or Style.Scope ? " " + r.Text.In(language) : r.Text.In(language)));

    public IEnumerator<Run> GetEnumerator() => ((IEnumerable<Run>)_runs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Cut(string name) =>
        name.Length <= LongestName ? name : string.Concat(name.EnumerateRunes().Take(LongestName).Select(r => r.ToString())) + "…";
}
