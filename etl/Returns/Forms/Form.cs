using System.Collections.Immutable;
using Innovation1551.Models;

namespace Innovation1551.Returns.Forms;

/// <summary>Whether a form states a condition once per enterprise and period, lists events, keeps the register, or says what a reviewer decided.</summary>
public enum FormKind
{
    State,
    Event,
    Register,
    Review,
}

/// <summary>For what stretch of time a form is sent. A row for another stretch enters no figure.</summary>
public enum Cadence
{
    Years,
    Months,
    Either,
}

/// <summary>
/// A return form: an immutable contract from which the template, the reader's binding, the landing table,
/// the checks and the dictionary page are derived.
/// </summary>
/// <param name="Id">The landing table's name.</param>
/// <param name="Grain">What one row is.</param>
public sealed record Form(string Id, Text Name, Text Grain, FormKind Kind, ImmutableArray<Field> Fields)
{
    /// <summary>Fields that tell one row of a return from another, after enterprise and period.</summary>
    public ImmutableArray<string> Key { get; init; } = [];

    /// <summary>First edition (year) and every year in which the layout changed.</summary>
    public ImmutableArray<int> Editions { get; init; } = [2020];

    /// <summary>Whether its rows are for years, for the months from January, or for either.</summary>
    public Cadence Sent { get; init; } = Cadence.Years;

    /// <summary>The period of a row is that of what it speaks of, and need not be the one in the head of the sheet.</summary>
    public bool RowsNameTheirOwnPeriod { get; init; }

    /// <summary>The table states a nested classification: its totals are rows like the others, and no total is held against the rows above it.</summary>
    public bool TotalsAreRows { get; init; }

    /// <summary>What is decided in a row of a list that was handed out: a row in which all of these are blank is not decided yet, and is passed over.</summary>
    public ImmutableArray<string> Answer { get; init; } = [];

    public Field this[string name] => Fields.First(f => f.Name == name);
}
