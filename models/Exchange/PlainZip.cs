using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Innovation1551.Models.Exchange;

/// <summary>
/// Writes a zip archive whose bytes depend on its content alone. The framework's own writer puts the clock and the
/// operating system into every entry; this one fixes both, and stores entries as they are unless told to compress,
/// because what deflate makes of the same input differs between processors.
/// </summary>
public sealed class PlainZip(Stream stream, bool compress) : IDisposable
{
    private const uint LocalHeader = 0x04034b50,
        CentralHeader = 0x02014b50,
        EndOfDirectory = 0x06054b50;

    /// <summary>1980-01-01, the zero of zip's calendar.</summary>
    private const ushort Date = 0x0021;
    private const ushort NamesAreUtf8 = 0x0800;

    private readonly List<Entry> _entries = [];
    private uint _position;

    private readonly record struct Entry(byte[] Name, uint Crc, uint Packed, uint Length, uint Offset);

    public void Add(string name, ReadOnlySpan<byte> content)
    {
        var packed = compress ? Deflate(content) : content;
        var entry = new Entry(Encoding.UTF8.GetBytes(name), Crc32.HashToUInt32(content), (uint)packed.Length, (uint)content.Length, _position);
        Span<byte> head = stackalloc byte[30];
        BinaryPrimitives.WriteUInt32LittleEndian(head, LocalHeader);
        Common(head[4..], entry);
        BinaryPrimitives.WriteUInt16LittleEndian(head[28..], 0);
        Write(head);
        Write(entry.Name);
        Write(packed);
        _entries.Add(entry);
    }

    public void Dispose()
    {
        var start = _position;
        Span<byte> head = stackalloc byte[46];
        foreach (var entry in _entries)
        {
            head.Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(head, CentralHeader);
            BinaryPrimitives.WriteUInt16LittleEndian(head[4..], 20);
            Common(head[6..], entry);
            BinaryPrimitives.WriteUInt32LittleEndian(head[42..], entry.Offset);
            Write(head);
            Write(entry.Name);
        }
        Span<byte> end = stackalloc byte[22];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, EndOfDirectory);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)_entries.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)_entries.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], _position - start);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], start);
        Write(end);
    }

    /// <summary>The fields that local and central headers share, from "version needed" to "name length".</summary>
    private void Common(Span<byte> at, Entry entry)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(at, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], NamesAreUtf8);
        BinaryPrimitives.WriteUInt16LittleEndian(at[4..], (ushort)(compress ? 8 : 0));
        BinaryPrimitives.WriteUInt16LittleEndian(at[6..], 0);
        BinaryPrimitives.WriteUInt16LittleEndian(at[8..], Date);
        BinaryPrimitives.WriteUInt32LittleEndian(at[10..], entry.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(at[14..], entry.Packed);
        BinaryPrimitives.WriteUInt32LittleEndian(at[18..], entry.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(at[22..], (ushort)entry.Name.Length);
    }

    private static ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(content);
        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        _position = checked(_position + (uint)bytes.Length);
    }
}
