using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Innovation1551.Specs.Publishing;

[Collection(nameof(WrittenReport))]
public class PhoneWidthSpecs(WrittenReport report)
{
    private const int Phone = 390;

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void On_a_phone_the_page_does_not_scroll_sideways(string language)
    {
        var chromium = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, "no Chromium on this machine");
        var folder = Directory.CreateTempSubdirectory("phone").FullName;
        try
        {
            // A copy without the policy, so that the measuring script may run in it; a frame, because a window cannot be made as narrow.
            var page = Regex.Replace(language == "zh" ? report.Html : report.English, "<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "");
            var open = page.Replace(
                "</body>",
                $"<script>document.querySelectorAll('details').forEach(d=>d.open=true);parent.postMessage(document.documentElement.scrollWidth,'*')</script></body>",
                StringComparison.Ordinal
            );
            File.WriteAllText(Path.Combine(folder, "page.html"), open);
            File.WriteAllText(
                Path.Combine(folder, "frame.html"),
                $"<!DOCTYPE html><title>waiting</title><script>addEventListener('message',e=>document.title='width '+e.data)</script><iframe src=\"page.html\" width=\"{Phone}\" height=\"800\" style=\"border:0\"></iframe>"
            );
            var dom = Run(chromium!, folder);
            var width = Regex.Match(dom, "<title>width ([0-9]+)</title>");
            Assert.SkipUnless(width.Success, "Chromium could not load the page here");
            Assert.InRange(int.Parse(width.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 1, Phone);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string chromium, string folder)
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
            $"--user-data-dir={Path.Combine(folder, "profile")}",
            "--virtual-time-budget=4000",
            "--dump-dom",
            new Uri(Path.Combine(folder, "frame.html")).AbsoluteUri,
        ];
        using var process = Process.Start(new ProcessStartInfo(chromium, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var dom = process.StandardOutput.ReadToEnd();
        process.WaitForExit(20_000);
        return dom;
    }
}
