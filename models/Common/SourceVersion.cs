using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Innovation1551.Models;

/// <summary>
/// The version of a part of the program: a hash over its source files and the packages that it uses, which the build lists in the assembly.
/// It changes by itself whenever the code does, and is the same on every machine.
/// </summary>
public static class SourceVersion
{
    /// <param name="isMeant">Whether a room (the first folder of a path) belongs to the part; files outside all rooms are in the room "".</param>
    public static string Of(Assembly assembly, Func<string, bool> isMeant)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream("sources.txt")!, Encoding.UTF8);
        return Of(reader.ReadToEnd(), isMeant);
    }

    /// <param name="list">A line for each file, its path and hash, and for each package.</param>
    public static string Of(string list, Func<string, bool> isMeant)
    {
        var lines = list.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(l => l.Replace('\\', '/'))
            .Where(l => Room(l) == "package" || isMeant(Room(l)))
            .Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    private static string Room(string line) => line.IndexOf('/', StringComparison.Ordinal) is > 0 and var end ? line[..end] : "";
}
