using System.Buffers.Binary;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Legacy;

/// <summary>
/// Walks the records of an .xls before the library reads it, for two reasons. The library hands error cells (#N/A and the like) out as
/// blank ones, and a blank is "not filled in" where the truth is "wrong". And on damaged files it may take any time and memory, so only
/// what is sound by its records is read in this process; the rest goes to a child.
/// </summary>
internal sealed class BiffScan
{
    private const int BeginOfFile = 0x809,
        EndOfFile = 0x0A,
        BoundSheet = 0x85,
        Formula = 0x06,
        BoolErr = 0x205,
        SharedStrings = 0xFC,
        RowInfo = 0x208,
        Dimensions = 0x200,
        MultipleNumbers = 0xBD,
        DateMode = 0x22,
        Array = 0x221,
        SharedFormula = 0x4BC,
        Table = 0x236,
        Text = 0x207;
    private const int Worksheet = 0x10;
    private const int MaxColumns = 256;
    private const int LongestRecord = 8224;

    /// <summary>Error names by worksheet (1-based, in the order of the file's list), row and column (1-based).</summary>
    public Dictionary<(int Sheet, int Row, int Column), string> Errors { get; } = [];

    /// <summary>Texts that formulas give where an array, a shared formula or a table stands between the formula and its result: the library leaves those blank.</summary>
    public Dictionary<(int Sheet, int Row, int Column), string> Texts { get; } = [];

    /// <summary>Dates are counted from 1904.</summary>
    public bool Epoch1904 { get; private set; }

    /// <summary>True when the records fill their stream, begin and end in pairs, and none points outside a sheet or promises more than the file holds.</summary>
    public bool Sound { get; private set; }

    public static BiffScan Of(OleContainer container)
    {
        var scan = new BiffScan();
        scan.Walk(container);
        return scan;
    }

    private void Walk(OleContainer container)
    {
        var found = Errors;
        int begun = 0,
            ended = 0;
        var sound = true;
        var name = container.Names.Contains("Workbook", StringComparer.OrdinalIgnoreCase) ? "Workbook" : "Book";
        var sheets = new List<uint>();
        var sheet = 0;
        long position = 0;
        var walker = new RecordWalker(container.Read(name));
        Span<byte> head = stackalloc byte[16];
        // A formula whose text comes in a record of its own, and whether another record stands before that.
        (int, int, int)? awaited = null;
        var parted = false;
        while (walker.Next(head, out var type, out var length, ref position, out var at))
        {
            sound &= length <= LongestRecord;
            if (type is Array or SharedFormula or Table)
                parted = true;
            else if (type != Text)
                awaited = null;
            switch (type)
            {
                case 0x201 or 0x203 or 0x204 or 0x27E or 0xFD or 0xD6 when length >= 4:
                    sound &= BinaryPrimitives.ReadUInt16LittleEndian(head[2..]) < MaxColumns;
                    break;
                case MultipleNumbers or 0xBE when length >= 6:
                    sound &= BinaryPrimitives.ReadUInt16LittleEndian(head[2..]) < MaxColumns && length <= 6 + MaxColumns * 6;
                    break;
                case RowInfo when length >= 6:
                    sound &= BinaryPrimitives.ReadUInt16LittleEndian(head[4..]) <= MaxColumns;
                    break;
                case Dimensions when length >= 14:
                    sound &= BinaryPrimitives.ReadUInt16LittleEndian(head[10..]) <= MaxColumns && BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) <= 65_536;
                    break;
                // A text takes three bytes at least; more texts than that are a promise that only costs memory.
                case SharedStrings when length >= 8:
                    sound &= BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) <= container.Length(name) / 3;
                    break;
                case DateMode when length >= 2:
                    Epoch1904 = head[0] == 1;
                    break;
                case EndOfFile:
                    ended++;
                    break;
                // Only worksheets are counted; charts and macro sheets stand in the same list with another type.
                case BoundSheet when length >= 6 && head[5] == 0:
                    sheets.Add(BinaryPrimitives.ReadUInt32LittleEndian(head));
                    break;
                case BeginOfFile when length >= 4:
                    begun++;
                    var index = sheets.IndexOf((uint)at);
                    if (index >= 0)
                        sheet = index + 1;
                    else if (BinaryPrimitives.ReadUInt16LittleEndian(head[2..]) != Worksheet)
                        sheet = 0;
                    break;
                case BoolErr when sheet > 0 && length >= 8 && head[7] == 1:
                    found[Place(sheet, head)] = ErrorName(head[6]);
                    break;
                case Formula when sheet > 0 && length >= 14 && head[12] == 0xFF && head[13] == 0xFF && head[6] == 0:
                    (awaited, parted) = (Place(sheet, head), false);
                    break;
                case Text when awaited is { } place:
                    if (parted && TextOf(walker.Body, name == "Workbook") is { } text)
                        Texts[place] = text;
                    awaited = null;
                    break;
                // The cached result of a formula is a number, or FFFF at its end and what it is at its beginning: 2 for an error.
                case Formula when sheet > 0 && length >= 14 && head[12] == 0xFF && head[13] == 0xFF && head[6] == 2:
                    found[Place(sheet, head)] = ErrorName(head[8]);
                    break;
            }
        }
        // Padding behind the last record is customary; records that were cut are not.
        Sound = sound && begun > 0 && begun == ended && (position == container.Length(name) || walker.OnlyPadding);
    }

    /// <summary>The text of a record: its length, for Excel 97 and later whether it has one byte a character or two, and its characters. Null where it goes on in further records or has another encoding.</summary>
    private static string? TextOf(ReadOnlySpan<byte> body, bool unicode)
    {
        if (!unicode || body.Length < 3)
            return null;
        var (count, wide) = (BinaryPrimitives.ReadUInt16LittleEndian(body), (body[2] & 1) == 1);
        var characters = body[3..];
        if (characters.Length < count * (wide ? 2 : 1))
            return null;
        return wide ? System.Text.Encoding.Unicode.GetString(characters[..(count * 2)]) : System.Text.Encoding.Latin1.GetString(characters[..count]);
    }

    private static (int, int, int) Place(int sheet, ReadOnlySpan<byte> head) =>
        (sheet, BinaryPrimitives.ReadUInt16LittleEndian(head) + 1, BinaryPrimitives.ReadUInt16LittleEndian(head[2..]) + 1);

    private static string ErrorName(byte code) =>
        code switch
        {
            0x00 => "#NULL!",
            0x07 => "#DIV/0!",
            0x0F => "#VALUE!",
            0x17 => "#REF!",
            0x1D => "#NAME?",
            0x24 => "#NUM!",
            0x2A => "#N/A",
            _ => "#ERROR",
        };

    /// <summary>Walks type-length records over pieces of a stream, giving the first bytes of each.</summary>
    private sealed class RecordWalker(IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        private readonly IEnumerator<ReadOnlyMemory<byte>> _pieces = pieces.GetEnumerator();
        private ReadOnlyMemory<byte> _piece;

        /// <summary>The last record header that was read was all zeros: the stream is filled up behind its end.</summary>
        public bool OnlyPadding { get; private set; }

        /// <summary>All bytes of the record, where it is a text.</summary>
        public byte[] Body { get; private set; } = [];

        public bool Next(Span<byte> head, out int type, out int length, ref long position, out long at)
        {
            type = length = 0;
            at = position;
            Span<byte> header = stackalloc byte[4];
            if (!Take(header))
                return false;
            type = BinaryPrimitives.ReadUInt16LittleEndian(header);
            length = BinaryPrimitives.ReadUInt16LittleEndian(header[2..]);
            OnlyPadding = type == 0 && length == 0;
            var shown = Math.Min(length, head.Length);
            if (type == Text)
            {
                Body = new byte[length];
                if (!Take(Body))
                    return false;
                Body.AsSpan(0, shown).CopyTo(head);
            }
            else if (!Take(head[..shown]) || !Skip(length - shown))
                return false;
            position += 4 + length;
            return true;
        }

        private bool Take(Span<byte> into)
        {
            while (into.Length > 0)
            {
                if (_piece.Length == 0)
                {
                    if (!_pieces.MoveNext())
                        return false;
                    _piece = _pieces.Current;
                }
                var count = Math.Min(into.Length, _piece.Length);
                _piece.Span[..count].CopyTo(into);
                _piece = _piece[count..];
                into = into[count..];
            }
            return true;
        }

        private bool Skip(int count)
        {
            while (count > 0)
            {
                if (_piece.Length == 0)
                {
                    if (!_pieces.MoveNext())
                        return false;
                    _piece = _pieces.Current;
                }
                var step = Math.Min(count, _piece.Length);
                _piece = _piece[step..];
                count -= step;
            }
            return true;
        }
    }
}
