using System.Globalization;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Forms;

/// <summary>
/// The mark by which a sheet made from a template is known again: hidden names of the sheet say which form and edition it is and
/// which field each column holds. Spreadsheet programs keep them and move them along when the sheet is renamed, a heading is
/// translated, or rows and columns are inserted.
/// </summary>
/// <param name="HeaderRow">1-based row of the headings.</param>
/// <param name="Fields">Field names by 1-based column.</param>
internal sealed record TemplateMark(Form Form, int Edition, int HeaderRow, IReadOnlyDictionary<int, string> Fields)
{
    public const string FormName = "innovation_form";
    public const string FieldPrefix = "innovation_field_";

    /// <summary>What the mark says of sheets that hold no returns: instructions, lists, last year's figures, findings.</summary>
    public const string Help = "help";

    /// <summary>A sheet that we put into the workbook and that holds no return.</summary>
    public static bool IsHelp(Sheet sheet) => Constant(sheet) == Help;

    /// <summary>The form that the mark names, also where the places of its headings are lost.</summary>
    public static Form? FormOf(Sheet sheet) => Constant(sheet) is { } text ? FormCatalogue.Find(text.Split('/')[0]) : null;

    /// <summary>The mark of a sheet; null where there is none, or none that still makes sense.</summary>
    public static TemplateMark? Of(Sheet sheet)
    {
        if (Constant(sheet) is not { } text || text.Split('/') is not [var id, var year])
            return null;
        if (FormCatalogue.Find(id) is not { } form || !int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var edition))
            return null;
        var places = sheet
            .Names.Where(n => n.Key.StartsWith(FieldPrefix, StringComparison.OrdinalIgnoreCase))
            .Select(n =>
                (
                    Field: form.Fields.FirstOrDefault(f => string.Equals(f.Name, n.Key[FieldPrefix.Length..], StringComparison.OrdinalIgnoreCase)),
                    Place: PlaceOf(n.Value)
                )
            )
            .Where(n => n.Field is not null && n.Place is not null)
            .ToList();
        if (places.Count == 0)
            return null;
        var row = places.GroupBy(p => p.Place!.Value.Row).MaxBy(g => g.Count())!.Key;
        return new(
            form,
            edition,
            row,
            places.Where(p => p.Place!.Value.Row == row).DistinctBy(p => p.Place!.Value.Column).ToDictionary(p => p.Place!.Value.Column, p => p.Field!.Name)
        );
    }

    private static string? Constant(Sheet sheet) => sheet.Names.GetValueOrDefault(FormName)?.Trim().Trim('"');

    /// <summary>Row and column of a reference such as 'A sheet'!$D$3; null for what a deletion left (#REF!).</summary>
    private static (int Row, int Column)? PlaceOf(string reference)
    {
        var cell = reference[(reference.LastIndexOf('!') + 1)..].Replace("$", "", StringComparison.Ordinal);
        return CellReference.TryParse(cell, out var row, out var column) ? (row, column) : null;
    }
}
