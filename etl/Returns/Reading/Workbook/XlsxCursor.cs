using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Workbook;

/// <summary>
/// Walks the XML of a worksheet and hands out its rows. The stated dimension is not looked at; positions come from the
/// cells' own references, or from their order where a writer leaves the references out.
/// </summary>
internal sealed class XlsxCursor : RowCursor
{
    /// <summary>What a cell reads whose text was damaged before it came here.</summary>
    private const string DamagedText = "#DAMAGED";
    private const int LastRow = 1_048_576;

    private readonly XlsxDocument _document;
    private readonly XlsxSheet _sheet;
    private readonly string _part;
    private readonly XmlReader _xml;
    private readonly ReadLimits _limits;
    private readonly List<NumberFormat> _formats;
    private readonly List<Cell> _cells = [];
    private readonly StringBuilder _builder = new();
    private readonly SheetNotes _notes = new();
    private readonly List<MergedRange> _merged = [];
    private readonly string _nRow,
        _nCell,
        _nValue,
        _nInline,
        _nFormula,
        _nSheetData,
        _nMerge,
        _aRef,
        _aType,
        _aStyle,
        _aHidden;
    private List<string>? _strings;
    private char[] _value = new char[256];
    private int _valueLength;
    private readonly char[] _attribute = new char[16];
    private bool _inData;
    private int _rowNumber;
    private int _sinceCheck;

    public XlsxCursor(XlsxDocument document, XlsxSheet sheet, string part, Stream stream)
    {
        (_document, _sheet, _part, _limits) = (document, sheet, part, document.Limits);
        _formats = document.Formats;
        var names = new NameTable();
        // Atomised names are compared by reference: no string comparison per node.
        (_nRow, _nCell, _nValue, _nInline) = (names.Add("row"), names.Add("c"), names.Add("v"), names.Add("is"));
        (_nFormula, _nSheetData, _nMerge) = (names.Add("f"), names.Add("sheetData"), names.Add("mergeCell"));
        (_aRef, _aType, _aStyle, _aHidden) = (names.Add("r"), names.Add("t"), names.Add("s"), names.Add("hidden"));
        _xml = XmlParts.Parser(stream, names, _limits.MaxEntryBytes);
    }

    public override Row? Next()
    {
        try
        {
            return NextRow();
        }
        catch (XmlException fault) when (XmlParts.IsDtd(fault))
        {
            throw new RefusedException(ReadingFindings.ForbiddenXml(_document.FileName, _part));
        }
        catch (XmlException fault)
        {
            throw new RefusedException(
                ReadingFindings.Damaged(
                    _document.FileName,
                    $"工作表 XML 在第 {_rowNumber} 行之后出错",
                    $"the sheet's XML is broken after row {_rowNumber}: {fault.Message}"
                ) with
                {
                    Sheet = _sheet.Name,
                }
            );
        }
    }

    public override void Dispose()
    {
        _xml.Dispose();
        base.Dispose();
    }

    private Row? NextRow()
    {
        while (_xml.Read())
        {
            if (_xml.NodeType == XmlNodeType.Element)
            {
                object name = _xml.LocalName;
                if (_inData)
                {
                    if (ReferenceEquals(name, _nRow) && ReadRow() is { } row)
                        return row;
                }
                else if (ReferenceEquals(name, _nSheetData))
                    _inData = !_xml.IsEmptyElement;
                else if (ReferenceEquals(name, _nMerge) && CellReference.Range(_xml.GetAttribute("ref")) is { } range)
                    _merged.Add(range);
            }
            else if (_xml.NodeType == XmlNodeType.EndElement && _inData && ReferenceEquals(_xml.LocalName, _nSheetData))
            {
                // Reading goes on to the end: merged ranges stand there, and the checksum is compared there.
                _inData = false;
            }
        }
        if (_sheet.Notes is null)
        {
            _sheet.Notes = _notes;
            _sheet.Keep(_merged);
            _notes.Report(_document, _sheet);
        }
        return null;
    }

    private Row? ReadRow()
    {
        var number = _rowNumber + 1;
        var hidden = false;
        while (_xml.MoveToNextAttribute())
        {
            object name = _xml.LocalName;
            if (ReferenceEquals(name, _aRef))
            {
                if (!int.TryParse(_xml.Value, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is < 1 or > LastRow)
                    throw new RefusedException(
                        ReadingFindings.Damaged(
                            _document.FileName,
                            $"行号 {ReadingFindings.Quote(_xml.Value)} 无效",
                            $"the row number {ReadingFindings.Quote(_xml.Value)} is not valid"
                        ) with
                        {
                            Sheet = _sheet.Name,
                        }
                    );
            }
            else if (ReferenceEquals(name, _aHidden))
                hidden = _xml.Value is "1" or "true";
        }
        _xml.MoveToElement();
        if (number <= _rowNumber)
            throw new RefusedException(ReadingFindings.RepeatedCell(_document.FileName, _sheet.Name, number, "A"));
        _rowNumber = number;
        if (_xml.IsEmptyElement)
            return null;

        _cells.Clear();
        var depth = _xml.Depth;
        var column = 0;
        var ordered = true;
        while (_xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType != XmlNodeType.Element || !ReferenceEquals(_xml.LocalName, _nCell))
                continue;
            var previous = column;
            ReadCell(ref column);
            ordered &= column > previous;
            if (++_sinceCheck < 4096)
                continue;
            _sinceCheck = 0;
            if (_cells.Count > _limits.MaxColumns * 2)
                throw new RefusedException(ReadingFindings.TooManyColumns(_document.FileName, number, _sheet.Name, _limits.MaxColumns));
        }
        if (!ordered && !Order())
            return null;
        if (_cells.Count == 0)
            return null;
        if (hidden)
            _notes.HiddenRow(number);
        return new Row(number, _cells.ToArray(), hidden);
    }

    /// <summary>Cells out of order are put in order; a cell that stands there twice takes its row out.</summary>
    private bool Order()
    {
        _cells.Sort(static (a, b) => a.Column.CompareTo(b.Column));
        for (var i = 1; i < _cells.Count; i++)
        {
            if (_cells[i].Column != _cells[i - 1].Column)
                continue;
            _document.Findings.Add(ReadingFindings.RepeatedCell(_document.FileName, _sheet.Name, _rowNumber, ReadingFindings.Letters(_cells[i].Column)));
            _document.RowsRefused++;
            return false;
        }
        return true;
    }

    /// <summary>The types a cell can state; Number is what it is without a statement.</summary>
    private enum StatedType
    {
        Number,
        Shared,
        Text,
        Inline,
        Boolean,
        Error,
        Date,
    }

    private void ReadCell(ref int column)
    {
        column++;
        var type = StatedType.Number;
        var style = 0;
        while (_xml.MoveToNextAttribute())
        {
            object name = _xml.LocalName;
            if (ReferenceEquals(name, _aRef))
            {
                var reference = Attribute();
                if (!CellReference.TryParse(reference, out var row, out column) || row != _rowNumber)
                    throw new RefusedException(
                        ReadingFindings.BadCell(
                            _document.FileName,
                            _sheet.Name,
                            _rowNumber,
                            "A",
                            $"单元格地址 {reference} 与所在行不符或无效",
                            $"the cell address {reference} is not valid in its row"
                        )
                    );
            }
            else if (ReferenceEquals(name, _aType))
                type = TypeOf(Attribute());
            else if (ReferenceEquals(name, _aStyle))
                _ = int.TryParse(Attribute(), NumberStyles.None, CultureInfo.InvariantCulture, out style);
        }
        _xml.MoveToElement();
        if (column > _limits.MaxColumns)
            throw new RefusedException(ReadingFindings.TooManyColumns(_document.FileName, _rowNumber, _sheet.Name, _limits.MaxColumns));
        if (_xml.IsEmptyElement)
            return;

        var hasValue = false;
        string? inline = null,
            formula = null;
        var depth = _xml.Depth;
        while (_xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType != XmlNodeType.Element)
                continue;
            object name = _xml.LocalName;
            if (ReferenceEquals(name, _nValue))
            {
                hasValue = true;
                Content();
            }
            else if (ReferenceEquals(name, _nInline))
                inline = SharedStrings.RichText(_xml, _builder, _limits, _document.FileName);
            else if (ReferenceEquals(name, _nFormula) && !hasValue)
            {
                // Shown only where no value follows.
                Content();
                formula = new string(_value.AsSpan(0, Math.Min(_valueLength, 256)));
            }
        }
        Add(column, type, style, hasValue, inline, formula);
    }

    /// <summary>The value of the attribute that the reader stands on; none that matters is longer than the buffer, and a longer one is wrong when cut.</summary>
    private ReadOnlySpan<char> Attribute() => _attribute.AsSpan(0, _xml.ReadValueChunk(_attribute, 0, _attribute.Length));

    private static StatedType TypeOf(ReadOnlySpan<char> type) =>
        type switch
        {
            "s" => StatedType.Shared,
            "str" => StatedType.Text,
            "inlineStr" => StatedType.Inline,
            "b" => StatedType.Boolean,
            "e" => StatedType.Error,
            "d" => StatedType.Date,
            _ => StatedType.Number,
        };

    private void Add(int column, StatedType type, int style, bool hasValue, string? inline, string? formula)
    {
        var format = (uint)style < (uint)_formats.Count ? _formats[style] : NumberFormat.General;
        if (inline is not null && (type == StatedType.Inline || !hasValue))
        {
            AddText(column, inline, format);
            return;
        }
        if (!hasValue)
        {
            if (formula is null)
                return;
            _notes.Formula(_rowNumber, column);
            _cells.Add(new Cell(column, CellKind.FormulaWithoutValue, formula, format.Code));
            return;
        }
        var value = _value.AsSpan(0, _valueLength);
        switch (type)
        {
            case StatedType.Shared:
                AddShared(column, value, format);
                break;
            case StatedType.Text or StatedType.Inline:
                AddText(column, XmlParts.Unescape(new string(value)), format);
                break;
            case StatedType.Boolean:
                if (value.Length > 0)
                    _cells.Add(new Cell(column, CellKind.Boolean, value is "1" or "true" ? "TRUE" : "FALSE", format.Code));
                break;
            case StatedType.Error:
                if (value.Length > 0)
                    AddError(column, new string(value));
                break;
            case StatedType.Date:
                if (DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment))
                    _cells.Add(new Cell(column, CellKind.Date, SerialDate.Iso(moment), format.Code));
                else
                    AddText(column, new string(value), format);
                break;
            default:
                AddNumber(column, value, format);
                break;
        }
    }

    private void AddNumber(int column, ReadOnlySpan<char> value, NumberFormat format)
    {
        if (!StoredNumber.IsNumber(value))
        {
            value = value.Trim();
            if (value.Length == 0)
                return;
            if (!StoredNumber.IsNumber(value))
            {
                AddText(column, new string(value), format);
                return;
            }
        }
        var kind = format.KindOf(value);
        if (kind is FormatKind.DateTime or FormatKind.TimeOfDay && SerialDate.Read(value, kind, _document.Epoch1904) is { } date)
            _cells.Add(new Cell(column, CellKind.Date, date, format.Code));
        else
            _cells.Add(new Cell(column, CellKind.Number, StoredNumber.Shown(value), format.Code));
    }

    private void AddShared(int column, ReadOnlySpan<char> value, NumberFormat format)
    {
        var strings = _strings ??= _document.Strings;
        if (
            int.TryParse(value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var at)
            && (uint)at < (uint)strings.Count
        )
        {
            AddText(column, strings[at], format);
            return;
        }
        if (value.Length == 0)
            return;
        var letters = ReadingFindings.Letters(column);
        var quoted = ReadingFindings.Quote(new string(value));
        _document.Findings.Add(
            ReadingFindings.BadCell(
                _document.FileName,
                _sheet.Name,
                _rowNumber,
                letters,
                $"共享文本 {quoted} 不存在",
                $"the shared text {quoted} does not exist"
            )
        );
        AddError(column, DamagedText);
    }

    private void AddText(int column, string text, NumberFormat format)
    {
        if (text.Length == 0)
            return;
        if (text.Length > _limits.MaxCellCharacters)
            throw new RefusedException(ReadingFindings.CellTooLong(_document.FileName, _rowNumber, _sheet.Name, _limits.MaxCellCharacters));
        if (text.AsSpan().IndexOfAny('\uFFFD', '\0') >= 0)
        {
            _document.Findings.Add(
                ReadingFindings.ReplacementCharacter(
                    _document.FileName,
                    _sheet.Name,
                    _rowNumber,
                    ReadingFindings.Letters(column),
                    text.Replace("\0", "<NUL>", StringComparison.Ordinal)
                )
            );
            AddError(column, DamagedText);
            return;
        }
        _cells.Add(new Cell(column, CellKind.Text, text, format.Code));
    }

    private void AddError(int column, string name)
    {
        _notes.Error(_rowNumber, column);
        _cells.Add(new Cell(column, CellKind.Error, name));
    }

    /// <summary>The text of the element that the reader stands on, into the buffer: most of it becomes a number or an index and never a string.</summary>
    private void Content()
    {
        _valueLength = 0;
        if (_xml.IsEmptyElement)
            return;
        var depth = _xml.Depth;
        while (_xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace))
                continue;
            int got;
            while ((got = _xml.ReadValueChunk(_value, _valueLength, _value.Length - _valueLength)) > 0)
            {
                _valueLength += got;
                if (_valueLength > _limits.MaxCellCharacters)
                    throw new RefusedException(ReadingFindings.CellTooLong(_document.FileName, _rowNumber, _sheet.Name, _limits.MaxCellCharacters));
                if (_valueLength == _value.Length)
                    Array.Resize(ref _value, _value.Length * 2);
            }
        }
    }
}
