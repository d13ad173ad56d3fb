using System.Buffers.Binary;
using System.Text;

namespace Innovation1551.Returns.Reading.Legacy;

/// <summary>
/// An OLE container, read as far as telling an .xls from an encrypted workbook or a Word document needs, and for looking at the records
/// of a workbook. Sector chains are followed with a bound, because in damaged files they run in circles.
/// </summary>
internal sealed class OleContainer
{
    private const int EntryBytes = 128;
    private const uint LastSector = 0xFFFF_FFFA;

    private readonly FileStream _file;
    private readonly int _sectorBytes;
    private readonly List<uint> _tables = [];
    private readonly Dictionary<string, (uint Start, long Length)> _streams = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<uint, byte[]> _tableCache = [];
    private (uint Start, long Length) _miniStream;
    private readonly uint _miniTable;

    private OleContainer(FileStream file, byte[] header)
    {
        _file = file;
        _sectorBytes = 1 << BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
        _miniTable = U32(header, 60);
        for (var i = 0; i < 109; i++) AddTable(U32(header, 76 + i * 4));
        // Beyond seven megabytes the list of tables goes on in sectors of its own.
        var list = U32(header, 68);
        var perList = _sectorBytes / 4 - 1;
        for (var count = 0; list < LastSector && count < 1024 && Sector(list) is { } bytes; count++)
        {
            for (var i = 0; i < perList; i++) AddTable(U32(bytes, i * 4));
            list = U32(bytes, perList * 4);
        }
        foreach (var sector in Chain(U32(header, 48)))
            if (Sector(sector) is { } bytes) ReadEntries(bytes);
    }

    public IReadOnlyCollection<string> Names => _streams.Keys;

    /// <summary>The container; null when its header is broken.</summary>
    public static OleContainer? Open(FileStream file)
    {
        var header = new byte[512];
        file.Position = 0;
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length) return null;
        return BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30)) is 9 or 12 ? new OleContainer(file, header) : null;
    }

    /// <summary>A stream's bytes in pieces, in order; what cannot be reached is left out.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Read(string name)
    {
        if (!_streams.TryGetValue(name, out var stream)) yield break;
        var left = stream.Length;
        if (left < 4096)
        {
            foreach (var piece in ReadMini(stream)) yield return piece;
            yield break;
        }
        foreach (var sector in Chain(stream.Start))
        {
            if (left <= 0 || Sector(sector) is not { } bytes) yield break;
            yield return bytes.AsMemory(0, (int)Math.Min(left, bytes.Length));
            left -= bytes.Length;
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> ReadMini((uint Start, long Length) stream)
    {
        var container = new List<uint>(Chain(_miniStream.Start));
        var table = new List<byte[]>();
        foreach (var sector in Chain(_miniTable))
            if (Sector(sector) is { } bytes) table.Add(bytes);
        var (at, left) = (stream.Start, stream.Length);
        var perTable = (uint)_sectorBytes / 4;
        for (var count = 0; at < LastSector && left > 0 && count < 4096; count++)
        {
            var position = at * 64L;
            var index = (int)(position / _sectorBytes);
            if (index >= container.Count || Sector(container[index]) is not { } bytes) yield break;
            yield return bytes.AsMemory((int)(position % _sectorBytes), (int)Math.Min(left, 64));
            left -= 64;
            if (at / perTable >= table.Count) yield break;
            at = U32(table[(int)(at / perTable)], (int)(at % perTable) * 4);
        }
    }

    private void ReadEntries(byte[] bytes)
    {
        for (var at = 0; at + EntryBytes <= bytes.Length; at += EntryBytes)
        {
            var entry = bytes.AsSpan(at, EntryBytes);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]);
            // 1 is a storage, 2 a stream, 5 the root; the name's length counts its closing zero.
            if (entry[66] is not (1 or 2 or 5) || length is < 2 or > 64) continue;
            var where = (U32(bytes, at + 116), (long)U32(bytes, at + 120));
            if (entry[66] == 5) _miniStream = where;
            _streams.TryAdd(Encoding.Unicode.GetString(entry[..(length - 2)]), where);
        }
    }

    private IEnumerable<uint> Chain(uint sector)
    {
        var most = _file.Length / _sectorBytes + 1;
        for (long count = 0; sector < LastSector && count < most; count++)
        {
            yield return sector;
            var perTable = (uint)_sectorBytes / 4;
            var table = sector / perTable;
            if (table >= _tables.Count) yield break;
            if (!_tableCache.TryGetValue(table, out var bytes))
            {
                if (Sector(_tables[(int)table]) is not { } read) yield break;
                _tableCache[table] = bytes = read;
            }
            sector = U32(bytes, (int)(sector % perTable) * 4);
        }
    }

    private byte[]? Sector(uint sector)
    {
        var position = ((long)sector + 1) * _sectorBytes;
        if (position >= _file.Length) return null;
        var bytes = new byte[_sectorBytes];
        _file.Position = position;
        _file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes;
    }

    private void AddTable(uint sector)
    {
        if (sector < LastSector) _tables.Add(sector);
    }

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
