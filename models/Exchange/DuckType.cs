namespace Innovation1551.Models.Exchange;

/// <summary>
/// A type as DuckDB writes it, such as <c>STRUCT(a INTEGER, "b c" VARCHAR[])</c>: rewritten leaf by leaf, so that a format can ask for
/// what it holds and the rest stays as it is.
/// </summary>
internal sealed class DuckType
{
    private readonly string _text;
    private int _at;

    private DuckType(string text) => _text = text;

    /// <summary>The same type with each leaf replaced by what <paramref name="leaf"/> gives for it.</summary>
    public static string Rewrite(string type, Func<string, string> leaf)
    {
        var reader = new DuckType(type);
        var rewritten = reader.Type(leaf);
        // A type of a DuckDB to come that is not understood whole stays as it stands.
        return reader._at == type.Length ? rewritten : type;
    }

    /// <summary>True for a type with others inside.</summary>
    public static bool IsNested(string type) => type.EndsWith(']') || Begins(type, "STRUCT(") || Begins(type, "MAP(") || Begins(type, "UNION(");

    /// <summary>The leaves of a type; a union is one leaf.</summary>
    public static IReadOnlyList<string> Leaves(string type)
    {
        var leaves = new List<string>();
        Rewrite(
            type,
            l =>
            {
                leaves.Add(l);
                return l;
            }
        );
        return leaves;
    }

    private static bool Begins(string text, string with) => text.StartsWith(with, StringComparison.Ordinal);

    private string Type(Func<string, string> leaf)
    {
        var rest = _text[_at..];
        string made;
        if (Begins(rest, "STRUCT("))
            made = Members("STRUCT(", named: true, leaf);
        else if (Begins(rest, "MAP("))
            made = Members("MAP(", named: false, leaf);
        else
        {
            var begin = _at;
            while (_at < _text.Length && _text[_at] is not (',' or ')' or '[' or '('))
                Skip();
            if (_at < _text.Length && _text[_at] == '(')
                Parenthesis();
            made = leaf(_text[begin.._at]);
        }
        while (_at < _text.Length && _text[_at] == '[')
        {
            var begin = _at;
            _at = _text.IndexOf(']', _at) + 1;
            made += _text[begin.._at];
        }
        return made;
    }

    private string Members(string open, bool named, Func<string, string> leaf)
    {
        _at += open.Length;
        var members = new List<string>();
        while (_text[_at - 1] != ')' || members.Count == 0)
        {
            var begin = _at;
            if (named)
            {
                while (_text[_at] != ' ')
                    Skip();
                _at++;
            }
            members.Add(_text[begin.._at] + Type(leaf));
            if (_at >= _text.Length)
                return _text;
            _at += _text[_at] == ',' ? 2 : 1;
        }
        return open + string.Join(", ", members) + ")";
    }

    /// <summary>Over one character, or over a quoted name as a whole.</summary>
    private void Skip()
    {
        if (_text[_at] is not ('"' or '\''))
        {
            _at++;
            return;
        }
        var quote = _text[_at++];
        while (_at < _text.Length && (_text[_at] != quote || _at + 1 < _text.Length && _text[_at + 1] == quote))
            _at += _text[_at] == quote ? 2 : 1;
        _at++;
    }

    private void Parenthesis()
    {
        var depth = 0;
        do
        {
            depth +=
                _text[_at] == '(' ? 1
                : _text[_at] == ')' ? -1
                : 0;
            Skip();
        } while (depth > 0 && _at < _text.Length);
    }
}
