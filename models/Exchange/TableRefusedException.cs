namespace Innovation1551.Models.Exchange;

/// <summary>A table that is not written, and why; what stood at its place still does.</summary>
public sealed class TableRefusedException(Text problem, Exception? cause = null) : Exception(problem.ToString(), cause)
{
    public Text Problem { get; } = problem;
}
