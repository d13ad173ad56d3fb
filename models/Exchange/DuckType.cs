namespace Innovation1551.Models.Exchange;

/// <summary>
/// A type as DuckDB writes it, such as <c>STRUCT(a INTEGER, "b c" VARCHAR[])</c>: rewritten leaf by leaf, so that a format can ask for
/// what it holds and the rest stays as it is.
/// </summary>
internal sealed class DuckType
{
    private readonly string text;
    private int at;

    private DuckType(string text) => this.text = text;

    /// <summary>The same type with each leaf replaced by what <paramref name="leaf"/> gives for it.</summary>
    public static string Rewrite(string type, Func<string, string> leaf)
    {
        var reader = new DuckType(type);
        var rewritten = reader.Type(leaf);
        // A type of a DuckDB to come that is not understood whole stays as it stands.
        return reader.at == type.Length ? rewritten : type;
    }

    /// <summary>True for a type with others inside.</summary>
    public static bool IsNested(string type) => type.EndsWith(']') || Begins(type, "STRUCT(") || Begins(type, "MAP(") || Begins(type, "UNION(");

    /// <summary>The leaves of a type; a union is one leaf.</summary>
    public static IReadOnlyList<string> Leaves(string type)
    {
        var leaves = new List<string>();
        Rewrite(type, l =>
        {
            leaves.Add(l);
            return l;
        });
        return leaves;
    }

    private static bool Begins(string text, string with) => text.StartsWith(with, StringComparison.Ordinal);

    private string Type(Func<string, string> leaf)
    {
        var rest = text[at..];
        string made;
        if (Begins(rest, "STRUCT(")) made = Members("STRUCT(", named: true, leaf);
        else if (Begins(rest, "MAP(")) made = Members("MAP(", named: false, leaf);
        else
        {
            var begin = at;
            while (at < text.Length && text[at] is not (',' or ')' or '[' or '(')) Skip();
            if (at < text.Length && text[at] == '(') Parenthesis();
            made = leaf(text[begin..at]);
        }
        while (at < text.Length && text[at] == '[')
        {
            var begin = at;
            at = text.IndexOf(']', at) + 1;
            made += text[begin..at];
        }
        return made;
    }

    private string Members(string open, bool named, Func<string, string> leaf)
    {
        at += open.Length;
        var members = new List<string>();
        while (text[at - 1] != ')' || members.Count == 0)
        {
            var begin = at;
            if (named)
            {
                while (text[at] != ' ') Skip();
                at++;
            }
            members.Add(text[begin..at] + Type(leaf));
            if (at >= text.Length) return text;
            at += text[at] == ',' ? 2 : 1;
        }
        return open + string.Join(", ", members) + ")";
    }

    /// <summary>Over one character, or over a quoted name as a whole.</summary>
    private void Skip()
    {
        if (text[at] is not ('"' or '\''))
        {
            at++;
            return;
        }
        var quote = text[at++];
        while (at < text.Length && (text[at] != quote || at + 1 < text.Length && text[at + 1] == quote)) at += text[at] == quote ? 2 : 1;
        at++;
    }

    private void Parenthesis()
    {
        var depth = 0;
        do
        {
            depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
            Skip();
        }
        while (depth > 0 && at < text.Length);
    }
}
