using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Releases;

/// <summary>
/// The folder of a release: the warehouse, the manifest, the pages named in it, and SHA256SUMS over them all (the format of coreutils:
/// <c>sha256sum -c SHA256SUMS</c> checks a release without this program). Nothing else may stand there.
/// </summary>
public static partial class ReleaseFolder
{
    public const string ManifestName = "manifest.json";
    public const string SumsName = FileSums.Name;

    private const long MostBytesOfManifest = 256 << 20;

    /// <summary>Whether a text is the name of a release and nothing else: no path, no blank, no other script's digits.</summary>
    public static bool IsId(string text) => Id().IsMatch(text);

    /// <summary>Writes the manifest and the sums. Nothing in the folder changes after that.</summary>
    public static void Seal(string folder, Manifest manifest)
    {
        var json = (manifest with { Format = Manifest.Sealed }).ToJson();
        File.WriteAllBytes(Path.Combine(folder, ManifestName), json);
        FaultPoint.Reach("manifest.written");
        File.WriteAllText(Path.Combine(folder, SumsName), Sums(manifest, json), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        FaultPoint.Reach("sums.written");
    }

    /// <summary>The manifest, where it is the one that was sealed.</summary>
    /// <exception cref="ReleaseException">It was changed, is damaged, or names what does not belong there.</exception>
    public static Manifest Sealed(string folder, string id)
    {
        var faults = new List<Text>();
        return Read(folder, id, faults) is { } manifest && faults.Count == 0 ? manifest : throw Refusal(id, null, faults);
    }

    /// <summary>What in a release is not as its manifest says, without opening the warehouse.</summary>
    /// <param name="id">The identifier that the release should have; null for whatever its manifest says.</param>
    /// <param name="digest">SHA-256 of a file, computed or remembered.</param>
    /// <param name="faults">Takes what is wrong; none where the release may be opened.</param>
    /// <returns>The manifest; null where it cannot be read.</returns>
    public static Manifest? Inspect(string folder, string? id, Func<string, string> digest, List<Text> faults)
    {
        var manifest = Read(folder, id, faults);
        HashSet<string> known = [ManifestName, SumsName, .. Files(manifest).Select(f => f.Name)];
        foreach (var path in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (name.Contains(".wal", StringComparison.OrdinalIgnoreCase))
                faults.Add(
                    new(
                        $"旁有日志文件 {Shown(name)}，打开时会被重放，可能是伪造的；请移走",
                        $"a write-ahead log {Shown(name)} lies beside it; it would be replayed on opening and may be forged; take it away"
                    )
                );
            else if (manifest is not null && !known.Contains(name))
                faults.Add(new($"清单中没有文件 {Shown(name)}；请移走", $"the file {Shown(name)} is not in the manifest; take it away"));
        }
        foreach (var file in Files(manifest))
        {
            var path = Path.Combine(folder, file.Name);
            if (!File.Exists(path))
                faults.Add(new($"缺少文件 {file.Name}", $"the file {file.Name} is missing"));
            else if (!FileStamp.IsRegular(path))
                faults.Add(new($"{file.Name} 不是普通文件", $"{file.Name} is a link or no regular file"));
            else
                Compare(path, file, digest, faults);
        }
        return manifest;
    }

    /// <summary>Says that a release is not used, why, and what to do.</summary>
    public static ReleaseException Refusal(string id, Manifest? manifest, IReadOnlyList<Text> faults)
    {
        var (zh, en) = manifest is null
            ? (
                "innovation build 会由收到的文件重建最新版本；较早的版本请从备份恢复其文件夹",
                "innovation build makes the newest release again from the files received; an older one comes back with its folder from a backup"
            )
            : ($"innovation build --as-of {id} 会由收到的文件重建", $"innovation build --as-of {id} makes it again from the files received");
        return new(
            new(
                $"发布版本 {id} 与发布时不同，未使用：{string.Join("；", faults.Select(f => f.Zh))}。{zh}",
                $"release {id} is not what was published and is not used: {string.Join("; ", faults.Select(f => f.En))}. {en}"
            )
        );
    }

    /// <summary>A name without what could move the cursor or turn the line.</summary>
    internal static string Shown(string name) =>
        string.Concat(name.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? '·' : c));

    private static void Compare(string path, ManifestInput file, Func<string, string> digest, List<Text> faults)
    {
        try
        {
            var bytes = new FileInfo(path).Length;
            if (bytes != file.Bytes)
                faults.Add(new($"{file.Name} 应为 {file.Bytes} 字节，实为 {bytes}", $"{file.Name} should have {file.Bytes} bytes and has {bytes}"));
            if (digest(path) is var found && found != file.Sha256)
                faults.Add(
                    new($"{file.Name} 的 SHA-256 应为 {file.Sha256}，实为 {found}", $"the SHA-256 of {file.Name} should be {file.Sha256} and is {found}")
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(new($"{file.Name} 无法读取：{e.Message}", $"{file.Name} cannot be read: {e.Message}"));
        }
    }

    /// <summary>The files beside the manifest, each with what it should be.</summary>
    private static IEnumerable<ManifestInput> Files(Manifest? manifest) =>
        manifest is null ? [] : [new(manifest.WarehouseFile, manifest.WarehouseSha256, manifest.WarehouseBytes), .. manifest.Pages ?? []];

    private static string Sums(Manifest manifest, byte[] json) =>
        FileSums.Of(Files(manifest).Select(f => (f.Name, f.Sha256)).Append((ManifestName, Convert.ToHexStringLower(SHA256.HashData(json)))));

    private static Manifest? Read(string folder, string? id, List<Text> faults)
    {
        byte[] json;
        string? sums = null;
        var (path, sumsPath) = (Path.Combine(folder, ManifestName), Path.Combine(folder, SumsName));
        try
        {
            foreach (var file in (string[])[path, .. File.Exists(sumsPath) ? [sumsPath] : (string[])[]])
                if (!FileStamp.IsRegular(file) || new FileInfo(file).Length > MostBytesOfManifest)
                {
                    faults.Add(
                        new($"{Path.GetFileName(file)} 不是普通文件或过大", $"{Path.GetFileName(file)} is missing, a link, no regular file or too large")
                    );
                    return null;
                }
            json = File.ReadAllBytes(path);
            if (File.Exists(sumsPath))
                sums = File.ReadAllText(sumsPath, Encoding.Latin1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(new($"清单 {ManifestName} 无法读取：{e.Message}", $"{ManifestName} cannot be read: {e.Message}"));
            return null;
        }
        Manifest manifest;
        try
        {
            manifest = Manifest.Parse(json);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or DecoderFallbackException)
        {
            faults.Add(new($"清单 {ManifestName} 已损坏：{Shown(e.Message)}", $"{ManifestName} is damaged: {Shown(e.Message)}"));
            return null;
        }
        if (id is not null && manifest.Id != id)
            faults.Add(new($"清单写的是 {Shown(manifest.Id)}，应为 {id}", $"the manifest says {Shown(manifest.Id)} instead of {id}"));
        // What is not a plain name could lead out of the folder.
        var strange = Files(manifest)
            .Where(f => !PlainName().IsMatch(f.Name) || !Digest().IsMatch(f.Sha256) || f.Bytes < 0 || f.Name is ManifestName or SumsName)
            .Select(f => Shown(f.Name))
            .ToList();
        if (!IsId(manifest.Id) || manifest.WarehouseFile != $"wh-{manifest.Id}.duckdb")
            strange.Add(Shown(manifest.WarehouseFile));
        if (strange.Count > 0)
        {
            faults.Add(
                new(
                    $"清单 {ManifestName} 指向不属于该版本的文件：{string.Join("、", strange)}，可能是伪造的",
                    $"{ManifestName} names files that are no release's: {string.Join(", ", strange)}; it may be forged"
                )
            );
            return null;
        }
        if (sums is null && manifest.Format >= Manifest.Sealed)
            faults.Add(new($"缺少文件 {SumsName}", $"the file {SumsName} is missing"));
        if (sums is not null && sums != Sums(manifest, json))
        {
            faults.Add(
                new(
                    $"{ManifestName} 与 {SumsName} 不符：其中之一被改动或损坏",
                    $"{ManifestName} and {SumsName} contradict each other: one of them was changed or is damaged"
                )
            );
            return null;
        }
        return manifest;
    }

    [GeneratedRegex(@"\Ar[0-9]{4,9}-[0-9a-f]{8}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex PlainName();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Digest();
}
