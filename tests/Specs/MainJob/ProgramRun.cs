using System.Diagnostics;
using System.Text.Json;

namespace Innovation1551.Specs.MainJob;

/// <summary>The real program in a process of its own: what it printed and how it ended.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <summary>The answer of a verb called with <c>--json</c>.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static ProgramRun Of(string workspace, params string[] arguments) => Ended(Start(workspace, arguments));

    /// <summary>Waits for the end of a started program.</summary>
    public static ProgramRun Ended(Process started)
    {
        using var process = started;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }

    public static Process Start(string workspace, params string[] arguments) => Start(new Dictionary<string, string?>(), workspace, arguments);

    /// <param name="environment">Variables set for the program; null takes one away.</param>
    /// <param name="through">A program that starts ours, with its arguments, such as prlimit or setpriv.</param>
    public static Process Start(IReadOnlyDictionary<string, string?> environment, string workspace, string[] arguments, params string[] through)
    {
        string[] line =
        [
            .. through,
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            Path.Combine(AppContext.BaseDirectory, "innovation.dll"),
            .. arguments,
            "--workspace",
            workspace,
        ];
        var start = new ProcessStartInfo(line[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in line[1..])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
