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
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, (uint Start, long Length)> _streams = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<uint, byte[]> _tableCache = [];
    private (uint Start, long Length) _miniStream;
    private readonly uint _miniTable;

    private OleContainer(FileStream file, byte[] header)
    {
        _file = file;
        _sectorBytes = 1 << BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
        _miniTable = U32(header, 60);
        for (var i = 0; i < 109; i++)
            AddTable(U32(header, 76 + i * 4));
        // Beyond seven megabytes the list of tables goes on in sectors of its own.
        var list = U32(header, 68);
        var perList = _sectorBytes / 4 - 1;
        for (var count = 0; list < LastSector && count < 1024 && Sector(list) is { } bytes; count++)
        {
            for (var i = 0; i < perList; i++)
                AddTable(U32(bytes, i * 4));
            list = U32(bytes, perList * 4);
        }
        foreach (var sector in Chain(U32(header, 48)))
            if (Sector(sector) is { } bytes)
                ReadEntries(bytes);
        foreach (var entry in AtTheRoot())
            _streams.TryAdd(entry.Name, (entry.Start, entry.Length));
    }

    /// <summary>An entry of the directory; left, right and child are the numbers of others, in a tree.</summary>
    private readonly record struct Entry(string Name, byte Type, uint Left, uint Right, uint Child, uint Start, long Length);

    /// <summary>Streams and storages at the root: what is embedded below says nothing of what the file is.</summary>
    public IReadOnlyCollection<string> Names => _streams.Keys;

    /// <summary>The stated length of a stream; 0 when there is none.</summary>
    public long Length(string name) => _streams.TryGetValue(name, out var stream) ? stream.Length : 0;

    /// <summary>The container; null when its header is broken.</summary>
    public static OleContainer? Open(FileStream file)
    {
        var header = new byte[512];
        file.Position = 0;
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            return null;
        return BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30)) is 9 or 12 ? new OleContainer(file, header) : null;
    }

    /// <summary>A stream's bytes in pieces, in order; what cannot be reached is left out.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Read(string name)
    {
        if (!_streams.TryGetValue(name, out var stream))
            yield break;
        var left = stream.Length;
        if (left < 4096)
        {
            foreach (var piece in ReadMini(stream))
                yield return piece;
            yield break;
        }
        foreach (var sector in Chain(stream.Start))
        {
            if (left <= 0 || Sector(sector) is not { } bytes)
                yield break;
            yield return bytes.AsMemory(0, (int)Math.Min(left, bytes.Length));
            left -= bytes.Length;
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> ReadMini((uint Start, long Length) stream)
    {
        var container = new List<uint>(Chain(_miniStream.Start));
        var table = new List<byte[]>();
        foreach (var sector in Chain(_miniTable))
            if (Sector(sector) is { } bytes)
                table.Add(bytes);
        var (at, left) = (stream.Start, stream.Length);
        var perTable = (uint)_sectorBytes / 4;
        for (var count = 0; at < LastSector && left > 0 && count < 4096; count++)
        {
            var position = at * 64L;
            var index = (int)(position / _sectorBytes);
            if (index >= container.Count || Sector(container[index]) is not { } bytes)
                yield break;
            yield return bytes.AsMemory((int)(position % _sectorBytes), (int)Math.Min(left, 64));
            left -= 64;
            if (at / perTable >= table.Count)
                yield break;
            at = U32(table[(int)(at / perTable)], (int)(at % perTable) * 4);
        }
    }

    private void ReadEntries(byte[] bytes)
    {
        for (var at = 0; at + EntryBytes <= bytes.Length; at += EntryBytes)
        {
            var entry = bytes.AsSpan(at, EntryBytes);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]);
            // 1 is a storage, 2 a stream, 5 the root; the name's length counts its closing zero. Unused entries are counted too.
            var used = entry[66] is 1 or 2 or 5 && length is >= 2 and <= 64;
            var read = new Entry(
                used ? Encoding.Unicode.GetString(entry[..(length - 2)]) : "",
                used ? entry[66] : (byte)0,
                U32(bytes, at + 68),
                U32(bytes, at + 72),
                U32(bytes, at + 76),
                U32(bytes, at + 116),
                U32(bytes, at + 120)
            );
            if (read.Type == 5)
                _miniStream = (read.Start, read.Length);
            _entries.Add(read);
        }
    }

    /// <summary>The entries below the root; all of them where the tree is broken, so that a damaged file is still told by what it holds.</summary>
    private IEnumerable<Entry> AtTheRoot()
    {
        var found = new List<Entry>();
        var seen = new HashSet<uint>();
        var open = new Stack<uint>();
        if (_entries.Count > 0 && _entries[0].Type == 5)
            open.Push(_entries[0].Child);
        while (open.TryPop(out var at))
        {
            if (at >= _entries.Count || !seen.Add(at) || _entries[(int)at] is not { Type: 1 or 2 } entry)
                continue;
            found.Add(entry);
            open.Push(entry.Right);
            open.Push(entry.Left);
        }
        return found.Count > 0 ? found : _entries.Where(e => e.Type > 0);
    }

    private IEnumerable<uint> Chain(uint sector)
    {
        var most = _file.Length / _sectorBytes + 1;
        for (long count = 0; sector < LastSector && count < most; count++)
        {
            yield return sector;
            var perTable = (uint)_sectorBytes / 4;
            var table = sector / perTable;
            if (table >= _tables.Count)
                yield break;
            if (!_tableCache.TryGetValue(table, out var bytes))
            {
                if (Sector(_tables[(int)table]) is not { } read)
                    yield break;
                _tableCache[table] = bytes = read;
            }
            sector = U32(bytes, (int)(sector % perTable) * 4);
        }
    }

    private byte[]? Sector(uint sector)
    {
        var position = ((long)sector + 1) * _sectorBytes;
        if (position >= _file.Length)
            return null;
        var bytes = new byte[_sectorBytes];
        _file.Position = position;
        _file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes;
    }

    private void AddTable(uint sector)
    {
        if (sector < LastSector)
            _tables.Add(sector);
    }

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
