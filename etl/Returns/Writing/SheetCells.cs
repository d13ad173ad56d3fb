using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Writing;

/// <summary>Writes the cells of a sheet one after the other. Text goes in as text, whatever it begins with: nothing can act as a formula.</summary>
internal sealed class SheetCells
{
    private readonly SheetData _data = new();
    private DocumentFormat.OpenXml.Spreadsheet.Row? _row;
    private uint _number;
    private int _column;

    /// <summary>The finished element.</summary>
    public SheetData Data => _data;

    /// <summary>Number of the row begun last.</summary>
    public int Row => (int)_number;

    /// <summary>Begins the next row.</summary>
    /// <param name="height">In points; null leaves it to the program.</param>
    public SheetCells Begin(double? height = null)
    {
        _row = new() { RowIndex = ++_number };
        if (height is { } points)
            (_row.Height, _row.CustomHeight) = (points, true);
        _data.Append(_row);
        _column = 0;
        return this;
    }

    /// <summary>The next cell of the row: a text, a number, a date, or blank.</summary>
    public SheetCells Add(object? value, uint style = TemplateStyles.Plain)
    {
        _column++;
        if (value is null && style == TemplateStyles.Plain)
            return this;
        var cell = new DocumentFormat.OpenXml.Spreadsheet.Cell
        {
            CellReference = ColumnName.Of(_column) + _number.ToString(CultureInfo.InvariantCulture),
            StyleIndex = style,
        };
        if (value is string text)
        {
            cell.DataType = CellValues.InlineString;
            cell.InlineString = new(new Text(StoredText.Stored(text)) { Space = SpaceProcessingModeValues.Preserve });
        }
        else if (value is DateOnly date)
        {
            cell.CellValue = new((date.DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(CultureInfo.InvariantCulture));
        }
        else if (value is not null)
        {
            cell.CellValue = new(StoredText.Of(value));
        }
        _row!.Append(cell);
        return this;
    }
}
