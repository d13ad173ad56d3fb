namespace Innovation1551.Pipeline.Terminal;

/// <summary>Exit codes of every verb.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>The data has errors; they are listed.</summary>
    public const int DataErrors = 1;

    /// <summary>Usage or a definition is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A bug: the stack trace is in the log.</summary>
    public const int Bug = 3;

    /// <summary>Another writer holds the workspace.</summary>
    public const int Busy = 75;
}
