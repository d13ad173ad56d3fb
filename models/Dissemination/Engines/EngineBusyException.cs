namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>Somebody else is at work there: the same command does it later.</summary>
public sealed class EngineBusyException(Text problem) : Refusal(problem)
{
    private const int Busy = 75;

    public override int ExitCode => Busy;
}
