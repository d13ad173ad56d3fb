using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Innovation1551.Returns.Reading.Workbook;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Child;

/// <summary>Arrow IPC, file and stream. Runs in the child process only.</summary>
internal static class ArrowRows
{
    public static void Write(string path, RowWriter output)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var magic = new byte[6];
        file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        ArrowByteOrder.DemandLittleEndian(file);
        file.Position = 0;
        var codecs = new Apache.Arrow.Compression.CompressionCodecFactory();
        using ArrowStreamReader reader = magic.AsSpan().SequenceEqual("ARROW1"u8) ? new ArrowFileReader(file, codecs) : new ArrowStreamReader(file, codecs);
        var headed = false;
        while (reader.ReadNextRecordBatch() is { } batch)
        {
            using (batch)
            {
                if (!headed)
                    output.Columns(batch.Schema.FieldsList.Select(f => f.Name));
                headed = true;
                // The length of a batch and those of its columns are written apart; in a damaged file the batch may claim millions of rows.
                if (batch.ColumnCount == 0 && batch.Length > 0 || batch.Arrays.Any(a => a.Length != batch.Length))
                    throw new InvalidDataException("a column has another number of rows than its batch");
                for (var row = 0; row < batch.Length; row++)
                {
                    output.StartRow();
                    for (var column = 0; column < batch.ColumnCount; column++)
                        Cell(output, batch.Column(column), row);
                    output.EndRow();
                }
            }
        }
        if (!headed)
            output.Columns(reader.Schema?.FieldsList.Select(f => f.Name) ?? []);
    }

    private static void Cell(RowWriter output, IArrowArray array, int row)
    {
        if (array.IsNull(row))
        {
            output.Cell(CellKind.Blank, null);
            return;
        }
        if (array is DictionaryArray dictionary)
        {
            var index = Convert.ToInt32(Integer(dictionary.Indices, row), CultureInfo.InvariantCulture);
            if (index < 0 || index >= dictionary.Dictionary.Length)
                throw new InvalidDataException("a dictionary index is out of range");
            Cell(output, dictionary.Dictionary, index);
            return;
        }
        var (kind, text) = Read(array, row);
        output.Cell(kind, text);
    }

    private static (CellKind, string) Read(IArrowArray array, int row) =>
        array switch
        {
            StringArray a => (CellKind.Text, a.GetString(row) ?? ""),
            LargeStringArray a => (CellKind.Text, a.GetString(row) ?? ""),
            StringViewArray a => (CellKind.Text, a.GetString(row) ?? ""),
            BooleanArray a => (CellKind.Boolean, a.GetValue(row)!.Value ? "TRUE" : "FALSE"),
            DoubleArray a => Binary(a.GetValue(row)!.Value),
            FloatArray a => (CellKind.Number, a.GetValue(row)!.Value.ToString("R", CultureInfo.InvariantCulture)),
            Decimal128Array a => (CellKind.Number, a.GetString(row) ?? ""),
            Decimal256Array a => (CellKind.Number, a.GetString(row) ?? ""),
            Date32Array a => (CellKind.Date, a.GetDateTime(row)!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            Date64Array a => (CellKind.Date, a.GetDateTime(row)!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            TimestampArray a => Moment(a, row),
            Int8Array or Int16Array or Int32Array or Int64Array or UInt8Array or UInt16Array or UInt32Array or UInt64Array => (
                CellKind.Number,
                Convert.ToString(Integer(array, row), CultureInfo.InvariantCulture)!
            ),
            BinaryArray a => (CellKind.Text, Convert.ToHexString(a.GetBytes(row))),
            _ => throw new UnreadTypeException(array.Data.DataType.Name),
        };

    private static object Integer(IArrowArray array, int row) =>
        array switch
        {
            Int8Array a => a.GetValue(row)!.Value,
            Int16Array a => a.GetValue(row)!.Value,
            Int32Array a => a.GetValue(row)!.Value,
            Int64Array a => a.GetValue(row)!.Value,
            UInt8Array a => a.GetValue(row)!.Value,
            UInt16Array a => a.GetValue(row)!.Value,
            UInt32Array a => a.GetValue(row)!.Value,
            UInt64Array a => a.GetValue(row)!.Value,
            _ => throw new UnreadTypeException(array.Data.DataType.Name),
        };

    private static (CellKind, string) Binary(double value) =>
        double.IsFinite(value) ? (CellKind.Number, StoredNumber.Shown(value)) : (CellKind.Text, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Moments on a whole second and without a zone are dates; others stay text, with all that they say.</summary>
    private static (CellKind, string) Moment(TimestampArray array, int row)
    {
        var moment = array.GetTimestamp(row)!.Value;
        var zone = ((TimestampType)array.Data.DataType).Timezone;
        return zone is null && moment.Ticks % TimeSpan.TicksPerSecond == 0
            ? (CellKind.Date, SerialDate.Iso(moment.UtcDateTime))
            : (CellKind.Text, moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + (zone is null ? "" : " UTC"));
    }
}
