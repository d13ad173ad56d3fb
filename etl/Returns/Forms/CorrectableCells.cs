using System.Collections.Immutable;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Forms;

/// <summary>
/// The cells that a correction may name, and what people call them: figures of the forms that state one row per enterprise and period. A form goes by its
/// number, its title in either language or its code; a field by any heading under which it may stand, with or without its unit.
/// </summary>
public static class CorrectableCells
{
    /// <summary>The forms of which a cell can be corrected, in the order of the catalogue.</summary>
    public static ImmutableArray<Form> Forms { get; } = [.. FormCatalogue.All.Where(f => f.Kind == FormKind.State)];

    private static readonly Dictionary<string, HeadingIndex> Headings = Forms.ToDictionary(f => f.Id, f => new HeadingIndex(f), StringComparer.Ordinal);

    /// <summary>The fields of a form that can be corrected: its figures.</summary>
    public static IEnumerable<Field> Fields(Form form) => form.Fields.Where(f => f.Type is FieldType.Amount or FieldType.Count or FieldType.Percent);

    /// <summary>A form as a drop-down offers it: its number and its title.</summary>
    public static string Choice(Form form) => $"{FormNumber.Of(form)} {form.Name.Zh}";

    /// <summary>A field as a drop-down offers it: its heading in the return of a year with its unit.</summary>
    public static string Choice(Field field, int year) =>
        field.HeadingIn(year) is var heading && field.Unit is { } unit ? $"{heading}（{unit.Name.Zh}）" : heading;

    /// <summary>The form that the text names; null for one that has no cell to correct, or none at all.</summary>
    public static Form? FindForm(string text)
    {
        var meant = HeadingText.Clean(text).Trim('《', '》');
        return Forms.FirstOrDefault(f => Names(f).Contains(meant, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The field of a form that the text names, and the unit that it says in brackets; null where it names none.</summary>
    public static (Field Field, string? Unit)? FindField(Form form, string text)
    {
        var meant = HeadingText.Clean(text);
        // Headings may themselves end in brackets, so the whole comes before the part.
        if (Headings[form.Id].Find(meant) is { } whole)
            return (whole, null);
        var (bare, unit) = HeadingText.SplitBracket(meant);
        return unit is not null && Headings[form.Id].Find(bare) is { } field ? (field, unit) : null;
    }

    /// <summary>Other forms that have a field under the heading.</summary>
    public static IEnumerable<Form> WithHeading(string text) => Forms.Where(f => FindField(f, text) is { Field: var field } && Fields(f).Contains(field));

    /// <summary>Every wording that names a form.</summary>
    public static IEnumerable<string> Names(Form form) =>
        ((string[])[Choice(form), FormNumber.Of(form) ?? form.Id, form.Name.Zh, form.Name.En, form.Id]).Select(HeadingText.Clean);

    /// <summary>Every heading that names a field of a form that can be corrected.</summary>
    public static IEnumerable<string> NamesOfFields(Form form) => Headings[form.Id].Headings.Where(h => Fields(form).Contains(Headings[form.Id].Find(h)));
}
