using System.Collections.Immutable;
using Innovation1551.Models;

namespace Innovation1551.Returns.Forms;

/// <summary>
/// What a field holds. The reader, the landing column, the template's validation and the dictionary page follow from it.
/// A quantity is a number whose unit another column of the row names.
/// </summary>
public enum FieldType
{
    Text,
    Code,
    Identifier,
    Count,
    Amount,
    Percent,
    Quantity,
    Date,
    Period,
}

/// <summary>A heading under which a field stands from an edition on (a year); later entries replace earlier ones.</summary>
public sealed record Heading(int FromEdition, string Zh);

/// <summary>One column of a form.</summary>
/// <param name="Name">The landing column: the field's standard term with its unit as suffix.</param>
/// <param name="Label">What people call it; the Chinese label is the heading unless <see cref="Headings"/> says otherwise.</param>
public sealed record Field(string Name, FieldType Type, Text Label)
{
    /// <summary>Canonical unit: what the landing column holds.</summary>
    public Unit? Unit { get; init; }
    public bool Required { get; init; }

    /// <summary>Name of the code list (a seed table) that the values come from.</summary>
    public string? CodeList { get; init; }

    /// <summary>Other headings, by edition; a year's drift stands here and nowhere else.</summary>
    public ImmutableArray<Heading> Headings { get; init; } = [];

    /// <summary>Headings met in the wild that mean the same in every edition.</summary>
    public ImmutableArray<string> Synonyms { get; init; } = [];

    /// <summary>Where no heading is found, the field is the column of row labels left of all headings.</summary>
    public bool LabelsRows { get; init; }

    /// <summary>Marks before an identifier that are no part of it, such as ZL and CN before a patent number.</summary>
    public ImmutableArray<string> Prefixes { get; init; } = [];
    public Text? Meaning { get; init; }

    /// <summary>Where a negative value is allowed (red-letter corrections, V32).</summary>
    public bool MayBeNegative { get; init; }
}

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

    /// <summary>Every enterprise of the register sends it for every year: who has not is reminded.</summary>
    public bool IsOwedByAll { get; init; } = Kind == FormKind.State;
    public Field this[string name] => Fields.First(f => f.Name == name);
}
