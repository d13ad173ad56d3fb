namespace Innovation1551.Models.Exchange;

/// <summary>A table cannot be written there, or not in that form.</summary>
public sealed class TableRefusedException(Text problem, Exception? cause = null) : Refusal(problem, cause);
