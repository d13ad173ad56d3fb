namespace Innovation1551.Returns.Sheets;

/// <summary>Column letters of a spreadsheet.</summary>
internal static class ColumnName
{
    /// <summary>A for 1, Z for 26, AA for 27.</summary>
    public static string Of(int column)
    {
        var name = "";
        for (; column > 0; column = (column - 1) / 26)
            name = (char)('A' + (column - 1) % 26) + name;
        return name;
    }
}
