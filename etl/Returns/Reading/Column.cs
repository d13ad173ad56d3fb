namespace Innovation1551.Returns.Reading;

/// <summary>Column numbers and their letters.</summary>
public static class Column
{
    /// <summary>A for 1, Z for 26, AA for 27.</summary>
    public static string Letters(int column)
    {
        var letters = "";
        for (; column > 0; column = (column - 1) / 26) letters = (char)('A' + (column - 1) % 26) + letters;
        return letters;
    }
}
