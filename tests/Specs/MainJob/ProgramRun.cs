using System.Diagnostics;
using System.Text.Json;

namespace Innovation1551.Specs.MainJob;

/// <summary>The real program in a process of its own: what it printed and how it ended.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <summary>The answer of a verb called with <c>--json</c>.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static ProgramRun Of(string workspace, params string[] arguments) => Of(workspace, [], arguments);

    /// <param name="environment">Variables of the environment, such as the locale and the time zone.</param>
    public static ProgramRun Of(string workspace, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        using var process = Start(workspace, environment, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }

    public static Process Start(string workspace, params string[] arguments) => Start(workspace, [], arguments);

    private static Process Start(string workspace, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "innovation.dll"), .. arguments, "--workspace", workspace]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
