namespace Innovation1551.Models;

/// <summary>Text put into SQL where no parameter can stand: file names of ATTACH, comments, constants of a rule.</summary>
public static class Sql
{
    /// <summary>A string constant. Nothing in it can end it.</summary>
    public static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>A name of a table or column, whatever it is made of.</summary>
    public static string Name(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
