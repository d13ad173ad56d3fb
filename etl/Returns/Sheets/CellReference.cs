namespace Innovation1551.Returns.Sheets;

/// <summary>References such as B7 and ranges such as A1:C3.</summary>
internal static class CellReference
{
    /// <summary>Row and column of a reference; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out int row, out int column)
    {
        row = column = 0;
        var i = 0;
        for (; i < text.Length; i++)
        {
            var letter = text[i] & ~0x20;
            if (letter is < 'A' or > 'Z')
                break;
            column = column * 26 + (letter - 'A' + 1);
            if (column > 1 << 20)
                return false;
        }
        if (i == 0 || i == text.Length)
            return false;
        for (; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
                return false;
            row = row * 10 + (text[i] - '0');
            if (row > 1 << 24)
                return false;
        }
        return row > 0;
    }

    public static MergedRange? Range(string? text)
    {
        if (text is null)
            return null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return null;
        if (!TryParse(text.AsSpan(0, colon), out var r1, out var c1) || !TryParse(text.AsSpan(colon + 1), out var r2, out var c2))
            return null;
        return new MergedRange(Math.Min(r1, r2), Math.Min(c1, c2), Math.Max(r1, r2), Math.Max(c1, c2));
    }
}
