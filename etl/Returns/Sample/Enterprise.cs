namespace Innovation1551.Returns.Sample;

/// <summary>A stretch of time in which an enterprise had one name and one parent.</summary>
/// <param name="Change">How it began (NEW, RENAME, MERGE, SPLIT, MOVE), or CLOSE when it ended without a successor.</param>
internal sealed record Stretch(string Name, string? ParentCode, DateOnly From, DateOnly? To, string Change, string? Predecessors = null, string? Note = null)
{
    public bool Holds(DateOnly day) => From <= day && (To is not { } to || day <= to);
}

/// <summary>An invented enterprise with its history.</summary>
internal sealed class Enterprise(string code, string level, string shortName, string industry, string city)
{
    public string Code { get; } = code;
    public string Level { get; } = level;
    public string Short { get; } = shortName;
    public IndustryProfile Industry { get; } = IndustryProfile.Of(industry);
    public string City { get; } = city;
    public List<Stretch> Stretches { get; } = [];

    /// <summary>The businesses it runs, from a year on: a merger brings several under one roof, a split parts them.</summary>
    public List<(int FromYear, Business[] Businesses)> Businesses { get; } = [];

    /// <summary>Who carries on after it has merged into another.</summary>
    public Enterprise? Successor { get; set; }
    public bool IsGroup => Level == "G";

    public Stretch? At(DateOnly day) => Stretches.Find(s => s.Holds(day));

    public Stretch? AtEndOf(int year) => At(new DateOnly(year, 12, 31));

    public Business[] BusinessesIn(int year) => Businesses.FindLast(b => b.FromYear <= year).Businesses ?? [];

    /// <summary>The name on a day; before it began the first, after it ended the last.</summary>
    public string NameAt(DateOnly day) => (At(day) ?? (day < Stretches[0].From ? Stretches[0] : Stretches[^1])).Name;

    /// <summary>The name it had before the one of this day, where there was one.</summary>
    public string? FormerNameAt(DateOnly day) => Stretches.FindLast(s => s.To < day && s.Name != NameAt(day))?.Name;

    /// <summary>Ends the present stretch on the day before and begins the next.</summary>
    public void Change(DateOnly day, string kind, string? name = null, string? parent = null, string? note = null)
    {
        var last = Stretches[^1];
        Stretches[^1] = last with { To = day.AddDays(-1) };
        Stretches.Add(new(name ?? last.Name, parent ?? last.ParentCode, day, null, kind, null, note));
    }

    public void End(DateOnly lastDay, string? kind, string note) =>
        Stretches[^1] = Stretches[^1] with { To = lastDay, Change = kind ?? Stretches[^1].Change, Note = note };
}
