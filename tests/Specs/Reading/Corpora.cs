using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>Files written by others, kept beside the repository. Specs that need them are skipped where they are not.</summary>
internal static class Corpora
{
    private static readonly string? Shared = FindShared();

    /// <summary>A path in the shared folder; skips the spec when it is not there.</summary>
    public static string Path(params string[] parts)
    {
        Assert.SkipWhen(Shared is null, "the shared corpora are not beside this repository");
        var path = System.IO.Path.Combine([Shared!, .. parts]);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"{string.Join('/', parts)} is not among the shared files");
        return path;
    }

    public static IEnumerable<string> Files(string folder, params string[] endings) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => endings.Length == 0 || endings.Any(e => f.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal);

    /// <summary>Every row of every sheet, as lists of fields with blanks as empty text.</summary>
    public static List<List<string>> Records(Document document)
    {
        var records = new List<List<string>>();
        foreach (var sheet in document.Sheets())
        foreach (var row in sheet.Rows())
            records.Add(Fields(row));
        return records;
    }

    public static List<string> Fields(Row row)
    {
        var width = Math.Max(row.Fields, row.Cells.Count == 0 ? 0 : row.Cells[^1].Column);
        var fields = Enumerable.Repeat("", width).ToList();
        foreach (var cell in row.Cells)
            fields[cell.Column - 1] = cell.Text;
        return fields;
    }

    private static string? FindShared()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(folder.FullName, "Innovation1551.Analytics.sln")))
                continue;
            var shared = System.IO.Path.Combine(folder.Parent?.FullName ?? "", "shared");
            return Directory.Exists(shared) ? shared : null;
        }
        return null;
    }
}

/// <summary>A folder for the files of one spec, gone afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("reading-").FullName;
    public string this[string name] => System.IO.Path.Combine(Root, name);

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
