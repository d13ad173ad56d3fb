namespace Innovation1551.Pipeline.Verbs;

/// <summary>
/// What <c>innovation --help</c> says, as a file of the program: saying it needs neither the parser of the command line nor the verbs. It is what
/// <see cref="CommandLine"/> says when nothing has to be wrapped, which the specs hold it to.
/// </summary>
public static class HelpText
{
    public const string Name = "help.txt";

    /// <summary>Writes the text to standard output.</summary>
    /// <returns>The exit code.</returns>
    public static int Show()
    {
        using var text = typeof(HelpText).Assembly.GetManifestResourceStream(Name)!;
        using var output = Console.OpenStandardOutput();
        text.CopyTo(output);
        return 0;
    }
}
