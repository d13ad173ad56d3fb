namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>The server answers that it did not do it.</summary>
internal sealed class ClickHouseException(Text problem) : Refusal(problem);
