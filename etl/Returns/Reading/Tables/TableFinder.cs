using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Tables;

/// <summary>
/// Finds the table among titles, unit lines, stacked headers, notes and signatures. It knows no form: the caller says which wordings
/// are headings, and the block of rows under which most columns get a known heading is the header.
/// </summary>
public static class TableFinder
{
    /// <summary>So many rows are looked through for the header; the rest streams.</summary>
    private const int Buffered = 60;
    private const int MaxHeaderRows = 8;

    /// <summary>What a lower line of a heading says of a column without making it another: its unit, or that it is this year's figure.</summary>
    private static readonly HashSet<string> Harmless =
    [
        "元",
        "千元",
        "万元",
        "百万元",
        "亿元",
        "人",
        "人年",
        "人月",
        "件",
        "项",
        "个",
        "家",
        "%",
        "本年",
        "本期",
        "本年数",
        "本期数",
        "金额",
        "数值",
    ];
    private static readonly string[] Joiners = ["", "_", "-", "/", ":", " "];

    /// <summary>The first table of a sheet; null when no row has known headings (two at least, or one when it stands alone).</summary>
    public static Table? Find(Sheet sheet, Func<string, bool> isHeading)
    {
        var rows = sheet.Rows().GetEnumerator();
        var buffer = new List<Row>(Buffered);
        while (buffer.Count < Buffered && rows.MoveNext())
            buffer.Add(rows.Current);
        if (Block(sheet, buffer, 0, isHeading) is not { } block)
        {
            rows.Dispose();
            return null;
        }
        return Build(sheet, buffer, 0, block, Rest(rows, buffer, block, isHeading));
    }

    /// <summary>All tables that stand one below the other on a sheet. The sheet is held in memory: for layouts known to have several.</summary>
    public static IReadOnlyList<Table> FindAll(Sheet sheet, Func<string, bool> isHeading)
    {
        var all = sheet.Rows().ToList();
        var tables = new List<Table>();
        var from = 0;
        while (from < all.Count && Block(sheet, all, from, isHeading) is { } block)
        {
            var classifier = new RowClassifier(block.Header, isHeading);
            var rows = new List<TableRow>();
            var at = block.Last + 1;
            for (; at < all.Count; at++)
            {
                var kind = classifier.Kind(all[at]);
                if (kind == TableRowKind.OtherTable)
                    break;
                rows.Add(new TableRow(all[at], kind));
            }
            tables.Add(Build(sheet, all, from, block, rows));
            from = at;
        }
        return tables;
    }

    private static Table Build(Sheet sheet, List<Row> rows, int from, HeaderBlock block, IEnumerable<TableRow> rest)
    {
        var (pairs, title) = Preamble.Read(rows.Skip(from).Take(block.First - from));
        var label = rows.Skip(block.Last + 1).FirstOrDefault(r => r.Cells.Count > 0)?.Cells[0].Column;
        return new Table(sheet, pairs, block.Header, rows[block.Last].Number, rest)
        {
            Title = title,
            LabelColumn = label < block.Header[0].Column ? label : null,
            HeaderFirstRow = rows[block.First].Number,
            HeaderFields = rows[block.Last].Fields,
        };
    }

    private static IEnumerable<TableRow> Rest(IEnumerator<Row> rows, List<Row> buffer, HeaderBlock block, Func<string, bool> isHeading)
    {
        using (rows)
        {
            var classifier = new RowClassifier(block.Header, isHeading);
            for (var i = block.Last + 1; i < buffer.Count; i++)
                yield return new TableRow(buffer[i], classifier.Kind(buffer[i]));
            while (rows.MoveNext())
                yield return new TableRow(rows.Current, classifier.Kind(rows.Current));
        }
    }

    /// <summary>
    /// The header block of the first table from a place on. Further down another table may stand with more headings, so the first block
    /// that has at least half as many known headings as any is taken, in the extent that gives it most; of equal ones the shortest,
    /// for the title above and the record below are no part of a header.
    /// </summary>
    private static HeaderBlock? Block(Sheet sheet, List<Row> rows, int from, Func<string, bool> isHeading)
    {
        var blocks = new List<HeaderBlock>();
        IReadOnlyList<MergedRange>? merged = null;
        var end = Math.Min(rows.Count, from + Buffered);
        // No block can have more known headings than there are columns.
        var bound = rows.Skip(from).Take(end - from).Select(r => r.Cells.Count > 0 ? r.Cells[^1].Column : 0).DefaultIfEmpty().Max();
        for (var first = from; first < end; first++)
        {
            if (!MayBeHeader(rows[first]))
                continue;
            // Whatever stands further down, the choice is made: on most sheets with the first few of sixty rows.
            if (Start(blocks, bound) is { } sure && sure.Last < first && sure == Start(blocks, blocks.Max(b => b.Known)))
                break;
            for (var last = first; last < Math.Min(end, first + MaxHeaderRows); last++)
            {
                if (last > first && (!MayBeHeader(rows[last]) || Parted(rows[last - 1], rows[last], merged ??= sheet.Merged)))
                    break;
                if (last > first && IsAnotherHeader(rows, first, last, isHeading))
                    break;
                merged ??= sheet.Merged;
                var header = Header(rows, first, last, merged, isHeading);
                var known = header.Count(h => h.Key is not null);
                if (known > 1 || known == 1 && header.Count == 1)
                    blocks.Add(new HeaderBlock(first, last, header, known));
                if (known == bound)
                    break;
            }
        }
        if (blocks.Count == 0)
            return null;
        var start = Start(blocks, blocks.Max(b => b.Known))!;
        var best = blocks
            .Where(b => b.First <= start.Last && b.Last >= start.First && b.Last - start.Last < MaxHeaderRows)
            .OrderByDescending(b => b.Known)
            .ThenBy(b => b.Last - b.First)
            .ThenBy(b => b.First)
            .First();
        return Extended(rows, best, end, merged ?? [], isHeading);
    }

    /// <summary>The first block with at least half of the most known headings. Ordered by where they end: a block that only takes in rows above its headings ends where they do.</summary>
    private static HeaderBlock? Start(List<HeaderBlock> blocks, int most) => blocks.Where(b => b.Known * 2 >= most).MinBy(b => (b.Last, b.Last - b.First));

    /// <summary>True when blank rows part two rows: many of them, or no merged cell reaches across.</summary>
    private static bool Parted(Row above, Row below, IReadOnlyList<MergedRange> merged) =>
        (below.Number - above.Number) switch
        {
            1 => false,
            <= MaxHeaderRows => !merged.Any(m => m.FirstRow <= above.Number && m.LastRow >= below.Number),
            _ => true,
        };

    /// <summary>
    /// True when the last row of a block is a header of its own: under most of its known headings another known heading stands.
    /// Stacked headers divide a heading; they do not put one below the other column after column.
    /// </summary>
    private static bool IsAnotherHeader(List<Row> rows, int first, int last, Func<string, bool> isHeading)
    {
        int known = 0,
            below = 0;
        foreach (var cell in rows[last].Cells)
        {
            if (Known(HeadingText.Clean(cell.Text), isHeading) is null)
                continue;
            known++;
            for (var r = first; r < last; r++)
            {
                if (Known(HeadingText.Clean(rows[r][cell.Column].Text), isHeading) is null)
                    continue;
                below++;
                break;
            }
        }
        return below > 1 && below * 2 > known;
    }

    /// <summary>Rows that only divide columns further belong to the header, though their wordings are not known: text alone, and nothing under its first column.</summary>
    private static HeaderBlock Extended(List<Row> rows, HeaderBlock block, int end, IReadOnlyList<MergedRange> merged, Func<string, bool> isHeading)
    {
        while (block.Last + 1 < end && block.Last + 1 < block.First + MaxHeaderRows)
        {
            var next = rows[block.Last + 1];
            if (Parted(rows[block.Last], next, merged) || next.Cells.Count == 0 || next.Cells[0].Column <= block.Header[0].Column)
                break;
            if (next.Cells.Any(c => c.Kind != CellKind.Text || RowClassifier.TotalKind(HeadingText.Clean(c.Text)) is not null))
                break;
            // A stacked header is drawn with merged cells; without any over this row, a row of text is a record, unless it says units and years only.
            if (
                !next.Cells.All(c => Harmless.Contains(HeadingText.Clean(c.Text).Trim('(', ')')))
                && !merged.Any(m => m.FirstRow <= rows[block.Last].Number && m.LastRow >= next.Number)
            )
                break;
            block = block with { Last = block.Last + 1, Header = Header(rows, block.First, block.Last + 1, merged, isHeading) };
        }
        return block;
    }

    /// <summary>Header rows are made of text; years as numbers among them are allowed.</summary>
    private static bool MayBeHeader(Row row)
    {
        var texts = 0;
        foreach (var cell in row.Cells)
        {
            if (cell.Kind == CellKind.Text)
                texts++;
            else if (cell.Kind is CellKind.Error or CellKind.FormulaWithoutValue)
                return false;
        }
        return texts * 2 >= row.Cells.Count && texts > 0;
    }

    private static List<HeaderCell> Header(List<Row> rows, int first, int last, IReadOnlyList<MergedRange> merged, Func<string, bool> isHeading)
    {
        var width = 0;
        for (var r = first; r <= last; r++)
            if (rows[r].Cells.Count > 0)
                width = Math.Max(width, rows[r].Cells[^1].Column);
        // By the numbers of the rows: those between, being blank, were not handed out.
        var (top, bottom) = (rows[first].Number, rows[last].Number);
        var texts = new string[bottom - top + 1, width + 1];
        for (var r = first; r <= last; r++)
            foreach (var cell in rows[r].Cells)
                texts[rows[r].Number - top, cell.Column] = HeadingText.Clean(cell.Text);
        foreach (var range in merged)
            Spread(texts, range, top, bottom, width);

        var header = new List<HeaderCell>();
        var stacks = new List<List<string>>();
        for (var column = 1; column <= width; column++)
        {
            var parts = new List<string>();
            for (var r = 0; r <= bottom - top; r++)
                if (texts[r, column] is { Length: > 0 } text && (parts.Count == 0 || parts[^1] != text))
                    parts.Add(text);
            if (parts.Count == 0)
                continue;
            header.Add(Cell(column, parts, isHeading));
            stacks.Add(parts);
        }
        // 人员人工费用 over 万元 or 本年: the lower line adds nothing to what the column holds, where no other column stands under the same wording.
        for (var i = 0; i < header.Count; i++)
            if (
                header[i].Key is null
                && stacks[i] is [.. var upper, var lowest]
                && upper.Count > 0
                && Harmless.Contains(lowest.Trim('(', ')'))
                && Known(string.Concat(upper), isHeading) is { } key
                && !header.Exists(h => h.Key == key)
                && stacks.Count(s => s[0] == upper[0]) == 1
            )
                header[i] = header[i] with { Key = key, Unit = lowest.Trim('(', ')') };
        return header;
    }

    /// <summary>A merged cell's text counts for every cell that it covers.</summary>
    private static void Spread(string[,] texts, MergedRange range, int firstRow, int lastRow, int width)
    {
        if (range.FirstRow < firstRow || range.FirstRow > lastRow || range.FirstColumn > width)
            return;
        var text = texts[range.FirstRow - firstRow, range.FirstColumn];
        if (string.IsNullOrEmpty(text))
            return;
        for (var r = range.FirstRow; r <= Math.Min(range.LastRow, lastRow); r++)
        for (var c = range.FirstColumn; c <= Math.Min(range.LastColumn, width); c++)
            texts[r - firstRow, c] ??= text;
    }

    /// <summary>Looks for a known wording: the rows joined, the lowest row alone, each also without its bracket.</summary>
    private static HeaderCell Cell(int column, List<string> parts, Func<string, bool> isHeading)
    {
        var joined = string.Concat(parts);
        var (_, unit) = HeadingText.SplitBracket(joined);
        foreach (var joiner in Joiners)
        {
            var text = parts.Count == 1 ? parts[0] : string.Join(joiner, parts);
            if (Known(text, isHeading) is { } key)
                return new HeaderCell(column, text, key, unit);
            if (parts.Count == 1)
                break;
        }
        if (parts.Count > 1 && Known(parts[^1], isHeading) is { } lowest)
            return new HeaderCell(column, joined, lowest, unit);
        return new HeaderCell(column, joined, null, unit);
    }

    private static string? Known(string text, Func<string, bool> isHeading)
    {
        if (isHeading(text))
            return text;
        var (bare, bracket) = HeadingText.SplitBracket(text);
        return bracket is not null && isHeading(bare) ? bare : null;
    }

    private sealed record HeaderBlock(int First, int Last, List<HeaderCell> Header, int Known);
}
