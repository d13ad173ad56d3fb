namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>The server answers that it did not do it.</summary>
/// <param name="missing">What it says where there is no such database, table or column; null where it is something else.</param>
internal sealed class ClickHouseException(Text problem, string? missing) : Refusal(problem)
{
    public string? Missing => missing;
}
