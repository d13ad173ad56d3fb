using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Delimited;

/// <summary>
/// Finds delimiter, quote and escape from the beginning of a text: every likely dialect cuts the sample into records, and the one wins
/// under which the records are most alike and the least is malformed. What is declared is not detected.
/// </summary>
internal static class DialectFinder
{
    private const int SampleRecords = 200;
    private static readonly char[] Delimiters = [',', '\t', ';', '|', '，', '；', ' ', '\u0001', '^', '~', ':'];

    public static Dialect Find(string sample, bool wholeFile, ReadOptions options, out int width)
    {
        var lineEnding = LineEndingOf(sample);
        char?[] quotes = options.Quote is { } q ? [q == '\0' ? null : q] : ['"', '\''];
        // Apostrophes that open and close many fields, where no double quote opens any, are the quotes.
        if (options.Quote is null && Quoted(sample, '\'') >= 3 && Quoted(sample, '"') == 0)
            quotes = ['\''];
        var delimiters = options.Delimiter is { } d ? [d] : Delimiters;
        Dialect? best = null;
        var bestScore = double.MinValue;
        width = 1;
        foreach (var delimiter in delimiters)
        {
            foreach (var quote in quotes)
            {
                // An apostrophe is a quote only where it opens fields.
                if (options.Quote is null && quote == '\'' && !OpensFields(sample, delimiter, '\''))
                    continue;
                char?[] escapes =
                    quote is null ? [null]
                    : options.Escape is { } e ? [e]
                    : sample.Contains('\\', StringComparison.Ordinal) && options.Escape is null ? [quote, '\\']
                    : [quote];
                foreach (var escape in escapes)
                {
                    var dialect = new Dialect(delimiter, quote, escape, lineEnding)
                    {
                        BlankAfterDelimiter = options.BlankAfterDelimiter ?? BlankFollows(sample, delimiter, quote),
                    };
                    var (score, modal) = Score(sample, wholeFile, dialect, options);
                    // The order of the candidates is their plausibility: a later one must be better, not as good.
                    if (score <= bestScore + 1e-9)
                        continue;
                    (best, bestScore, width) = (dialect, score, modal);
                }
            }
        }
        if (best is not null)
            width = HeaderWidth(sample, best, options) ?? width;
        return best ?? new Dialect(',', '"', '"', lineEnding);
    }

    /// <summary>
    /// The number of fields that a record must have: those of the header, where one stands at the top (all fields filled, none a number,
    /// none twice) or is declared; null where the records' own agreement must decide.
    /// </summary>
    private static int? HeaderWidth(string sample, Dialect dialect, ReadOptions options)
    {
        using var parser = new RecordParser(new StringReader(sample), dialect, options.Limits);
        while (parser.Read())
        {
            if (parser.Fault != RecordFault.None)
                return null;
            var fields = parser.Fields;
            if (fields.Count == 1)
                continue;
            if (options.Header > 0)
                return fields.Count;
            var seen = new HashSet<string>();
            foreach (var field in fields)
                if (field.Length == 0 || !seen.Add(field) || decimal.TryParse(field, System.Globalization.CultureInfo.InvariantCulture, out _))
                    return null;
            // The parser reads on into the same list.
            var header = fields.Count;
            return IsTitle(parser, header) ? null : header;
        }
        return null;
    }

    /// <summary>A title with a comma in it looks like a header, but no record below has its width, and most have twice as many fields or more. A header that is one field off is no title.</summary>
    private static bool IsTitle(RecordParser parser, int width)
    {
        var widths = new List<int>();
        while (widths.Count < SampleRecords && parser.Read())
        {
            if (parser.Fault != RecordFault.None || parser.Fields.Count == 1)
                continue;
            if (parser.Fields.Count == width)
                return false;
            widths.Add(parser.Fields.Count);
        }
        return widths.Count > 0 && Modal(widths) >= 2 * width;
    }

    private static (double Score, int Width) Score(string sample, bool wholeFile, Dialect dialect, ReadOptions options)
    {
        using var parser = new RecordParser(new StringReader(sample), dialect, options.Limits);
        var widths = new List<int>();
        int faults = 0,
            fields = 0,
            escapesUsed = 0,
            titles = 0;
        // Titles, however many, are lines of one field above the records; they take no part in the count.
        while (widths.Count - titles + faults < SampleRecords && parser.Read())
        {
            // The last record of a sample may be cut off; it says nothing then.
            if (parser.Fault != RecordFault.None)
            {
                if (wholeFile || parser.Fault != RecordFault.UnclosedQuote)
                    faults++;
                continue;
            }
            if (parser.Fields.Count == 1 && parser.Fields[0].Length == 0)
                continue;
            if (parser.Fields.Count == 1 && titles == widths.Count)
                titles++;
            widths.Add(parser.Fields.Count);
            foreach (var field in parser.Fields)
            {
                fields++;
                // A field that is nothing but delimiters' neighbours, or keeps an escape or a quote, was cut in the wrong place.
                if (field.AsSpan().IndexOfAny('\\', '"') >= 0 && dialect.Quote is not null)
                    escapesUsed++;
            }
        }
        if (!wholeFile && widths.Count > 1)
            widths.RemoveAt(widths.Count - 1);
        if (widths.Count - titles >= Math.Max(10, titles / 2))
            widths.RemoveRange(0, titles);
        if (widths.Count == 0)
            return (faults > 0 ? -1 : 0, 1);
        var modal = Modal(widths);
        var alike = widths.Count(w => w == modal);
        var share = (double)alike / (widths.Count + faults);
        // Blanks, colons and the like occur in any text: they are delimiters only where nearly every record agrees.
        var weak = dialect.Delimiter is ' ' or ':' or '^' or '~';
        if (weak && options.Delimiter is null && (alike < 2 || share < 0.8))
            return (-1, modal);
        // More columns are better evidence than one, but no better the more there are; a blank is the weakest delimiter.
        var evidence =
            modal == 1
                ? 0.35
                : dialect.Delimiter switch
                {
                    ' ' or ':' => 0.7,
                    '^' or '~' => 0.9,
                    _ => 1.0,
                };
        var littered = fields == 0 ? 0 : 0.05 * escapesUsed / fields;
        return (share * evidence - 0.5 * faults / (widths.Count + faults) - littered, modal);
    }

    /// <summary>The number of fields that most records have; of equally frequent ones the first, unless that is a title alone on its line.</summary>
    public static int Modal(List<int> widths)
    {
        var counts = new Dictionary<int, int>();
        foreach (var w in widths)
            counts[w] = counts.GetValueOrDefault(w) + 1;
        var best = widths[0];
        foreach (var w in widths)
            if (counts[w] > counts[best] || counts[w] == counts[best] && best == 1 && w > 1)
                best = w;
        return best;
    }

    /// <summary>True when a blank stands behind every delimiter of many, and at least one such blank comes before a quote: only then it cannot belong to the field.</summary>
    private static bool BlankFollows(string sample, char delimiter, char? quote)
    {
        if (delimiter == ' ' || quote is null)
            return false;
        var (count, quoted, inside) = (0, false, false);
        for (var i = 0; i < sample.Length - 2; i++)
        {
            if (sample[i] == quote)
                inside = !inside;
            if (inside || sample[i] != delimiter || sample[i + 1] is '\r' or '\n')
                continue;
            if (sample[i + 1] != ' ')
                return false;
            count++;
            quoted |= sample[i + 2] == quote;
        }
        return quoted && count >= 4;
    }

    /// <summary>How many fields look as if put between this quote: it stands at a field's begin, or behind a delimiter, and one before a delimiter or line end follows.</summary>
    private static int Quoted(string sample, char quote)
    {
        int opens = 0,
            closes = 0;
        for (var i = sample.IndexOf(quote, StringComparison.Ordinal); i >= 0; i = sample.IndexOf(quote, i + 1))
        {
            if (i == 0 || sample[i - 1] is ',' or ';' or '\t' or '|' or '\n' or '\r')
                opens++;
            else if (i + 1 == sample.Length || sample[i + 1] is ',' or ';' or '\t' or '|' or '\n' or '\r')
                closes++;
        }
        return Math.Min(opens, closes);
    }

    private static bool OpensFields(string sample, char delimiter, char quote)
    {
        for (var i = sample.IndexOf(quote, StringComparison.Ordinal); i >= 0; i = sample.IndexOf(quote, i + 1))
            if (i == 0 || sample[i - 1] == delimiter || sample[i - 1] is '\n' or '\r')
                return true;
        return false;
    }

    private static string LineEndingOf(string sample)
    {
        var at = sample.AsSpan().IndexOfAny('\r', '\n');
        if (at < 0)
            return "\n";
        if (sample[at] == '\n')
            return "\n";
        return at + 1 < sample.Length && sample[at + 1] == '\n' ? "\r\n" : "\r";
    }
}
