using System.Globalization;

namespace Innovation1551.Returns.Sheets;

/// <summary>
/// One section of a number format: formats have up to four, cut at semicolons, and the number decides which of them shows it. A section
/// is read letter by letter outside quotes, escapes and brackets; the word General is no run of letters, or its e would be a year.
/// </summary>
internal sealed class FormatSection
{
    private static readonly string[] GeneralWords = ["General", "G/通用格式", "G/標準格式", "G/標準"];
    private static readonly string[] HalvesOfDay = ["AM/PM", "A/P", "上午/下午", "午前/午後", "오전/오후"];

    private string _comparison = "";
    private double _bound;

    public string Text { get; }
    public bool Clock { get; private set; }
    public bool Month { get; private set; }
    public bool Year { get; private set; }
    public bool Day { get; private set; }

    /// <summary>Hours, minutes or seconds are counted on beyond a day: [h]:mm.</summary>
    public bool Elapsed { get; private set; }

    /// <summary>It has places for a number's digits: 0, #, ? or General.</summary>
    public bool Digits { get; private set; }

    /// <summary>It shows texts: @.</summary>
    public bool Words { get; private set; }

    private FormatSection(string text)
    {
        Text = text;
        for (var i = 0; i < text.Length; i++)
            i = Read(i);
    }

    public FormatKind Kind =>
        // Excel takes no format that has places for digits beside letters of a date; where another program wrote one, the number stands.
        Digits ? FormatKind.Number
        : Elapsed ? FormatKind.Elapsed
        : Year || Day ? FormatKind.DateTime
        // A lone m is a month only where no clock letter makes it minutes.
        : Clock ? FormatKind.TimeOfDay
        : Month ? FormatKind.DateTime
        : FormatKind.Number;

    /// <summary>The sections of a format code, one at least.</summary>
    public static FormatSection[] All(string code)
    {
        var sections = new List<FormatSection>();
        var start = 0;
        for (var i = 0; i <= code.Length; i++)
        {
            if (i == code.Length || code[i] == ';')
            {
                sections.Add(new FormatSection(code[start..i]));
                start = i + 1;
            }
            else if (PassOver(code, i) is var end && end > i)
                i = end;
        }
        return [.. sections];
    }

    /// <summary>The section that shows a number: the first whose condition holds; without conditions positive, negative and zero in this order.</summary>
    public static FormatSection For(FormatSection[] sections, double value)
    {
        // The fourth section is for texts, and so is a last one with @: 0%;@ shows negative numbers by its first.
        var count = Math.Min(sections.Length, 3);
        if (count == sections.Length && count > 1 && sections[^1].Words)
            count--;
        for (var i = 0; i < count - 1; i++)
            if (
                sections[i]
                    .Holds(
                        value,
                        i == 0
                            ? count == 2
                                ? ">="
                                : ">"
                            : "<"
                    )
            )
                return sections[i];
        return sections[count - 1];
    }

    /// <summary>The last index of a quoted text, an escape, a filler or a bracket that begins at an index; the index itself where none does.</summary>
    public static int PassOver(string code, int at) =>
        code[at] switch
        {
            '"' => End(code.IndexOf('"', at + 1), code),
            '[' => End(code.IndexOf(']', at + 1), code),
            // ! is the escape of East Asian editions.
            '\\' or '!' or '_' or '*' => Math.Min(at + 1, code.Length - 1),
            _ => at,
        };

    private static int End(int found, string code) => found < 0 ? code.Length - 1 : found;

    private bool Holds(double value, string usual)
    {
        var (comparison, bound) = _comparison.Length > 0 ? (_comparison, _bound) : (usual, 0);
        return comparison switch
        {
            "<" => value < bound,
            "<=" => value <= bound,
            ">" => value > bound,
            ">=" => value >= bound,
            "=" => value == bound,
            "<>" => value != bound,
            _ => false,
        };
    }

    /// <summary>Reads what begins at an index; the last index that belongs to it.</summary>
    private int Read(int i)
    {
        if (PassOver(Text, i) is var end && end > i)
        {
            if (Text[i] == '[')
                Bracket(Text.AsSpan(i + 1, Math.Max(0, end - i - 1)));
            return end;
        }
        foreach (var word in GeneralWords)
            if (Follows(i, word))
            {
                Digits = true;
                return i + word.Length - 1;
            }
        foreach (var word in HalvesOfDay)
            if (Follows(i, word))
            {
                Clock = true;
                return i + word.Length - 1;
            }
        switch (char.ToLowerInvariant(Text[i]))
        {
            // 1.5E+04 has an exponent; a lone e, g (the era) or b is a year.
            case 'e' when i + 1 < Text.Length && Text[i + 1] is '+' or '-':
                break;
            case 'e' when Digits:
                break;
            case 'y' or 'e' or 'g' or 'b':
                Year = true;
                break;
            case 'd':
                Day = true;
                break;
            case 'a' when Follows(i, "aaa"):
                Day = true;
                break;
            case 'm':
                Month = true;
                break;
            case 'h' or 's':
                Clock = true;
                break;
            // ss.00 are parts of seconds.
            case '.' when i > 0 && Text[i - 1] is 's' or 'S' or ']' && (Clock || Elapsed):
                while (i + 1 < Text.Length && Text[i + 1] == '0')
                    i++;
                break;
            case '0' or '#' or '?':
                Digits = true;
                break;
            case '@':
                Words = true;
                break;
        }
        return i;
    }

    private bool Follows(int at, string word) => string.Compare(Text, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>[h] counts time; [&gt;=100] is a condition; [$-F800] and [$-F400] are the machine's long date and time; colours, currencies and languages change nothing.</summary>
    private void Bracket(ReadOnlySpan<char> inside)
    {
        if (inside.Length == 0)
            return;
        if (inside.TrimStart("hH").Length == 0 || inside.TrimStart("mM").Length == 0 || inside.TrimStart("sS").Length == 0)
            Elapsed = true;
        else if (inside[0] is '<' or '>' or '=')
        {
            var length = inside.Length > 1 && inside[1] is '=' or '>' ? 2 : 1;
            if (double.TryParse(inside[length..], NumberStyles.Float, CultureInfo.InvariantCulture, out var bound))
                (_comparison, _bound) = (inside[..length].ToString(), bound);
        }
    }
}
