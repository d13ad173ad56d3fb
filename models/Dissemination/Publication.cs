using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Innovation1551.Models.Dissemination.Sdmx;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Signing;

namespace Innovation1551.Models.Dissemination;

/// <summary>What publishing did.</summary>
/// <param name="Folder">Where the data lie.</param>
/// <param name="IsNew">False where they lay there whole.</param>
/// <param name="Damage">What was wrong with those that lay there before; they were made again.</param>
public sealed record Published(string Folder, bool IsNew, int Files, long Bytes, IReadOnlyList<Text> Damage);

/// <summary>
/// Data of releases for others: under a folder one for each format, in that one for each release, and CURRENT, which names the release in
/// force. A folder is made aside and put in its place whole; one that stands there is never changed. No file of it has a time or a place in it.
/// </summary>
public static class Publication
{
    private const string Pointer = "CURRENT";

    public static IReadOnlyList<string> Formats { get; } = ["parquet", "sdmx"];

    public static string Folder(string root, string format, string release) => Path.Combine(root, format, release);

    /// <summary>Publishes a release, unless it lies there whole.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="root">The folder of published data.</param>
    /// <param name="isInForce">The release is the one in force: CURRENT is turned to it.</param>
    /// <exception cref="DisseminationException">What was written is not what the release has; what was published before stands as it was.</exception>
    public static Published Make(
        DuckDBConnection release,
        Manifest manifest,
        string format,
        string root,
        bool isInForce,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel
    )
    {
        var folder = Folder(root, format, manifest.Id);
        WholeFolder.Heal(folder);
        var damage = Directory.Exists(folder) ? FileSums.Faults(folder) : null;
        var isNew = damage is not { Count: 0 };
        if (isNew)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            WholeFolder.Write(
                folder,
                aside =>
                {
                    if (format == "parquet")
                        ParquetData.Write(release, manifest, aside, progress, cancel);
                    else
                        SdmxData.Write(release, manifest, aside, progress, cancel);
                    DisseminationJson.Write(Path.Combine(aside, ReleaseFolder.ManifestName), About(release, manifest));
                    FileSums.Write(aside);
                    return aside;
                }
            );
        }
        if (isInForce)
            Turn(Path.Combine(root, format, Pointer), manifest.Id);
        var files = new DirectoryInfo(folder).GetFiles();
        return new(folder, isNew, files.Length, files.Sum(f => f.Length), damage ?? []);
    }

    /// <summary>What is wrong with the data published of a release, in any format.</summary>
    public static IReadOnlyList<Text> Faults(string root, string release) =>
        [.. Formats.Select(f => Folder(root, f, release)).Where(Directory.Exists).SelectMany(FileSums.Faults)];

    private static void Turn(string pointer, string release)
    {
        if (!File.Exists(pointer) || File.ReadAllText(pointer) != release + "\n")
            WholeFile.Write(pointer, s => s.Write(Encoding.ASCII.GetBytes(release + "\n")));
    }

    /// <summary>The release's manifest without what differs from one build to the next: when it was built, and the bytes of its DuckDB file.</summary>
    internal static JsonObject About(DuckDBConnection release, Manifest manifest)
    {
        var figures = FigureTree.Figures(release);
        var about = new JsonObject
        {
            ["release"] = manifest.Id,
            ["is_synthetic"] = manifest.IsSynthetic,
            ["input_hash"] = manifest.InputHash,
            ["definition_hash"] = manifest.DefinitionHash,
            ["reader_version"] = manifest.ReaderVersion,
            ["content_hash"] = manifest.ContentHash,
            ["figures"] = new JsonObject { ["count"] = figures.Count, ["root"] = Edition.Hex(FigureTree.Root([.. figures.Select(f => f.Line)])) },
            ["tables"] = new JsonObject(manifest.Tables.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)JsonValue.Create(t.Value)))),
            ["inputs"] = DisseminationJson.Array(
                manifest
                    .Inputs.OrderBy(i => i.Sha256, StringComparer.Ordinal)
                    .Select(i => new JsonObject
                    {
                        ["name"] = i.Name,
                        ["sha256"] = i.Sha256,
                        ["bytes"] = i.Bytes,
                    })
            ),
        };
        if (manifest.Withdrawn is { } withdrawn)
            about["withdrawn"] = DisseminationJson.Array(
                withdrawn
                    .OrderBy(w => w.Sha256, StringComparer.Ordinal)
                    .Select(w => new JsonObject
                    {
                        ["name"] = w.Name,
                        ["sha256"] = w.Sha256,
                        ["why"] = w.Why,
                        ["at"] = w.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                    })
            );
        return about;
    }
}
