using System.Diagnostics;
using System.Text;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Reading.Child;

namespace Innovation1551.Pipeline.Work;

/// <summary>
/// A finished release read from end to end in a process of its own before it is published: what the builder still holds in
/// memory could hide what is wrong on the disk.
/// </summary>
internal static class ReleaseCheck
{
    /// <summary>The hidden verb: FOLDER SCRATCH.</summary>
    public const string Verb = "check-release";

    public static int Run(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var faults = ReleaseVerifier.Verify(args[1], args[2]);
        foreach (var fault in faults) Console.Out.WriteLine(fault.Zh + "\t" + fault.En);
        return faults.Count == 0 ? 0 : 1;
    }

    /// <exception cref="ReleaseException">The release is not what its manifest says, or could not be looked at.</exception>
    public static void InFreshProcess(string folder, string scratch)
    {
        var program = ChildProgram.Find() ?? throw new ReleaseException(new("找不到用于检查发布版本的程序 innovation", "the program innovation, which checks the release, was not found"));
        var start = new ProcessStartInfo(program.FileName) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, StandardOutputEncoding = new UTF8Encoding(false) };
        foreach (var argument in program.Leading.Concat([Verb, folder, scratch])) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0) return;
        var faults = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')).ToList();
        throw new ReleaseException(new(
            "新版本未通过发布前检查，未发布：" + string.Join("；", faults.Select(f => f[0])) + error.Result,
            "the new release failed its last check and was not published: " + string.Join("; ", faults.Select(f => f[^1])) + error.Result));
    }
}
