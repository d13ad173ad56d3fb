using System.Collections.Immutable;
using System.Globalization;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Reading.Tables;
using Innovation1551.Returns.Sheets;
using Innovation1551.Returns.Values;

namespace Innovation1551.Returns.Binding;

/// <summary>The rows below a header, typed one by one: details become rows, the total row is held against them.</summary>
internal sealed class SheetRows
{
    /// <summary>Rows of a sheet held in memory. Longer ones are landed on the way.</summary>
    internal const int MostHeld = 20_000;

    private readonly BoundFile _file;
    private readonly Table _table;
    private readonly BoundSheet _sheet;
    private readonly BoundColumn?[] _byField;
    private readonly decimal?[] _sums;
    private readonly bool[] _incomplete;
    private readonly CodeLists _codes;
    private readonly CellTyper _typer;
    private readonly int _codeField;
    private readonly int _periodField;
    private readonly int _lastColumn;
    private readonly HashSet<int> _headed;
    private readonly bool[] _isContent;
    private readonly int[] _answer;
    private int _undecided;

    private SheetRows(BoundFile file, Table table, BoundSheet sheet, CodeLists codes)
    {
        (_file, _table, _sheet, _codes) = (file, table, sheet, codes);
        _byField = [.. sheet.Form.Fields.Select(f => sheet.Columns.FirstOrDefault(c => c.Field == f))];
        _sums = new decimal?[_byField.Length];
        _incomplete = new bool[_byField.Length];
        _typer = new(file, sheet, codes);
        _codeField = sheet.Form.Fields.IndexOf(CommonFields.EnterpriseCode);
        _periodField = sheet.Form.Fields.IndexOf(CommonFields.Period);
        _lastColumn = table.Header.Max(h => h.Column);
        _headed = [.. table.Header.Select(h => h.Column), .. sheet.Columns.Select(c => c.Column)];
        _answer = [.. sheet.Columns.Where(c => sheet.Form.Answer.Contains(c.Field.Name)).Select(c => c.Column)];
        _isContent =
        [
            .. sheet.Form.Fields.Select(f =>
                f != CommonFields.EnterpriseCode
                && f != CommonFields.EnterpriseName
                && f != CommonFields.Period
                && !f.Name.Contains("_prior_", StringComparison.Ordinal)
            ),
        ];
    }

    /// <summary>Binds the header's columns; null, with findings, where the table cannot be read as the form.</summary>
    public static SheetRows? Begin(BoundFile file, Table table, HeadingIndex index, CodeLists codes, int? markedEdition = null)
    {
        var (name, sheet, row) = (file.Receipt.Name, table.Sheet.Name, table.HeaderLastRow);
        var stated = Stated(table, "单位", "计量单位", "金额单位", "Unit");
        var columns = ImmutableArray.CreateBuilder<BoundColumn>();
        var faults = 0;
        foreach (var cell in table.Header)
        {
            if (cell.Key is null || index.Find(cell.Key) is not { } field)
            {
                file.Findings.Add(BindingFindings.UnknownColumn(name, sheet, row, cell.Column, cell.Text));
                continue;
            }
            if (columns.FirstOrDefault(c => c.Field == field) is { } first)
            {
                file.Findings.Add(BindingFindings.DoubledColumn(name, sheet, row, first.Column, cell.Column, field, cell.Text));
                faults++;
                continue;
            }
            var unit =
                (cell.Unit is null ? null : Unit.Named(cell.Unit))
                ?? (field.Unit?.Dimension == Dimension.Money && stated is not null ? Unit.Named(stated) : null);
            columns.Add(new(field, cell.Column, cell.Text, unit is not null && unit.Dimension == field.Unit?.Dimension ? unit : field.Unit));
        }
        if (table.LabelColumn is { } label && index.Form.Fields.FirstOrDefault(f => f.LabelsRows && columns.All(c => c.Field != f)) is { } labels)
            columns.Add(new(labels, label, "", null));
        Period? covered =
            Stated(table, "报告期", "报告年度", "年度", "年份", "报告年份", "统计年度", "所属期", "Period", "Year") is { } period
            && PeriodText.Read(new Cell(1, CellKind.Text, period)) is { HasValue: true, Value: var read }
                ? read
                : null;
        foreach (var field in index.Form.Fields)
            if (
                columns.All(c => c.Field != field)
                && (field.Required || field.Type is FieldType.Amount or FieldType.Count)
                && !(field.FromYear > covered?.Year)
            )
            {
                file.Findings.Add(BindingFindings.MissingColumn(name, sheet, row, index.Form, field));
                faults++;
            }
        if (faults > 0)
            return null;
        return new(
            file,
            table,
            new(table.Sheet.Index, sheet, index.Form)
            {
                Columns = columns.ToImmutable(),
                Edition = markedEdition ?? Edition(table.Title),
                Stated = covered,
                ReporterCode = Stated(table, "填报单位", "报送单位", "填报企业", "Reporting unit")
                    ?.Split((char[])[' ', '　'], StringSplitOptions.RemoveEmptyEntries)
                    .FirstOrDefault(),
                FilledOn =
                    Stated(table, "填表日期", "填报日期", "报出日期", "Filled in on") is { } date
                    && DateText.Read(new Cell(1, CellKind.Text, date)) is { HasValue: true, Value: var day }
                        ? day
                        : null,
                Revision = int.TryParse(Stated(table, "修订版次", "版次", "Revision"), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
                    ? revision
                    : 0,
            },
            codes
        );
    }

    /// <summary>
    /// The rows left in the file, where they are plain and every column is one of the form's in its own unit, the code first; null where they must be read here.
    /// </summary>
    public LargeTable? Large(string path, char delimiter)
    {
        var columns = _sheet.Columns;
        if (
            delimiter > '\u007F'
            || columns.Length != _table.Header.Count
            || columns.Length != _table.HeaderFields
            || columns.Length != _lastColumn
            || columns.Any(c => c.Unit != c.Field.Unit)
            || _answer.Length > 0
            || _codeField < 0
            || _periodField < 0
            || _byField[_codeField] is not { Column: 1 }
        )
            return null;
        return PlainLines.CountBelow(path, _table.HeaderLastRow) is { } lines
            ? new(path, _table.HeaderLastRow, lines, delimiter, columns.Length, _sheet, _codes, Detail)
            : null;
    }

    public BoundSheet ReadAll()
    {
        Row? above = null;
        foreach (var row in _table.Rows)
            switch (row.Kind)
            {
                case TableRowKind.Detail:
                    Detail(row.Row);
                    break;
                case TableRowKind.Total or TableRowKind.Subtotal when _sheet.Form.TotalsAreRows:
                    Detail(row.Row);
                    break;
                case TableRowKind.Total when _sheet.RowsIn == 0:
                    // Many tables put the total first; it is held against the rows when they have been read.
                    above = row.Row;
                    break;
                case TableRowKind.Total:
                    Total(row.Row);
                    break;
                case TableRowKind.OtherTable:
                    _file.Findings.Add(BindingFindings.SecondTable(_file.Receipt.Name, _sheet.SheetName, row.Row.Number));
                    return Finished();
            }
        return Finished();

        BoundSheet Finished()
        {
            if (above is not null)
                Total(above);
            if (_undecided > 0)
                _file.Findings.Add(BindingFindings.Undecided(_file.Receipt.Name, _sheet.SheetName, _undecided));
            return _sheet;
        }
    }

    private static string? Stated(Table table, params string[] names)
    {
        foreach (var name in names)
            if (table.Preamble.TryGetValue(name, out var found) && found.Value.Length > 0)
                return found.Value;
        return null;
    }

    /// <summary>The edition mark of the template, such as [rd_spend/2023] in the title.</summary>
    private static int? Edition(string? title)
    {
        if (title is null)
            return null;
        var open = title.IndexOf('[', StringComparison.Ordinal);
        var slash = open < 0 ? -1 : title.IndexOf('/', open);
        var close = slash < 0 ? -1 : title.IndexOf(']', slash);
        return close > 0 && int.TryParse(title.AsSpan(slash + 1, close - slash - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var edition)
            ? edition
            : null;
    }

    private void Detail(Row row)
    {
        if (_answer.Length > 0 && _answer.All(column => row[column].Kind == CellKind.Blank || HeadingText.Clean(row[column].Text).Length == 0))
        {
            _undecided++;
            return;
        }
        _sheet.RowsIn++;
        var values = new object?[_byField.Length];
        var missing = _sheet.Missing.Count;
        var sound = Fits(row);
        if (!sound)
            Array.Fill(_incomplete, true);
        else
            for (var i = 0; i < _byField.Length; i++)
                if (_byField[i] is { } column && !_typer.Read(row, column, out values[i]))
                    sound = !(_incomplete[i] = true);
        var said = _sheet.Missing.Count > missing;
        for (var i = 0; i < _byField.Length && !_sheet.HasContent; i++)
            _sheet.HasContent = !sound || said || _isContent[i] && values[i] is not null;
        foreach (var cell in row.Cells)
            if (cell.Kind != CellKind.Blank && !_headed.Contains(cell.Column) && HeadingText.Clean(cell.Text).Length > 0 && _headed.Add(cell.Column))
                _file.Findings.Add(BindingFindings.NoHeading(_file.Receipt.Name, _sheet.SheetName, row.Number, cell.Column, cell.Text));
        for (var i = 0; i < _byField.Length; i++)
            if (values[i] is decimal amount && _byField[i]!.Field.Type is FieldType.Amount)
                _sums[i] = (_sums[i] ?? 0) + amount;
        if (sound)
            _sheet.Rows.Add(new(row.Number, values));
        else
        {
            _sheet.RowsRejected++;
            _sheet.Rejected.Add(
                new(row.Number, _codeField < 0 ? null : values[_codeField] as string, _periodField < 0 ? null : values[_periodField] as Period?)
            );
        }
        if (_file.Large is null && _sheet.Held >= MostHeld)
        {
            if (_file.Spill is null)
                throw new LongFileException();
            _file.Spill(_file, _sheet);
            _sheet.Clear();
        }
    }

    /// <summary>A record with too few or too many fields has shifted: none of its cells can be trusted.</summary>
    private bool Fits(Row row)
    {
        if (row.Fields == 0 || row.Fields == _table.HeaderFields || _table.HeaderFields == 0)
            return true;
        // Trailing empty cells are often left off, or added, when a spreadsheet writes the file.
        if (row.Fields > _table.HeaderFields && row.Cells.All(c => c.Column <= _lastColumn))
            return true;
        _file.Findings.Add(
            ReadingFindings.WrongWidth(
                _file.Receipt.Name,
                row.Number,
                row.Fields,
                _table.HeaderFields,
                string.Join(',', row.Cells.Take(50).Select(c => ReadingFindings.Quote(c.Text)))
            )
        );
        return false;
    }

    /// <summary>The total row is a check on the rows above it, not a fact (rule V07). Half a unit of the last place may be lost to rounding in each row.</summary>
    private void Total(Row row)
    {
        for (var i = 0; i < _byField.Length; i++)
        {
            if (_byField[i] is not { Field.Type: FieldType.Amount } column || _incomplete[i] || row[column.Column].Kind == CellKind.Blank)
                continue;
            if (!_typer.Read(row, column, out var read) || read is not decimal total)
                continue;
            var sum = _sums[i] ?? 0;
            var lastPlace = 1m;
            for (var scale = Math.Max(sum.Scale, total.Scale); scale > 0; scale--)
                lastPlace /= 10;
            if (Math.Abs(sum - total) > lastPlace * (_sheet.RowsIn + 1) / 2)
                _file.Findings.Add(
                    BindingFindings.Total(
                        _file.Receipt.Name,
                        _sheet.SheetName,
                        row.Number,
                        column.Column,
                        column.Field,
                        row[column.Column].Text,
                        InUnitRead(sum, column)
                    )
                );
        }
    }

    /// <summary>An amount back in the unit of its column, so that a message compares like with like.</summary>
    private static decimal InUnitRead(decimal amount, BoundColumn column) =>
        column.Unit is { } unit && column.Field.Unit is { } canonical ? amount * canonical.To(unit) : amount;
}
