using System.Buffers.Binary;

namespace Innovation1551.Returns.Reading.Workbook;

/// <summary>The checksum of zip entries (reversed polynomial EDB88320), eight bytes a step. The framework keeps its own to itself.</summary>
internal static class Crc32
{
    private static readonly uint[][] Tables = Build();

    /// <summary>Goes on from a running value; start with 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var (t0, t1, t2, t3) = (Tables[0], Tables[1], Tables[2], Tables[3]);
        var (t4, t5, t6, t7) = (Tables[4], Tables[5], Tables[6], Tables[7]);
        crc = ~crc;
        while (bytes.Length >= 8)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = t7[low & 0xFF] ^ t6[(low >> 8) & 0xFF] ^ t5[(low >> 16) & 0xFF] ^ t4[low >> 24]
                ^ t3[high & 0xFF] ^ t2[(high >> 8) & 0xFF] ^ t1[(high >> 16) & 0xFF] ^ t0[high >> 24];
            bytes = bytes[8..];
        }
        foreach (var b in bytes) crc = t0[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[][] Build()
    {
        var tables = new uint[8][];
        for (var i = 0; i < 8; i++) tables[i] = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            var c = n;
            for (var k = 0; k < 8; k++) c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            tables[0][n] = c;
        }
        for (var n = 0; n < 256; n++)
            for (var i = 1; i < 8; i++)
                tables[i][n] = tables[0][tables[i - 1][n] & 0xFF] ^ (tables[i - 1][n] >> 8);
        return tables;
    }
}
