using FormRow = System.Collections.Generic.Dictionary<string, object?>;

namespace Innovation1551.Returns.Sample;

/// <summary>The forms of the programme beside spend, finance, patents and awards, as rows; one file for each family.</summary>
internal sealed partial class ProgrammeRows(SampleOptions options, Register register, bool codes, Func<Enterprise, int, YearFigures> figuresOf)
{
    /// <summary>The year in which the programme began: task lists, sources and policies have no rows before it.</summary>
    private const int ProgrammeStart = 2024;

    /// <summary>The forms that come with the annual return; those without a row in a year are left out.</summary>
    public static IReadOnlyList<string> Annual { get; } =
    [
        "projects",
        "platforms",
        "lab_readiness",
        "talent",
        "enterprise_titles",
        "achievements",
        "tasks",
        "digital_scenes",
        "origin_sources",
        "consortia",
        "policy_uptake",
    ];

    public List<FormRow> Rows(string form, Filing filing, IReadOnlyList<Enterprise> members)
    {
        var set = members.ToHashSet();
        return
        [
            .. form switch
            {
                "projects" => members.SelectMany(e => Projects(e, filing.Year)),
                "platforms" => Platforms(set, filing.Year),
                "lab_readiness" => Laboratories(set, filing.Year),
                "talent" => members.Select(e => Talent(e, filing.Year)),
                "enterprise_titles" => members.SelectMany(e => Titles(e, filing.Year)),
                "achievements" => Achievements(set, filing.Year),
                "tasks" => Tasks(filing),
                "task_ledger" => Ledger(filing),
                "digital_scenes" => Scenes(set, filing.Year),
                "origin_sources" => Sources(filing),
                "consortia" => Consortia(set, filing.Year),
                "policy_uptake" => Policies(filing),
                "corrections" => Corrections(filing, members),
                _ => throw new InvalidOperationException($"no rows for {form}"),
            },
        ];
    }

    private Dice DiceOf(params ReadOnlySpan<string> name) => Dice.For(options.Seed, name);

    private string Code(string list, string code) => codes ? code : CodeNames.Of(list, code);

    private static FormRow Start(Enterprise enterprise, int year, string? period = null) =>
        new()
        {
            ["enterprise_code"] = enterprise.Code,
            ["enterprise_name"] = enterprise.NameAt(new DateOnly(year, 12, 31)),
            ["period"] = period ?? $"{year}年",
        };

    private static decimal Money(long hundredths) => hundredths / 100m;

    /// <summary>An enterprise of the register, the more often the more its industry does R&amp;D; the same whenever it is asked for.</summary>
    private Enterprise Researcher(Dice dice)
    {
        while (true)
        {
            var unit = dice.Pick(register.All);
            if (dice.Below(800) < unit.Industry.Intensity)
                return unit;
        }
    }

    private static string TitleOf(Dice dice, Enterprise enterprise, string ending) =>
        string.Concat(PatentTitles.Make(dice, "I", enterprise.Industry.Code).AsSpan(2), ending);
}
