using System.Text;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Annual;

/// <summary>A sentence of the report in both languages. Its numbers are figures, and each says which.</summary>
internal sealed class Sentence
{
    private readonly StringBuilder zh = new(), en = new();

    public Sentence Say(string chinese, string english)
    {
        zh.Append(Html.Escape(chinese));
        en.Append(Html.Escape(english));
        return this;
    }

    public Sentence Say(Text text) => Say(Html.Name(text).Zh, Html.Name(text).En);

    /// <summary>A figure with its unit.</summary>
    public Sentence Say(Figure figure, Metric metric)
    {
        var show = FigureText.For(metric);
        zh.Append(Mark(figure.Id, show.Prose(figure.Value ?? 0, Language.Zh)));
        en.Append(Mark(figure.Id, show.Prose(figure.Value ?? 0, Language.En)));
        return this;
    }

    /// <summary>The size of a change, whose direction the words around it tell.</summary>
    public Sentence Size(Figure figure, Metric metric)
    {
        var show = FigureText.For(metric);
        var size = Math.Abs(figure.Value ?? 0);
        zh.Append(Mark(figure.Id, show.Prose(size, Language.Zh)));
        en.Append(Mark(figure.Id, show.Prose(size, Language.En)));
        return this;
    }

    public string ToHtml() => $"<span lang=\"{Html.Chinese}\">{zh}</span><span lang=\"{Html.English}\">{en}</span>";

    private static string Mark(string figure, string text) => $"<span data-figure=\"{Html.Escape(figure)}\">{Html.Escape(text)}</span>";
}
