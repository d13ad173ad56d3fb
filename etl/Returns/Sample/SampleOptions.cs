namespace Innovation1551.Returns.Sample;

/// <summary>What to make. The defaults are the sample that ships with the program.</summary>
/// <param name="Groups">Invented enterprise groups.</param>
/// <param name="Subsidiaries">Their subsidiaries, all together.</param>
/// <param name="FirstYear">First annual return.</param>
/// <param name="LastYear">Last annual return; monthly returns follow in the year after it.</param>
/// <param name="MonthsOf2026">Months of the year after the last that have cumulative returns; none at 0.</param>
/// <param name="Rows">Adds one CSV of so many patent events, for measurements.</param>
/// <param name="Files">Adds so many small files, a month of one enterprise each, for measurements.</param>
public sealed record SampleOptions(
    int Seed = 1551,
    int Groups = 18,
    int Subsidiaries = 200,
    int FirstYear = 2020,
    int LastYear = 2025,
    int MonthsOf2026 = 9,
    long? Rows = null,
    int? Files = null
);
