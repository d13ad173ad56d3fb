using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Innovation1551.Models.Releases;

/// <summary>
/// What the system says of a file without reading it. The time of change moves with every write, rename, link and change of mode or
/// of times, and no program can set it: a file whose stamp is the same has not been written to.
/// </summary>
/// <param name="Modified">Nanoseconds since 1970; <paramref name="Changed"/> likewise.</param>
public readonly partial record struct FileStamp(ulong Device, ulong Inode, long Bytes, long Modified, long Changed)
{
    private const int WorkingFolder = -100,
        NoFollow = 0x100,
        Basics = 0x7ff,
        RegularFile = 0x8000,
        TypeBits = 0xf000;

    /// <summary>The stamp of a regular file, links not followed; null where there is none or the system does not tell: then nothing is remembered.</summary>
    public static FileStamp? Of(string path) =>
        OperatingSystem.IsLinux() && Look(path) is { } s && IsRegular(s)
            ? new FileStamp((ulong)U32(s, 136) << 32 | U32(s, 140), U64(s, 32), (long)U64(s, 40), Nanoseconds(s, 112), Nanoseconds(s, 96))
            : null;

    /// <summary>Whether only this user can have written the file: it is his, a regular file under one name, and nobody else may write it.</summary>
    [SupportedOSPlatform("linux")]
    internal static bool IsOnlyMine(string path) =>
        Look(path) is { } s && IsRegular(s) && U32(s, 16) == 1 && U32(s, 20) == EffectiveUser() && (Mode(s) & 0x3f) == 0;

    /// <summary>False for links, folders, pipes and devices: reading one may never end.</summary>
    public static bool IsRegular(string path) =>
        OperatingSystem.IsLinux() ? Look(path) is { } s && IsRegular(s) : new FileInfo(path) is { Exists: true, LinkTarget: null };

    /// <summary>The same for the same stamp, and for no other.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Device:x}:{Inode:x}:{Bytes:x}:{Modified:x}:{Changed:x}");

    private static byte[]? Look(string path)
    {
        var buffer = new byte[256];
        return StatX(WorkingFolder, path, NoFollow, Basics, buffer) == 0 ? buffer : null;
    }

    private static bool IsRegular(byte[] s) => (Mode(s) & TypeBits) == RegularFile;

    private static int Mode(byte[] s) => BinaryPrimitives.ReadUInt16LittleEndian(s.AsSpan(28));

    private static uint U32(byte[] s, int at) => BinaryPrimitives.ReadUInt32LittleEndian(s.AsSpan(at));

    private static ulong U64(byte[] s, int at) => BinaryPrimitives.ReadUInt64LittleEndian(s.AsSpan(at));

    private static long Nanoseconds(byte[] s, int at) => (long)U64(s, at) * 1_000_000_000 + U32(s, at + 8);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int StatX(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] buffer);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();
}
