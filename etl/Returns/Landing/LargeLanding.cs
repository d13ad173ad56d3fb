using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Binding;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Landing;

/// <summary>
/// Lands the rows of a large plain CSV in one pass of DuckDB's own reader. A cell is taken only where it can be read in one way, as
/// the value parsers do; a line with any other cell is typed cell by cell, so that the outcome is the same as if all were.
/// </summary>
internal static class LargeLanding
{
    /// <summary>Above this number of lines to type cell by cell the whole file is read that way: something about it is not as it seems.</summary>
    private const int MostDoubtful = 100_000;

    /// <summary>Bytes up to which a text is sure to be no longer than a cell may be.</summary>
    private static readonly string LongestText = BoundedText.LongestCell.ToString(CultureInfo.InvariantCulture);

    /// <summary>In the place of the number of a row, until it is numbered: it is to be typed cell by cell; it is no row of facts.</summary>
    private const string Doubtful = "-1",
        NoRow = "-2";

    /// <summary>
    /// Adds the lines to the form's table, once, within the transaction that lands the file; those to be typed cell by cell are put into the sheet. False where
    /// they turn out not to be plain: the transaction is to be rolled back then.
    /// </summary>
    public static bool Land(DuckDBConnection connection, BoundFile file, LargeTable large)
    {
        var form = large.Sheet.Form.Id;
        var fields = string.Join(", ", large.Sheet.Form.Fields.SelectMany(LandingTables.ColumnNames));
        var ofFile = $"from {form} where file_no = {Text(file.Receipt.Seq)}";
        try
        {
            connection.Run(
                $"""
                insert into {form} (file_no, sheet_no, source_row, {fields})
                select {Text(file.Receipt.Seq)}, {Text(large.Sheet.SheetNo)}, case when not is_row then {NoRow} when not is_plain then {Doubtful} end, {fields}
                from ({Query(large)})
                """
            );
            FaultPoint.Reach("large.added");
        }
        catch (DuckDBException e) when (!DiskFull.Is(e))
        {
            // A line of another width: the reader of single rows names it.
            return false;
        }
        var counted = connection.Rows(
            $"select count(*), count(*) filter (source_row = {NoRow}), count(*) filter (source_row = {Doubtful}), min(rowid), max(rowid) {ofFile}"
        )[0];
        var (lines, strange, doubtful) = ((long)counted[0]!, (long)counted[1]!, (long)counted[2]!);
        if (lines != large.Lines || strange > 0 || doubtful > MostDoubtful)
            return false;
        // Rows stand in the order of the lines, whichever thread has read them, one behind the other. A heading without rows is no large file.
        if (counted[3] is not long first || (long)counted[4]! - first + 1 != lines)
            return false;
        var before = first - large.HeaderLine - 1;
        if (doubtful > 0)
        {
            var places = connection.Rows($"select rowid {ofFile} and source_row = {Doubtful} order by rowid").Select(r => (int)((long)r[0]! - before)).ToList();
            var texts = connection.Stream($"select {string.Join(", ", Texts(large))} from ({Query(large)}) where not is_plain");
            var typed = 0;
            foreach (var cells in texts)
                large.Type(
                    new Row(places[typed++], [.. cells.Select((text, i) => new Cell(i + 1, CellKind.Text, (string?)text ?? "")).Where(c => c.Text.Length > 0)])
                    {
                        Fields = large.Width,
                    }
                );
            if (typed != places.Count)
                return false;
            connection.Run($"delete {ofFile} and source_row = {Doubtful}");
        }
        large.Sheet.RowsIn = lines;
        connection.Run($"update {form} set source_row = rowid - {Text(before)} where file_no = {Text(file.Receipt.Seq)} and source_row is null");
        return true;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The cells of a line as they stand in the file.</summary>
    private static IEnumerable<string> Texts(LargeTable large) => Enumerable.Range(1, large.Width).Select(i => $"c{Text(i)}");

    private static string Query(LargeTable large)
    {
        var texts = Texts(large).ToList();
        var values = new StringBuilder();
        var plain = new List<string>();
        foreach (var field in large.Sheet.Form.Fields)
        {
            if (large.Sheet.Columns.FirstOrDefault(c => c.Field == field) is not { } column)
            {
                foreach (var (name, type) in LandingTables.Columns(field))
                    values.Append(CultureInfo.InvariantCulture, $"cast(null as {type}) as {name}, ");
                continue;
            }
            var text = $"c{column.Column}";
            var (columns, test) = Typed(field, text, large.Codes);
            values.Append(columns).Append(", ");
            plain.Add(field.Required ? $"{text} is not null and {test}" : $"({text} is null or {test})");
        }
        var delimiter = large.Delimiter.ToString();
        var declared = "{" + string.Join(", ", texts.Select(t => $"'{t}': 'varchar'")) + "}";
        return $"""
            select {values}{string.Join(", ", texts)},
                {string.Join("\n        and ", plain.Select(p => $"coalesce({p}, false)"))} as is_plain,
                -- A registered code begins every row of facts; titles, totals, notes and repeated headings have none.
                coalesce(c1 not in ('Total', 'TOTAL') and length(c1) between 8 and 40 and regexp_full_match(c1, '[0-9A-Za-z]+'), false) as is_row
            from read_csv({Sql.Literal(large.Path)}, auto_detect = false, header = false, skip = {Text(large.HeaderLine)},
                delim = {Sql.Literal(delimiter)}, quote = '', escape = '', nullstr = '', strict_mode = true, null_padding = false, ignore_errors = false,
                columns = {declared})
            """;
    }

    /// <summary>The field's landing columns from a text, and the condition under which the text can mean nothing else.</summary>
    private static (string Columns, string Test) Typed(Field field, string text, CodeLists codes)
    {
        var name = field.Name;
        switch (field.Type)
        {
            case FieldType.Period:
                // Written back, a year must be the same text: 2024 or 2024年, or the cumulative months 2024年1-9月.
                return (
                    $"try_cast(left({text}, 4) as integer) as period_year, case when ends_with({text}, '月') then try_cast(substr({text}, 8, length({text}) - 8) as integer) end as period_month",
                    $"period_year between 1990 and 2040 and case when period_month is null then {text} = period_year::varchar or {text} = period_year || '年' else period_month between 2 and 12 and {text} = period_year || '年1-' || period_month || '月' end"
                );
            case FieldType.Date:
                return ($"try_cast({text} as date) as {name}", $"cast({name} as varchar) = {text} and year({name}) between 1900 and 2100");
            case FieldType.Count:
                return ($"try_cast({text} as bigint) as {name}", $"cast({name} as varchar) = {text}");
            case FieldType.Amount or FieldType.Percent or FieldType.Quantity:
                return ($"try_cast({text} as decimal(18, 6)) as {name}", $@"regexp_full_match({text}, '-?[0-9]{{1,11}}(\.[0-9]{{1,6}})?')");
            case FieldType.Code:
                var words = codes
                    .Members(field.CodeList!)
                    .SelectMany(m => ((string[])[m.Code, m.Zh]).Select(word => (Word: word, Code: codes.Find(field.CodeList!, word)!)))
                    .DistinctBy(w => w.Word);
                return (
                    $"case {text} {string.Concat(words.Select(w => $"when {Sql.Literal(w.Word)} then {Sql.Literal(w.Code)} "))}end as {name}",
                    $"{name} is not null"
                );
            case FieldType.Identifier:
                return ($"{text} as {name}", $"{text} >= '0' and regexp_full_match({text}, '{(field.Prefixes.IsEmpty ? "" : "[0-9]")}[0-9A-Za-z.]+')");
            // What people call a form or its column is looked up cell by cell.
            case FieldType.Form or FieldType.FormField:
                return ($"{text} as {name}", "false");
            default:
                // Short texts may be marks for a missing value; blanks at the ends are not part of a text.
                return (
                    $"{text} as {name}",
                    $"strlen({text}) <= {LongestText} and (strlen({text}) > 18 or regexp_full_match({text}, '[0-9A-Za-z\\p{{Han}}]+') and {text} not in ('无', '無', '没有', '不适用')) and not regexp_matches({text}, '^[ \u3000\u00A0]|[ \u3000\u00A0]$')"
                );
        }
    }
}
