using System.Collections.Immutable;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Document;

/// <summary>A chart with its number, its notes and the table behind it.</summary>
public sealed record ChartBlock(int Number, DrawnChart Chart, DataTable Data) : Block
{
    public Text Title => Chart.Scene.Title;

    /// <summary>What must stand below it, as one paragraph; none where there is nothing to say.</summary>
    public IEnumerable<Paragraph> Notes =>
        Chart.Scene.Notes.Count == 0
            ? []
            :
            [
                new Paragraph(
                    Phrase.Of(
                        new Text("注：" + string.Concat(Chart.Scene.Notes.Select(n => n.Zh)), "Note: " + string.Join(' ', Chart.Scene.Notes.Select(n => n.En))),
                        Bound.Words(Prose.Text)
                    ),
                    IsNote: true
                ),
            ];
}
