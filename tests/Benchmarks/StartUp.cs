using System.Runtime.InteropServices;

namespace Innovation1551.Benchmarks;

/// <summary>From the shell to the answer and back, as it comes from the build and as it is published for a machine, against a console program that does nothing.</summary>
internal static class StartUp
{
    public static IEnumerable<Line> Measure(Scale scale)
    {
        using var folder = Measuring.Folder();
        File.WriteAllText(
            folder.At("bare.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><InvariantGlobalization>true</InvariantGlobalization></PropertyGroup></Project>
            """
        );
        File.WriteAllText(folder.At("Bare.cs"), "System.Console.WriteLine(1);");
        Measuring.Process("dotnet", ["build", folder.At("bare.csproj"), "-c", "Release", "-o", folder.At("out"), "-v", "q", "--nologo"]);
        Measuring.Process(
            "dotnet",
            [
                "publish",
                Project(),
                "-c",
                "Release",
                "-r",
                RuntimeInformation.RuntimeIdentifier,
                "--self-contained",
                "false",
                "--artifacts-path",
                folder.At("artifacts"),
                "-o",
                folder.At("published"),
                "-v",
                "q",
                "--nologo",
            ]
        );
        Measuring.Innovation(folder.At("w"), "run");
        var runs = scale == Scale.Full ? 11 : 5;
        var bare = Measuring.Median(runs, () => Measuring.Process("dotnet", [folder.At("out/bare.dll")]));
        foreach (
            var (how, program) in ((string, string)[])
                [("published", folder.At("published/innovation.dll")), ("as built", Path.Combine(AppContext.BaseDirectory, "innovation.dll"))]
        )
        {
            yield return new($"--help, {how}", Median(program, "--help"), "a bare console program", bare, "≤ 1.5");
            yield return new(
                $"sql \"select 1\", {how}",
                Median(program, "sql", "select 1", "--workspace", folder.At("w")),
                "a bare console program",
                bare,
                "≤ 0.5 s"
            );
        }

        double Median(string program, params string[] arguments) => Measuring.Median(runs, () => Measuring.Process("dotnet", [program, .. arguments]));
    }

    private static string Project()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Innovation1551.Analytics.sln")))
                return Path.Combine(folder, "etl", "Pipeline");
        throw new InvalidOperationException("Innovation1551.Analytics.sln was not found above the benchmarks");
    }
}
