namespace Innovation1551.Models.Querying;

/// <summary>What a piece of SQL text is, as far as cutting it into statements asks.</summary>
internal enum SqlTokenKind
{
    Word,
    Quoted,
    Text,
    Sign,
}

/// <param name="Text">As it is written, quotes included.</param>
/// <param name="At">Where it begins.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text, int At)
{
    public int End => At + Text.Length;

    /// <summary>True for this word of the language, however it is written.</summary>
    public bool Is(string word) => Kind is SqlTokenKind.Word or SqlTokenKind.Sign && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// SQL cut where DuckDB's lexer cuts it: comments are left out, what is quoted is one piece. Nothing is allowed or refused by it: what it
/// cuts is judged by DuckDB's own parser afterwards (<see cref="SqlGate"/>).
/// </summary>
internal static class SqlTokens
{
    /// <param name="unfinished">True where a quote or a comment is still open at the end.</param>
    public static List<SqlToken> Of(string sql, out bool unfinished)
    {
        var tokens = new List<SqlToken>();
        unfinished = false;
        for (var at = 0; at < sql.Length; )
        {
            var begin = at;
            var c = sql[at];
            if (char.IsWhiteSpace(c))
                at++;
            else if (Begins(sql, at, "--"))
                at = sql.IndexOf('\n', at) is >= 0 and var end ? end : sql.Length;
            else if (Begins(sql, at, "/*"))
                at = Comment(sql, at, ref unfinished);
            else if (c is '\'' or '"' || c is 'e' or 'E' && Begins(sql, at + 1, "'"))
            {
                at = Quoted(sql, c is '\'' or '"' ? at : at + 1, escapes: c is 'e' or 'E', ref unfinished);
                tokens.Add(new(c == '"' ? SqlTokenKind.Quoted : SqlTokenKind.Text, sql[begin..at], begin));
            }
            else if (c == '$' && Dollar(sql, at) is { } tag)
            {
                var end = sql.IndexOf(tag, at + tag.Length, StringComparison.Ordinal);
                unfinished |= end < 0;
                at = end < 0 ? sql.Length : end + tag.Length;
                tokens.Add(new(SqlTokenKind.Text, sql[begin..at], begin));
            }
            else if (IsWord(c) || c == '$')
            {
                do at++;
                while (at < sql.Length && (IsWord(sql[at]) || sql[at] == '$'));
                tokens.Add(new(SqlTokenKind.Word, sql[begin..at], begin));
            }
            else
            {
                at++;
                tokens.Add(new(SqlTokenKind.Sign, sql[begin..at], begin));
            }
        }
        return tokens;
    }

    private static bool Begins(string sql, int at, string with) => string.CompareOrdinal(sql, at, with, 0, with.Length) == 0;

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' || c > '\u007F' && !char.IsWhiteSpace(c);

    /// <summary>Comments may stand in one another.</summary>
    private static int Comment(string sql, int at, ref bool unfinished)
    {
        var depth = 0;
        do
        {
            if (Begins(sql, at, "/*"))
                (depth, at) = (depth + 1, at + 2);
            else if (Begins(sql, at, "*/"))
                (depth, at) = (depth - 1, at + 2);
            else
                at++;
        } while (depth > 0 && at < sql.Length);
        unfinished |= depth > 0;
        return Math.Min(at, sql.Length);
    }

    private static int Quoted(string sql, int at, bool escapes, ref bool unfinished)
    {
        var quote = sql[at++];
        while (at < sql.Length)
        {
            if (escapes && sql[at] == '\\')
                at++;
            else if (sql[at] == quote)
            {
                if (at + 1 >= sql.Length || sql[at + 1] != quote)
                    return at + 1;
                at++;
            }
            at++;
        }
        unfinished = true;
        return sql.Length;
    }

    /// <summary>The mark $tag$ with which a text begins here; null where this is a parameter.</summary>
    private static string? Dollar(string sql, int at)
    {
        var end = at + 1;
        while (end < sql.Length && IsWord(sql[end]))
            end++;
        return end < sql.Length && sql[end] == '$' && (end == at + 1 || !char.IsAsciiDigit(sql[at + 1])) ? sql[at..(end + 1)] : null;
    }
}
