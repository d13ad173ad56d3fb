using System.Text;

namespace Innovation1551.Publishing;

/// <summary>The fonts, styles, scripts, words and plans that travel inside the program.</summary>
internal static class ShippedFile
{
    /// <exception cref="InvalidOperationException">The program was built without it.</exception>
    public static Stream Open(string name) =>
        typeof(ShippedFile).Assembly.GetManifestResourceStream("publishing/" + name)
        ?? throw new InvalidOperationException($"the program was built without {name}");

    /// <summary>
    /// The file where the system has mapped the program: nothing is copied, and only what is read takes memory. It stays there as long as
    /// the process, because this assembly is never unloaded.
    /// </summary>
    public static unsafe (nint Address, int Length) Mapped(string name)
    {
        using var stream = (UnmanagedMemoryStream)Open(name);
        return ((nint)stream.PositionPointer, checked((int)stream.Length));
    }

    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
