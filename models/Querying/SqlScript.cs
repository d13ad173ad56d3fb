namespace Innovation1551.Models.Querying;

/// <summary>One statement of a script, without the semicolon.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Line">Line of the script on which it begins, from 1.</param>
/// <param name="Column">Column in that line, from 1.</param>
/// <param name="Offset">Characters of the script before it.</param>
public sealed record SqlStatement(string Text, int Line = 1, int Column = 1, int Offset = 0);

/// <summary>Several statements in one text: from a file, a pipe, a prompt.</summary>
public static class SqlScript
{
    /// <summary>The statements in order; the last one needs no semicolon, and empty ones are none.</summary>
    public static IReadOnlyList<SqlStatement> Split(string script)
    {
        var statements = new List<SqlStatement>();
        var tokens = SqlTokens.Of(script, out _);
        for (var i = 0; i < tokens.Count; )
        {
            var first = i;
            while (i < tokens.Count && !tokens[i].Is(";"))
                i++;
            if (i > first)
                statements.Add(At(script, tokens[first].At, tokens[i - 1].End));
            i++;
        }
        return statements;
    }

    /// <summary>True where the text ends with a semicolon that stands in no quote and no comment: whoever types waits for nothing more.</summary>
    public static bool IsWhole(string script)
    {
        var tokens = SqlTokens.Of(script, out var unfinished);
        return !unfinished && tokens.Count > 0 && tokens[^1].Is(";");
    }

    private static SqlStatement At(string script, int begin, int end)
    {
        var before = script.AsSpan(0, begin);
        var line = before.Count('\n');
        return new(script[begin..end], line + 1, begin - before.LastIndexOf('\n'), begin);
    }
}
