using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Innovation1551.Pipeline.Verbs;

/// <summary>A command with examples, which its own help shows and the list of all commands does not.</summary>
internal sealed class Verb : Command
{
    public Verb(string name, string description, string examples)
        : base(name, description)
    {
        Options.Add(Help(examples));
    }

    /// <summary>Which release is asked for, as an option.</summary>
    public static Option<string> Release() =>
        new("--release")
        {
            Description = WhichRelease,
            DefaultValueFactory = _ => "latest",
            HelpName = "R",
        };

    /// <summary>Which release is asked for, as what the verb is about.</summary>
    public static Argument<string> ReleaseArgument() => new("R") { Description = WhichRelease, DefaultValueFactory = _ => "latest" };

    private const string WhichRelease = "发布版本（默认 latest） / release (default latest)";

    /// <summary>The help option with examples below the standard text.</summary>
    public static HelpOption Help(string examples)
    {
        var help = new HelpOption();
        help.Action = new WithExamples((HelpAction)help.Action!, examples);
        return help;
    }

    private sealed class WithExamples(HelpAction standard, string examples) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var code = standard.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine("示例 / Examples:");
            foreach (var line in examples.Split('\n'))
                parseResult.InvocationConfiguration.Output.WriteLine("  " + line.TrimEnd('\r'));
            return code;
        }
    }
}
