using System.Text;

namespace Innovation1551.Publishing;

/// <summary>The fonts, styles, scripts, words and plans that travel inside the program.</summary>
internal static class ShippedFile
{
    /// <exception cref="InvalidOperationException">The program was built without it.</exception>
    public static Stream Open(string name) =>
        typeof(ShippedFile).Assembly.GetManifestResourceStream("publishing/" + name)
        ?? throw new InvalidOperationException($"the program was built without {name}");

    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
