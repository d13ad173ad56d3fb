using System.Runtime.CompilerServices;

namespace Innovation1551.Specs;

/// <summary>The working tree that these specs were built from.</summary>
internal static class House
{
    public static string Root { get; } =
        FindRoot(AppContext.BaseDirectory)
        ?? FindRoot(Path.GetDirectoryName(ThisFile())!)
        ?? throw new InvalidOperationException("Innovation1551.Analytics.sln was not found above the test program");

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>Files under a folder, without what the compiler makes.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory
            .EnumerateFiles(At(folder), pattern, SearchOption.AllDirectories)
            .Where(f => !Relative(f).Split('/').Any(p => p is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    private static string? FindRoot(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Innovation1551.Analytics.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
