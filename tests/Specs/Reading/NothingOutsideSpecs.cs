using System.Diagnostics;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>Hostile workbooks make the program open no foreign file and no connection: its system calls say so.</summary>
public sealed class NothingOutsideSpecs : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("entity")]
    [InlineData("stylesheet")]
    [InlineData("external")]
    public void Reading_touches_nothing_but_the_file(string kind)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        var secret = _folder.Write("secret-beside.txt", "secret"u8.ToArray());
        var sheet = XlsxBuilder.Rows("<c r=\"A1\"><f>WEBSERVICE(\"http://127.0.0.1:9/x\")</f><v>1</v></c>");
        var builder = kind switch
        {
            "entity" => new XlsxBuilder
            {
                Prologue = $"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file://{secret}\"><!ENTITY n SYSTEM \"http://127.0.0.1:9/e\">]>",
            },
            "stylesheet" => new XlsxBuilder { Prologue = $"<?xml version=\"1.0\"?><?xml-stylesheet href=\"file://{secret}\"?>" },
            _ => new XlsxBuilder(),
        };
        builder.Sheet("a", sheet);
        if (kind == "external")
            builder
                .Part("xl/externalLinks/externalLink1.xml", $"<externalLink xmlns=\"{XlsxBuilder.Main}\"/>")
                .Part(
                    "xl/externalLinks/_rels/externalLink1.xml.rels",
                    $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"x\" Target=\"file://{secret}\" TargetMode=\"External\"/></Relationships>"
                )
                .Part(
                    "xl/connections.xml",
                    $"<connections xmlns=\"{XlsxBuilder.Main}\"><connection id=\"1\" name=\"q\" type=\"4\"><webPr url=\"http://127.0.0.1:9/q\"/></connection></connections>"
                );
        var path = _folder.Write("hostile.xlsx", builder.Build());
        var trace = _folder["trace.txt"];
        var start = new ProcessStartInfo("/usr/bin/strace") { RedirectStandardOutput = true };
        foreach (
            var argument in (string[])
                [
                    "-f",
                    "-qq",
                    "-s",
                    "300",
                    "-e",
                    "trace=openat,open,connect,sendto",
                    "-o",
                    trace,
                    "dotnet",
                    Path.Combine(AppContext.BaseDirectory, "innovation.dll"),
                    "read",
                    path,
                ]
        )
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var calls = File.ReadAllLines(trace);
        Assert.True(calls.Any(c => c.Contains("hostile.xlsx", StringComparison.Ordinal)), "the trace does not show the file itself");
        Assert.DoesNotContain(calls, c => c.Contains("secret-beside", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, c => c.Contains("AF_INET", StringComparison.Ordinal));
    }
}
