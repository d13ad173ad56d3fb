using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Values;

/// <summary>Reads a cell as text: outer blanks go, everything inside stays as it was written.</summary>
public static class PlainText
{
    public static Parsed<string> Read(Cell cell)
    {
        if (CellText.Unreadable<string>(cell) is { } unreadable)
            return unreadable;
        var text = CellText.Trim(cell.Text);
        if (cell.Kind == CellKind.Text && CellText.MissingKind(CellText.Plain(text)) is { } missing)
            return Parsed<string>.Absent(missing);
        return Parsed<string>.Of(text);
    }
}
