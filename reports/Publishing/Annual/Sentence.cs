using System.Text;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Annual;

/// <summary>A sentence of the report in both languages. Its numbers are figures, and each says which.</summary>
internal sealed class Sentence
{
    private readonly StringBuilder _zh = new(),
        _en = new();

    /// <summary>Words without numerals.</summary>
    public Sentence Say(string chinese, string english) => Words(chinese, english, Bound.Nothing);

    /// <summary>Words whose numerals are no figures: a year, a month.</summary>
    public Sentence Period(string chinese, string english) => Words(chinese, english, Bound.Words(Prose.Period));

    /// <summary>The name of an indicator, a category, an enterprise.</summary>
    public Sentence Name(Text text)
    {
        var name = Html.Name(text);
        _zh.Append(Marked(name.Zh));
        _en.Append(Marked(name.En));
        return this;

        static string Marked(string name) => Html.Both(new Text(name, name), Bound.Words(Prose.Name));
    }

    /// <summary>A figure with its unit.</summary>
    public Sentence Say(Figure figure, Metric metric) => Say(figure.Value ?? 0, FigureText.For(metric), Bound.Figure(figure.Id));

    /// <summary>The size of a change, whose direction the words around it tell.</summary>
    public Sentence Size(Figure figure, Metric metric) => Say(Math.Abs(figure.Value ?? 0), FigureText.For(metric), Bound.Figure(figure.Id));

    /// <summary>A number of the release that is no figure: a target, a path's value, a rate.</summary>
    public Sentence Say(decimal value, FigureText show, Bound bound)
    {
        _zh.Append(Html.Marked(bound, show.Prose(value, Language.Zh)));
        _en.Append(Html.Marked(bound, show.Prose(value, Language.En)));
        return this;
    }

    /// <summary>A count of the release.</summary>
    public Sentence Count(int value, Bound bound)
    {
        _zh.Append(Html.Marked(bound, FigureText.Count(value)));
        _en.Append(Html.Marked(bound, FigureText.Count(value)));
        return this;
    }

    public string ToHtml() => $"<span lang=\"{Html.Chinese}\">{_zh}</span><span lang=\"{Html.English}\">{_en}</span>";

    private Sentence Words(string chinese, string english, Bound bound)
    {
        _zh.Append(Of(chinese));
        _en.Append(Of(english));
        return this;

        string Of(string text) => text.Length > 0 && bound != Bound.Nothing ? Html.Marked(bound, text) : Html.Escape(text);
    }
}
