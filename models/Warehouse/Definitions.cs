using System.Security.Cryptography;
using System.Text;
using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>
/// The definitions that make the warehouse: SQL models, checks and seed tables by path (<c>core/rd_cost.sql</c>).
/// They ship inside the program; a folder of the same shape can replace or add single files.
/// </summary>
public sealed class Definitions
{
    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);

    private Definitions() { }

    /// <summary>The shipped definitions, with the files of <paramref name="overrideFolder"/> in their place where it has them.</summary>
    public static Definitions Load(string? overrideFolder = null)
    {
        var definitions = new Definitions();
        var assembly = typeof(Definitions).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("models/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            definitions._texts[name["models/".Length..]] = reader.ReadToEnd();
        }
        if (overrideFolder is not null)
            foreach (var file in Directory.EnumerateFiles(overrideFolder, "*", SearchOption.AllDirectories))
                if (file.EndsWith(".sql", StringComparison.Ordinal) || file.EndsWith(".csv", StringComparison.Ordinal))
                    definitions._texts[Path.GetRelativePath(overrideFolder, file).Replace('\\', '/')] = File.ReadAllText(file, Encoding.UTF8);
        return definitions;
    }

    /// <summary>The definitions that a release was made by, from the texts that it keeps.</summary>
    /// <param name="release">An open connection in which the release is the current database or attached under <paramref name="catalog"/>.</param>
    public static Definitions Of(DuckDBConnection release, string? catalog = null)
    {
        var definitions = new Definitions();
        foreach (var row in release.Rows($"select path, text from {(catalog is null ? "" : catalog + ".")}seed.definition"))
            definitions._texts[(string)row[0]!] = (string)row[1]!;
        return definitions;
    }

    /// <summary>These definitions with the seed tables of others, where those have them.</summary>
    public Definitions WithSeedsOf(Definitions other)
    {
        var mixed = new Definitions();
        foreach (var (path, text) in _texts)
            mixed._texts[path] = path.StartsWith("seeds/", StringComparison.Ordinal) && other._texts.TryGetValue(path, out var seed) ? seed : text;
        return mixed;
    }

    /// <summary>All files in the order of their paths.</summary>
    public IEnumerable<KeyValuePair<string, string>> Texts => _texts;

    public IEnumerable<KeyValuePair<string, string>> Under(string folder) => _texts.Where(t => t.Key.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <exception cref="DefinitionException">There is no such file.</exception>
    public string this[string path] =>
        _texts.TryGetValue(path, out var text) ? text : throw new DefinitionException(path, 1, new("缺少定义文件", "the definition file is missing"));

    /// <summary>SHA-256 over all paths and texts: two builds with the same hash used the same definitions.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, text) in _texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path + "\0"));
            hash.AppendData(Encoding.UTF8.GetBytes(text + "\0"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>A definition is wrong: who wrote the file can mend it. Ends in exit code 2 with file and line.</summary>
public sealed class DefinitionException : Refusal
{
    public DefinitionException(string path, int line, Text problem, Exception? inner = null)
        : base(problem, inner)
    {
        File = path;
        Place = line.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
