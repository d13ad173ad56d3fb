using System.Reflection;

namespace Innovation1551.Returns.Reading.Child;

/// <summary>Finds the program that knows the hidden verb: this very process, or the executable that lies beside it.</summary>
public static class ChildProgram
{
    private const string Name = "innovation";

    /// <summary>File name and leading arguments; null when there is no such program.</summary>
    public static (string FileName, string[] Leading)? Find()
    {
        var self = Environment.ProcessPath;
        var entry = Assembly.GetEntryAssembly();
        if (self is not null && Path.GetFileNameWithoutExtension(self) == Name) return (self, []);
        var dll = entry?.GetName().Name == Name && File.Exists(entry.Location) ? entry.Location : Path.Combine(AppContext.BaseDirectory, Name + ".dll");
        if (!File.Exists(dll)) return null;
        return (Host(self), ["exec", dll]);
    }

    /// <summary>The host that runs this process, or the one on the path.</summary>
    private static string Host(string? self)
    {
        if (self is not null && Path.GetFileNameWithoutExtension(self) == "dotnet") return self;
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host)) return host;
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root && File.Exists(Path.Combine(root, "dotnet"))) return Path.Combine(root, "dotnet");
        return "dotnet";
    }
}
