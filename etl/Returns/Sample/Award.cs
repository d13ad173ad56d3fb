namespace Innovation1551.Returns.Sample;

/// <summary>An invented award and the units that share it.</summary>
/// <param name="Units">Units of the register with rank and share in percent; a unit outside the register keeps its rank and is not listed.</param>
internal sealed record Award(
    string Certificate,
    int Year,
    string Project,
    string Level,
    string Scheme,
    string Grade,
    int UnitCount,
    IReadOnlyList<(Enterprise Unit, int Rank, int SharePercent)> Units
);
