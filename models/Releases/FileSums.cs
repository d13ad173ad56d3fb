using System.Text;

namespace Innovation1551.Models.Releases;

/// <summary>SHA256SUMS in the format of coreutils: <c>sha256sum -c SHA256SUMS</c> checks a folder without this program.</summary>
public static class FileSums
{
    public const string Name = "SHA256SUMS";

    private const int HexDigits = 64;

    /// <summary>The list, in the order of the names.</summary>
    public static string Of(IEnumerable<(string Name, string Sha256)> files) =>
        string.Concat(files.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Sha256}  {f.Name}\n"));

    /// <summary>Writes the list over every file of a folder.</summary>
    public static void Write(string folder) =>
        File.WriteAllText(
            Path.Combine(folder, Name),
            Of(Directory.EnumerateFiles(folder).Select(f => (Path.GetFileName(f), FileHash.Of(f)))),
            new UTF8Encoding(false)
        );

    /// <summary>What in a folder is not as its list says: changed, missing, or not in it.</summary>
    public static IReadOnlyList<Text> Faults(string folder)
    {
        var list = Path.Combine(folder, Name);
        if (!File.Exists(list))
            return [new($"{folder} 缺少 {Name}", $"{folder} has no {Name}")];
        var faults = new List<Text>();
        var known = new HashSet<string>([Name], StringComparer.Ordinal);
        foreach (var line in File.ReadLines(list))
        {
            // Whoever changes a list may have written anything into it: only plain names are looked at.
            if (line.Length <= HexDigits + 2 || Path.GetFileName(line[(HexDigits + 2)..]) != line[(HexDigits + 2)..])
            {
                faults.Add(new($"{list} 有一行无法读取", $"a line of {list} cannot be read"));
                continue;
            }
            var (sha256, name) = (line[..HexDigits], line[(HexDigits + 2)..]);
            known.Add(name);
            var file = Path.Combine(folder, name);
            if (!File.Exists(file))
                faults.Add(new($"{folder} 缺少文件 {name}", $"{folder}: the file {name} is missing"));
            else if (FileHash.Of(file) != sha256)
                faults.Add(new($"{folder} 的文件 {name} 已变", $"{folder}: the file {name} is not what was published"));
        }
        foreach (
            var stray in Directory
                .EnumerateFileSystemEntries(folder)
                .Select(e => Path.GetFileName(e))
                .Where(n => !known.Contains(n))
                .Order(StringComparer.Ordinal)
        )
            faults.Add(new($"{folder} 的 {ReleaseFolder.Shown(stray)} 不在 {Name} 中", $"{folder}: {ReleaseFolder.Shown(stray)} is not in {Name}"));
        return faults;
    }
}
