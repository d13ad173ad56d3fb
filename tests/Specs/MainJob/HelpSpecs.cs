using Innovation1551.Pipeline.Verbs;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>The short way to the help, and to a verb, leads where the long one does.</summary>
public sealed class HelpSpecs
{
    [Fact]
    public void The_text_of_the_help_is_what_the_commands_say_of_themselves()
    {
        using var text = new StreamReader(typeof(HelpText).Assembly.GetManifestResourceStream(HelpText.Name)!);
        // With a workspace beside it the help is asked of the parser.
        Assert.True(
            ProgramRun.Of("nowhere", "--help").Output.ReplaceLineEndings("\n") == text.ReadToEnd(),
            "etl/Pipeline/Verbs/help.txt is not what the commands say: innovation --help --workspace nowhere > etl/Pipeline/Verbs/help.txt"
        );
    }

    [Fact]
    public void A_verb_is_called_what_the_list_of_verbs_calls_it() =>
        Assert.All(CommandLine.Verbs(), verb => Assert.DoesNotContain(CommandLine.Faults([verb]), f => f.Contains("no such verb", StringComparison.Ordinal)));
}
