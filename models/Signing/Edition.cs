using System.Globalization;
using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;
using Innovation1551.Models.Releases;

namespace Innovation1551.Models.Signing;

/// <summary>
/// What is signed of a release: plain text that is the same wherever and whenever the release is built from the same inputs. It names what
/// went in, the content, the root of the figures, the reports and the data that were published, and neither a time nor a place nor the DuckDB file's bytes.
/// </summary>
/// <param name="Text">Its lines: a word, a blank, a value.</param>
public sealed record Edition(string Text)
{
    public byte[] Bytes => Encoding.UTF8.GetBytes(Text);

    /// <summary>The edition of an open release with the reports that were made from it and the data that were published.</summary>
    /// <param name="reports">The folder of all reports; those of other releases are not in it.</param>
    /// <param name="published">The folder of published data: in it one for each format, in that one for each release.</param>
    public static Edition Of(Manifest manifest, DuckDBConnection release, string reports, string published)
    {
        var figures = FigureTree.Figures(release);
        var text = new StringBuilder();
        Add("innovation1551-edition", "1");
        Add("release", manifest.Id);
        Add("synthetic", manifest.IsSynthetic ? "true" : "false");
        Add("inputs", manifest.InputHash);
        Add("definitions", manifest.DefinitionHash);
        Add("content", manifest.ContentHash);
        Add("figures", $"{figures.Count.ToString(CultureInfo.InvariantCulture)} {Hex(FigureTree.Root([.. figures.Select(f => f.Line)]))}");
        foreach (var page in (manifest.Pages ?? []).OrderBy(p => p.Name, StringComparer.Ordinal))
            Add("file", $"{page.Sha256} {page.Name}");
        // A report's own manifest names each of its files by hash.
        foreach (var report in Reports(reports, manifest.Id))
            Add("report", $"{FileHash.Of(Path.Combine(report, "manifest.json"))} {Path.GetFileName(report)}");
        // So does the list of sums of published data.
        foreach (var sums in Published(published, manifest.Id))
            Add("published", $"{FileHash.Of(sums)} {Format(sums)}");
        return new(text.ToString());

        void Add(string word, string value) => text.Append(word).Append(' ').Append(value).Append('\n');
    }

    /// <summary>The root of the figures and their number.</summary>
    public (int Count, string Root) Figures =>
        Values("figures").FirstOrDefault()?.Split(' ') is [var count, var root] && int.TryParse(count, CultureInfo.InvariantCulture, out var n)
            ? (n, root)
            : throw new SigningException(new("版次文本没有数字的根", "the text of the edition has no root of figures"));

    public string Release => Values("release").FirstOrDefault() ?? "";

    /// <summary>What differs between this text, which was signed, and the release as it is.</summary>
    /// <param name="reports">The folder of all reports.</param>
    /// <param name="published">The folder of published data.</param>
    public IReadOnlyList<Text> Differences(Manifest manifest, DuckDBConnection release, string reports, string published)
    {
        var now = Of(manifest, release, reports, published);
        var faults = new List<Text>();
        foreach (var word in (string[])["release", "synthetic", "inputs", "definitions", "content", "figures"])
            if (!Values(word).SequenceEqual(now.Values(word)))
                faults.Add(new($"签名文本的 {word} 与发布版本不符", $"{word} in what was signed is not what the release has"));
        foreach (var (_, file) in Named("file").Except(now.Named("file")))
            faults.Add(new($"签名后文件 {file} 已变", $"the file {file} is not what was signed"));
        foreach (var (sha256, report) in Named("report"))
        {
            var folder = Path.Combine(reports, report);
            if (!Directory.Exists(folder))
                faults.Add(new($"签名的报告 {report} 不在", $"the report {report} that was signed is not there"));
            else
                faults.AddRange(ReportFaults(folder, sha256));
        }
        foreach (var (sha256, format) in Named("published"))
        {
            var folder = Path.Combine(published, format, manifest.Id);
            var sums = Path.Combine(folder, FileSums.Name);
            if (!File.Exists(sums))
                faults.Add(new($"签名的 {format} 数据不在", $"the {format} data that were signed are not there"));
            else if (FileHash.Of(sums) != sha256)
                faults.Add(new($"{format} 数据的 {FileSums.Name} 不是签名时的", $"{FileSums.Name} of the {format} data is not the one that was signed"));
            else
                faults.AddRange(FileSums.Faults(folder));
        }
        return faults;
    }

    /// <summary>Hashes with plain names; whoever signs a text may have written anything into it.</summary>
    private IEnumerable<(string Sha256, string Name)> Named(string word) =>
        Values(word).Where(v => v.Length > 65 && v[64] == ' ' && Path.GetFileName(v[65..]) == v[65..]).Select(v => (v[..64], v[65..]));

    public static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);

    private IEnumerable<string> Values(string word) =>
        Text.Split('\n').Where(l => l.StartsWith(word + " ", StringComparison.Ordinal)).Select(l => l[(word.Length + 1)..]);

    private static IEnumerable<string> Reports(string reports, string release) =>
        Directory.Exists(reports)
            ? Directory
                .EnumerateDirectories(reports, "*-" + release)
                .Where(d => File.Exists(Path.Combine(d, "manifest.json")))
                .OrderBy(d => Path.GetFileName(d), StringComparer.Ordinal)
            : [];

    private static IEnumerable<string> Published(string published, string release) =>
        Directory.Exists(published)
            ? Directory
                .EnumerateDirectories(published)
                .Select(format => Path.Combine(format, release, FileSums.Name))
                .Where(File.Exists)
                .OrderBy(Format, StringComparer.Ordinal)
            : [];

    /// <summary>FORMAT of FORMAT/RELEASE/SHA256SUMS.</summary>
    private static string Format(string sums) => Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(sums))!);

    private static IEnumerable<Text> ReportFaults(string folder, string sha256)
    {
        var (name, manifest) = (Path.GetFileName(folder), Path.Combine(folder, "manifest.json"));
        if (!File.Exists(manifest) || FileHash.Of(manifest) != sha256)
        {
            yield return new($"报告 {name} 的清单不是签名时的", $"the manifest of the report {name} is not the one that was signed");
            yield break;
        }
        using var json = JsonDocument.Parse(File.ReadAllBytes(manifest));
        foreach (var file in json.RootElement.GetProperty("outputs").EnumerateArray())
        {
            var path = file.GetProperty("path").GetString()!;
            var place = Path.Combine(folder, path);
            if (!File.Exists(place) || FileHash.Of(place) != file.GetProperty("sha256").GetString())
                yield return new($"报告 {name} 的 {path} 缺失或已变", $"{path} of the report {name} is missing or changed");
        }
    }
}
