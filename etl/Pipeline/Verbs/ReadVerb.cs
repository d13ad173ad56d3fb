using System.CommandLine;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

internal static class ReadVerb
{
    public static Command Command() => new("read", "…");
}
