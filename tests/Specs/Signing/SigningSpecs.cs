using System.Diagnostics;
using System.Text;
using CsCheck;
using Innovation1551.Models.Signing;
using Innovation1551.Pipeline.Work;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Signing;

/// <summary>Signatures of releases and proofs of figures: what strangers' tools say of them, and what happens when a byte is changed.</summary>
public sealed class SigningSpecs : IDisposable
{
    private const string Figure = "rd_expense:total:all:2024";

    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation-sign-").FullName;

    public void Dispose()
    {
        _workspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Root => _workspace.Workspace.Root;
    private string Key => Path.Combine(_folder, "key.pem");
    private string Signed => Directory.EnumerateDirectories(Path.Combine(_workspace.Workspace.Releases, "signatures")).Single();

    private string At(string name) => Path.Combine(_folder, name);

    [Fact]
    public void Every_leaf_of_every_tree_is_proved_and_no_other()
    {
        for (var count = 1; count <= 70; count++)
        {
            string[] lines = [.. Enumerable.Range(0, count).Select(i => $"figure {i}")];
            var root = FigureTree.Root(lines);
            for (var i = 0; i < count; i++)
            {
                var path = FigureTree.Path(lines, i);
                Assert.Equal(root, FigureTree.Root(lines[i], i, count, path));
                Assert.NotEqual(root, FigureTree.Root(lines[i] + " ", i, count, path));
                if (count > 1)
                    Assert.NotEqual(root, FigureTree.Root(lines[i], (i + 1) % count, count, path));
            }
        }
        Gen.Select(Gen.Int[2, 300], Gen.Int[0, 299], Gen.Int[0, 8], Gen.Int[0, 255])
            .Sample(
                (count, at, step, bit) =>
                {
                    string[] lines = [.. Enumerable.Range(0, count).Select(i => $"{i}")];
                    var path = FigureTree.Path(lines, at % count).Select(h => h.ToArray()).ToList();
                    path[step % path.Count][bit / 8] ^= (byte)(1 << bit % 8);
                    Assert.NotEqual(FigureTree.Root(lines), FigureTree.Root(lines[at % count], at % count, count, path));
                }
            );
    }

    [Fact]
    public void Strangers_tools_check_a_signature_and_a_strangers_signature_counts()
    {
        Assert.SkipUnless(Has("ssh-keygen") && Has("openssl"), "there is no ssh-keygen or no openssl");
        Sign();
        var edition = Path.GetFileName(Directory.EnumerateFiles(Signed, "*.edition").Single());
        // The commands as VERIFY.txt gives them.
        var commands = File.ReadLines(Path.Combine(Signed, "VERIFY.txt"))
            .Where(l => l.StartsWith("  ssh-keygen", StringComparison.Ordinal) || l.StartsWith("  openssl", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(3, commands.Count);
        Assert.All(commands, c => Assert.Equal(0, Shell(c, Signed).Code));
        File.AppendAllText(Path.Combine(Signed, edition), "\n");
        Assert.All(commands, c => Assert.NotEqual(0, Shell(c, Signed).Code));
        Directory.Delete(Signed, recursive: true);

        Assert.Equal(0, ProgramRun.Of(Root, "sign", "latest", "--text", At("e")).ExitCode);
        Assert.Equal(
            0,
            Shell(
                "ssh-keygen -q -t ed25519 -N '' -f stranger && ssh-keygen -Y sign -n innovation1551 -f stranger e && ssh-keygen -Y sign -n file -f stranger - < e > other.sig",
                _folder
            ).Code
        );
        Assert.Equal(0, ProgramRun.Of(Root, "sign", "latest", "--by", "stranger@example.org", "--signature", At("e.sig")).ExitCode);
        var verified = ProgramRun.Of(Root, "verify", "--json");
        Assert.Equal("stranger@example.org", verified.Json.GetProperty("signatures")[0].GetProperty("principals")[0].GetString());
        // For another purpose, over another text, or no signature at all.
        File.WriteAllText(At("none.sig"), "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQAAADM=\n-----END SSH SIGNATURE-----\n");
        foreach (var no in (string[])["other.sig", "none.sig", "stranger"])
            Assert.Equal(2, ProgramRun.Of(Root, "sign", "latest", "--by", "x", "--signature", At(no)).ExitCode);
    }

    [Fact]
    public void Whatever_is_changed_after_signing_is_named()
    {
        TestWorkspace.Clear(_workspace.Workspace);
        Assert.Equal(0, ProgramRun.Of(Root, "report", "2024", "--format", "html", "--lang", "zh,en").ExitCode);
        Assert.Equal(0, ProgramRun.Of(Root, "publish", "--to", "sdmx").ExitCode);
        Sign();
        Assert.Equal(0, ProgramRun.Of(Root, "verify").ExitCode);
        var edition = Directory.EnumerateFiles(Signed, "*.edition").Single();
        var figures = Directory.EnumerateFiles(_workspace.Workspace.Published, "figures.csv", SearchOption.AllDirectories).Single();
        var report = Directory.EnumerateFiles(_workspace.Workspace.Reports, "report.zh.html", SearchOption.AllDirectories).Single();
        foreach (
            var (file, says) in new[]
            {
                (report, "report.zh.html"),
                (figures, "figures.csv"),
                (Path.Combine(Path.GetDirectoryName(figures)!, "SHA256SUMS"), "SHA256SUMS of the sdmx data"),
                (Path.Combine(Path.GetDirectoryName(report)!, "manifest.json"), "manifest of the report"),
                (edition, "does not hold"),
                (edition + ".sig", "does not hold"),
            }
        )
        {
            var before = File.ReadAllBytes(file);
            var changed = before.ToArray();
            changed[changed.Length / 2] ^= 0x04;
            File.WriteAllBytes(file, changed);
            var verified = ProgramRun.Of(Root, "verify", "--lang", "en");
            Assert.Equal(1, verified.ExitCode);
            Assert.Contains(says, verified.Error, StringComparison.Ordinal);
            File.WriteAllBytes(file, before);
        }
        Directory.Delete(Path.GetDirectoryName(report)!, recursive: true);
        Directory.Delete(_workspace.Workspace.Published, recursive: true);
        Assert.Contains("the sdmx data that were signed are not there", ProgramRun.Of(Root, "verify", "--lang", "en").Error, StringComparison.Ordinal);
        Assert.Contains("is not there", ProgramRun.Of(Root, "verify", "--lang", "en").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_figure_is_proved_to_somebody_who_has_nothing_else()
    {
        Assert.Contains("innovation sign", ProgramRun.Of(Root, "prove", Figure, "--lang", "en").Error, StringComparison.Ordinal);
        Sign();
        Assert.Contains("did you mean", ProgramRun.Of(Root, "prove", Figure + "x", "--lang", "en").Error, StringComparison.Ordinal);
        Assert.Equal(0, ProgramRun.Of(Root, "prove", Figure, "--output", At("p.json")).ExitCode);
        var value = _workspace.Query($"select cast(value as varchar) from published.figure where figure_id = '{Figure}'").Single()[0];
        var checkedHere = ProgramRun.Of(At("nowhere"), "verify", "--figure", At("p.json"), "--json");
        Assert.Equal((0, value), (checkedHere.ExitCode, checkedHere.Json.GetProperty("value").GetString()));
        // Nothing of the release but this figure.
        var proof = File.ReadAllText(At("p.json"));
        Assert.DoesNotContain("rd_intensity", proof, StringComparison.Ordinal);
        Assert.InRange(proof.Length, 500, 6_000);

        var text = (string)value!;
        foreach (
            var (from, to) in new[]
            {
                (text, text[..^1] + (text[^1] == '9' ? '8' : '9')),
                ("\"index\": ", "\"index\": 1"),
                ("figures ", "figures 1"),
                ("SSH SIGNATURE-----\\n", "SSH SIGNATURE-----\\nAAAA"),
                ("\"path\"", "\"paths\""),
            }
        )
        {
            Assert.Contains(from, proof, StringComparison.Ordinal);
            File.WriteAllText(At("q.json"), proof.Replace(from, to, StringComparison.Ordinal));
            Assert.Equal(2, ProgramRun.Of(At("nowhere"), "verify", "--figure", At("q.json")).ExitCode);
        }

        Assert.SkipUnless(Has("ssh-keygen") && Has("python3"), "there is no ssh-keygen or no python3");
        var script = House.At("tests", "Specs", "Signing", "check_proof.py");
        Assert.Equal((0, value), (Shell($"python3 {script} p.json", _folder) is var s ? s.Code : 1, s.Output.Split(' ')[1]));
        File.WriteAllText(
            At("q.json"),
            proof.Replace(text, text[..^1] + "7", StringComparison.Ordinal).Replace(text[..^1] + "0", text[..^1] + "7", StringComparison.Ordinal)
        );
        Assert.Equal(1, Shell($"python3 {script} q.json", _folder).Code);
    }

    [Fact]
    public void A_key_is_its_owners_alone()
    {
        Assert.Equal(0, ProgramRun.Of(Root, "key", "new", "--key", Key).ExitCode);
        Assert.Equal(2, ProgramRun.Of(Root, "key", "new", "--key", Key).ExitCode);
        var first = ProgramRun.Of(Root, "key", "show", "--key", Key, "--json").Json.GetProperty("line").GetString()!;
        var rotated = ProgramRun.Of(Root, "key", "rotate", "--key", Key, "--json").Json;
        var second = rotated.GetProperty("line").GetString()!;
        Assert.NotEqual(first, second);
        Assert.Equal(first, SshSignature.Signer(rotated.GetProperty("handover").GetString()!, Encoding.UTF8.GetBytes(second + "\n"))!.Line);
        TestWorkspace.Clear(_workspace.Workspace);
        foreach (var who in (string[])["", "two words", "a\"b", "*"])
            Assert.Equal(2, ProgramRun.Of(Root, "sign", "latest", "--key", Key, "--by", who).ExitCode);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "rights are others there");
        File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var open = ProgramRun.Of(Root, "sign", "latest", "--key", Key, "--by", "x", "--lang", "en");
        Assert.Equal(2, open.ExitCode);
        Assert.Contains("chmod 600", open.Error, StringComparison.Ordinal);
    }

    /// <summary>The same returns built, reported and published in other surroundings are the same edition: release, dictionary, and every file of the report and of the data.</summary>
    [Fact]
    public void The_same_inputs_give_the_same_edition_wherever_and_whenever()
    {
        TestWorkspace.Clear(_workspace.Workspace);
        var here = Surroundings(Root, [], "");
        var other = Surroundings(
            At("elsewhere, 另一处"),
            new Dictionary<string, string?>
            {
                ["TZ"] = "Pacific/Kiritimati",
                ["LANG"] = "tr_TR.UTF-8",
                ["LC_ALL"] = "tr_TR.UTF-8",
                ["DOTNET_PROCESSOR_COUNT"] = "1",
                ["USER"] = "somebody",
            },
            _workspace.Workspace.Inbox
        );
        Assert.Equal(here, other);
        Assert.Contains("\nreport ", here, StringComparison.Ordinal);
        Assert.Equal(2, here.Split("\npublished ").Length - 1);

        static string Surroundings(string root, Dictionary<string, string?> environment, string returns)
        {
            foreach (
                var arguments in (string[][])
                    [
                        .. returns.Length > 0
                            ? (string[][])
                                [
                                    ["load", returns],
                                    ["build"],
                                ]
                            : [],
                        ["report", "2024", "--lang", "zh,en"],
                        ["publish", "--to", "parquet"],
                        ["publish", "--to", "sdmx"],
                    ]
            )
            {
                // The returns have faults on purpose, which load lists.
                var run = ProgramRun.Ended(ProgramRun.Start(environment, root, arguments));
                Assert.True(run.ExitCode == 0 || run.ExitCode == 1 && arguments[0] == "load", $"{string.Join(' ', arguments)}: {run.ExitCode} {run.Error}");
                // The same approval wherever: a report tells it.
                if (arguments[0] == "build")
                    TestWorkspace.Clear(new Workspace(root));
            }
            var text = Path.Combine(root, "edition");
            Assert.Equal(0, ProgramRun.Ended(ProgramRun.Start(environment, root, ["sign", "latest", "--text", text])).ExitCode);
            return File.ReadAllText(text);
        }
    }

    private void Sign()
    {
        TestWorkspace.Clear(_workspace.Workspace);
        Assert.Equal(0, ProgramRun.Of(Root, "key", "new", "--key", Key).ExitCode);
        Assert.Equal(0, ProgramRun.Of(Root, "sign", "latest", "--key", Key, "--by", "desk@example.org").ExitCode);
    }

    private static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, program)));

    private static (int Code, string Output) Shell(string command, string folder)
    {
        using var process = Process.Start(
            new ProcessStartInfo("sh", ["-c", command])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        _ = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
