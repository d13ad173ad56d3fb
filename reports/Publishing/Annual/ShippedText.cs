using System.Text;

namespace Innovation1551.Publishing.Annual;

/// <summary>The tables of words and plans that travel inside the program.</summary>
internal static class ShippedText
{
    public static string Of(string name)
    {
        using var stream =
            typeof(ShippedText).Assembly.GetManifestResourceStream("publishing/" + name)
            ?? throw new InvalidOperationException($"the program was built without {name}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
