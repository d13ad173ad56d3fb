using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>A page as a browser has it: opened in a frame, since a window cannot be made as narrow as a phone, and asked by a script.</summary>
internal static class Chromium
{
    private static readonly string? Program = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    /// <summary>What a script finds on a page; the spec is skipped where there is no browser.</summary>
    /// <param name="script">The body of an asynchronous function that gives back what JSON can hold.</param>
    /// <param name="milliseconds">Of the page's own time that the script may take.</param>
    public static JsonElement Ask(string page, string script, int width = 1200, bool dark = false, int milliseconds = 8_000)
    {
        Assert.SkipWhen(Program is null, "no Chromium on this machine");
        var folder = Directory.CreateTempSubdirectory("chromium").FullName;
        try
        {
            // A copy without the policy, so that the asking script may run in it.
            var open = Regex.Replace(page, "<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "");
            File.WriteAllText(
                Path.Combine(folder, "ask.js"),
                $"async function ask() {{ {script} }}\naddEventListener('load', () => ask().then(a => parent.postMessage(JSON.stringify(a), '*'), e => parent.postMessage(JSON.stringify('' + e.stack), '*')));"
            );
            File.WriteAllText(
                Path.Combine(folder, "page.html"),
                open[..open.LastIndexOf("</body>", StringComparison.Ordinal)] + "<script src=\"ask.js\"></script></body></html>"
            );
            File.WriteAllText(
                Path.Combine(folder, "frame.html"),
                $"<!DOCTYPE html><title>waiting</title><pre></pre><script>addEventListener('message',e=>{{document.querySelector('pre').textContent=e.data;document.title='told'}})</script><iframe src=\"page.html\" width=\"{width}\" height=\"800\" style=\"border:0\"></iframe>"
            );
            var dom = Run(folder, dark, milliseconds);
            var told = Regex.Match(dom, "<title>told</title>.*?<pre>(.*?)</pre>", RegexOptions.Singleline);
            Assert.SkipUnless(told.Success || dom.Length > 0, "Chromium could not load the page here");
            Assert.True(told.Success, "the page's script did not come to an end");
            return JsonDocument.Parse(System.Net.WebUtility.HtmlDecode(told.Groups[1].Value)).RootElement;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string folder, bool dark, int milliseconds)
    {
        string[] arguments =
        [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--allow-file-access-from-files",
            .. dark ? ["--blink-settings=preferredColorScheme=0"] : Array.Empty<string>(),
            $"--user-data-dir={Path.Combine(folder, "profile")}",
            FormattableString.Invariant($"--virtual-time-budget={milliseconds}"),
            "--dump-dom",
            new Uri(Path.Combine(folder, "frame.html")).AbsoluteUri,
        ];
        using var process = Process.Start(new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var dom = process.StandardOutput.ReadToEnd();
        process.WaitForExit(20_000);
        return dom;
    }
}
