namespace Innovation1551.Specs.Rehearsal;

/// <summary>One centre over all vintages.</summary>
/// <param name="Name">Its canonical name.</param>
/// <param name="Class">The class of administrator under which it was first listed.</param>
internal sealed record FfrdcCentre(string Code, string Name, string Class, int FirstYear, int LastYear);

/// <summary>The centres with the classes of their administrators, as each survey knows them.</summary>
internal static class FfrdcRegister
{
    /// <summary>
    /// Two centres passed from industry to a nonprofit administrator, both first shown so in the FY 2022 survey, which re-cast
    /// earlier years: Idaho from FY 2019 on (its FY 2018 stays in the published industry subtotal although the row moved),
    /// Savannah River from FY 2021 on.
    /// </summary>
    private static readonly (string Centre, string To, int FromYear, int KnownFromVintage)[] Moves =
    [
        ("Idaho National Laboratory", "Nonprofit-administered FFRDCs", 2019, 2022),
        ("Savannah River National Laboratory", "Nonprofit-administered FFRDCs", 2021, 2022),
    ];

    public static readonly IReadOnlyList<(string Code, string Name)> Classes =
    [
        ("FFRDC-U", "University-administered FFRDCs"),
        ("FFRDC-N", "Nonprofit-administered FFRDCs"),
        ("FFRDC-I", "Industry-administered FFRDCs"),
    ];

    public static readonly IReadOnlyList<FfrdcCentre> Centres = [.. Read()];

    public static FfrdcCentre Of(string name) => Centres.Single(c => c.Name == FfrdcNames.Canonical(name));

    /// <summary>The class of a centre in a year as a survey knows it.</summary>
    public static string ClassOf(FfrdcCentre centre, int year, int vintage) =>
        MoveOf(centre, vintage) is { } move && year >= move.FromYear ? move.To : centre.Class;

    public static (string To, int FromYear)? MoveOf(FfrdcCentre centre, int vintage)
    {
        foreach (var move in Moves)
            if (move.Centre == centre.Name && vintage >= move.KnownFromVintage)
                return (move.To, move.FromYear);
        return null;
    }

    private static IEnumerable<FfrdcCentre> Read()
    {
        var rows = Enumerable
            .Range(FfrdcTables.FirstVintage, 5)
            .SelectMany(FfrdcTables.Trend)
            .Where(r => r.Depth == 3)
            .GroupBy(r => FfrdcNames.Canonical(r.Name))
            .OrderBy(g => g.Key, StringComparer.Ordinal);
        var number = 0;
        foreach (var centre in rows)
        {
            var years = centre.SelectMany(r => r.ByYear).Where(y => y.Value is not null).Select(y => y.Key).ToList();
            yield return new($"FFRDC-{++number:00}", centre.Key, centre.First(r => r.Class is not null).Class!, years.Min(), years.Max());
        }
    }
}
