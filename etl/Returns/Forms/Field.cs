using System.Collections.Immutable;
using Innovation1551.Models;

namespace Innovation1551.Returns.Forms;

/// <summary>One column of a form.</summary>
/// <param name="Name">The landing column: the field's standard term with its unit as suffix.</param>
/// <param name="Label">What people call it; the Chinese label is the heading unless <see cref="Headings"/> says otherwise.</param>
public sealed record Field(string Name, FieldType Type, Text Label)
{
    /// <summary>Canonical unit: what the landing column holds.</summary>
    public Unit? Unit { get; init; }
    public bool Required { get; init; }

    /// <summary>The first year of which a return must have the column; null for always. What was received before the form had it stays readable.</summary>
    public int? FromYear { get; init; }

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

    /// <summary>The Chinese heading under which it stands in the return of a year.</summary>
    public string HeadingIn(int year) => Headings.Where(h => h.FromEdition <= year).MaxBy(h => h.FromEdition)?.Zh ?? Label.Zh;
}

/// <summary>
/// What a field holds. The reader, the landing column, the template's validation and the dictionary page follow from it.
/// A quantity is a number whose unit another column of the row names. A form is one of the catalogue, and a form's field one of the form that the row names;
/// both hold the internal name, whatever people call it.
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
    Form,
    FormField,
}

/// <summary>A heading under which a field stands from an edition on (a year); later entries replace earlier ones.</summary>
public sealed record Heading(int FromEdition, string Zh);
