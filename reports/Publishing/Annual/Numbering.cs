namespace Innovation1551.Publishing.Annual;

/// <summary>Numbers of chapters, figures and tables, given in the order in which they are written: none is typed by hand.</summary>
internal sealed class Numbering
{
    private int _chapters,
        _figures,
        _tables;

    public int Chapter() => ++_chapters;

    public int Figure() => ++_figures;

    public int Table() => ++_tables;
}
