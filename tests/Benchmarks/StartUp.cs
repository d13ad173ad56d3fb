namespace Innovation1551.Benchmarks;

/// <summary>From the shell to the answer and back, against a console program that does nothing.</summary>
internal static class StartUp
{
    public static IEnumerable<Line> Measure(Scale scale)
    {
        using var folder = Measuring.Folder();
        File.WriteAllText(folder.At("bare.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><InvariantGlobalization>true</InvariantGlobalization></PropertyGroup></Project>
            """);
        File.WriteAllText(folder.At("Bare.cs"), "System.Console.WriteLine(1);");
        Measuring.Process("dotnet", ["build", folder.At("bare.csproj"), "-c", "Release", "-o", folder.At("out"), "-v", "q", "--nologo"]);
        var runs = scale == Scale.Full ? 11 : 5;
        var bare = Measuring.Median(runs, () => Measuring.Process("dotnet", [folder.At("out/bare.dll")]));
        yield return new("--help", Measuring.Median(runs, () => Measuring.Innovation(folder.At("w"), "--help")), "a bare console program", bare, "≤ 1.5");
        Measuring.Innovation(folder.At("w"), "run");
        var sql = Measuring.Median(runs, () => Measuring.Innovation(folder.At("w"), "sql", "select 1"));
        yield return new("sql \"select 1\"", sql, "a bare console program", bare, "≤ 0.5 s");
    }
}
