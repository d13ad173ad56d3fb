using System.Text.Json.Nodes;
using Innovation1551.Models.Releases;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>Changes the finished files of a report as somebody would who knows of the manifest.</summary>
internal static class FinishedFile
{
    /// <summary>Puts one text in the place of another, once, and the file's new hash into the manifest.</summary>
    public static void Change(string folder, string file, string from, string to)
    {
        var path = Path.Combine(folder, file);
        File.WriteAllText(path, Changed(File.ReadAllText(path)));
        Manifest(folder, outputs => outputs.Single(o => o!["path"]!.GetValue<string>() == file)!["sha256"] = FileHash.Of(path));

        string Changed(string text)
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            var at = text.IndexOf(from, StringComparison.Ordinal);
            return text[..at] + to + text[(at + from.Length)..];
        }
    }

    private static void Manifest(string folder, Action<JsonArray> change)
    {
        var path = Path.Combine(folder, "manifest.json");
        if (!File.Exists(path))
            return;
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        change(manifest["outputs"]!.AsArray());
        File.WriteAllText(path, manifest.ToJsonString());
    }
}
