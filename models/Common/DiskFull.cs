using System.Globalization;

namespace Innovation1551.Models;

/// <summary>Tells a full disk, or a limit on the size of files, from other faults of reading and writing.</summary>
public static class DiskFull
{
    // .NET words EFBIG as an argument out of range.
    private static readonly string[] Signs =
    [
        "No space left on device",
        "Disk quota exceeded",
        "File too large",
        "file length was too large",
        "Could not write all bytes",
        "There is not enough space on the disk",
        "disk full",
        "Could not truncate file",
    ];

    /// <summary>What is said where the room is seen to be too small before it is used up.</summary>
    public static string Foreseen(long needed, long free) =>
        string.Create(CultureInfo.InvariantCulture, $"No space left on device: {needed:N0} bytes to write, {free:N0} free");

    /// <summary>True where the exception or one that caused it says so; .NET and DuckDB each word it in their own way.</summary>
    public static bool Is(Exception? e) =>
        e switch
        {
            null => false,
            AggregateException many => many.InnerExceptions.Any(Is),
            _ => Signs.Any(s => e.Message.Contains(s, StringComparison.OrdinalIgnoreCase)) || Is(e.InnerException),
        };
}
