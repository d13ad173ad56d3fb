using System.Diagnostics;
using System.Globalization;
using Innovation1551.Models.Dissemination.Engines;

namespace Innovation1551.Specs.Dissemination;

/// <summary>
/// A ClickHouse of today: npm's <c>chdb</c> (Apache-2.0), which embeds one, behind HTTP on loopback. Debian has no other than that of 2018, and the servers of the
/// vendor come from nowhere that a build can fetch. It is 540 MB and is kept beside the temporary files for the next run; without it, the reason.
/// </summary>
public sealed class ChdbServer : IDisposable
{
    private const string Package = "chdb@3.4.0";

    private static readonly string Kept = Path.Combine(Path.GetTempPath(), "innovation1551-" + Package.Replace('@', '-'));

    private readonly string _data = Directory.CreateTempSubdirectory("innovation-chdb-").FullName;
    private readonly Process? _bridge;
    private readonly string? _port;

    public ChdbServer()
    {
        Missing = Fetched();
        if (Missing is not null)
            return;
        _bridge = Process.Start(
            new ProcessStartInfo("node", [House.At("tests", "Specs", "Dissemination", "chdb_bridge.cjs"), Kept, Path.Combine(_data, "data")])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = _bridge.StandardError.ReadToEndAsync();
        _port = _bridge.StandardOutput.ReadLine();
        if (_port is null)
            Missing = "chdb does not start: " + error.Result;
    }

    /// <summary>Why there is none; null where there is one.</summary>
    public string? Missing { get; }

    public string Connection => $"Host=127.0.0.1;Port={_port}";

    public List<string?[]> Ask(string sql) => [.. ClickHouseConnection.Of(Connection).Servers[0].Rows(sql)];

    public void Dispose()
    {
        if (_bridge is not null)
        {
            _bridge.Kill();
            _bridge.WaitForExit();
            _bridge.Dispose();
        }
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>Fetched aside and put in place whole: specs of two checkouts may do it at once.</summary>
    private static string? Fetched()
    {
        if (Directory.Exists(Kept))
            return null;
        if (OperatingSystem.IsWindows())
            return "chdb has no build for Windows";
        var aside = Directory.CreateTempSubdirectory("innovation1551-chdb-").FullName;
        try
        {
            var (code, said) = Run("npm", "install", "--prefix", aside, "--no-audit", "--no-fund", "--ignore-scripts", Package);
            if (code != 0)
                return $"npm cannot fetch {Package}: {said}";
            (code, said) = Run("node", "-e", $"new (require('{aside}/node_modules/chdb').Session)('{aside}/try').query('select 1')");
            if (code != 0)
                return $"{Package} does not run here: {said}";
            Directory.Delete(Path.Combine(aside, "try"), recursive: true);
            Directory.Move(aside, Kept);
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "there is no npm, by which chdb would be fetched";
        }
        catch (IOException) when (Directory.Exists(Kept))
        {
            return null;
        }
        finally
        {
            if (Directory.Exists(aside))
                Directory.Delete(aside, recursive: true);
        }
    }

    private static (int Code, string Said) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
        {
            process.Kill(entireProcessTree: true);
            return (-1, "no answer in three minutes");
        }
        return (process.ExitCode, string.Create(CultureInfo.InvariantCulture, $"{output.Result}{error.Result}").ReplaceLineEndings(" ").Trim());
    }
}
