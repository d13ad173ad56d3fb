using Innovation1551.Models;

namespace Innovation1551.Returns.Landing;

/// <summary>The version of what turns a file into landed rows. Where it is another, files are read again from the archive.</summary>
public static class ReaderVersion
{
    /// <summary>Rooms that take no part in reading. A room that is not named here takes part, so that a new one is not forgotten.</summary>
    private static readonly string[] ReadNothing = ["Rules", "Writing", "Feedback", "Sample", "Receiving"];

    /// <summary>Made when it is asked for: a look at the help needs no cryptography.</summary>
    public static string Current => field ??= SourceVersion.Of(typeof(ReaderVersion).Assembly, room => !ReadNothing.Contains(room));
}
