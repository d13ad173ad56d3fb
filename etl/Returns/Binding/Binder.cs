using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Reading.Tables;
using Innovation1551.Returns.Receiving;

namespace Innovation1551.Returns.Binding;

/// <summary>Reads a file as returns: finds each sheet's form by its headings, then types its rows. All faults become findings.</summary>
/// <param name="forms">The forms to look for; the programme's own unless others are given.</param>
public sealed class Binder(CodeLists codes, ReadOptions options, FormIndex? forms = null)
{
    private readonly FormIndex forms = forms ?? FormIndex.Shipped;
    private readonly ReadOptions reading = options with { KeepRaggedRows = true };

    /// <summary>Delimiters to try where detection found no table: a form without rows has too few records to tell.</summary>
    private static readonly char[] Delimiters = [',', '\t', ';', '|'];

    public BoundFile Bind(Receipt receipt, string path)
    {
        var file = Bind(receipt, path, reading);
        if (file.Format == "csv" && !file.Refused && file.Sheets.Count == 0 && reading.Delimiter is null)
            foreach (var delimiter in Delimiters)
                if (Bind(receipt, path, reading with { Delimiter = delimiter }) is { Sheets.Count: > 0 } declared) return declared;
        return file;
    }

    private BoundFile Bind(Receipt receipt, string path, ReadOptions layout)
    {
        using var document = ReturnReader.Open(path, layout, receipt.Name);
        var file = new BoundFile(receipt) { Format = document.Format, Encoding = document.Encoding };
        if (!document.Refused)
            foreach (var sheet in document.Sheets())
            {
                if (BindSheet(file, sheet) is { } bound) file.Sheets.Add(bound);
                if (document.Refused) break;
            }
        file.Findings.AddRange(document.Findings);
        file.Refused = document.Refused;
        if (!file.Refused && file.Sheets.Count == 0 && !file.Findings.Any(f => f.Severity == Severity.Error))
            file.Findings.Add(BindingFindings.NoForm(receipt.Name));
        // What a refused file held is not known to be whole: nothing of it is landed.
        if (file.Refused) file.Sheets.Clear();
        return file;
    }

    private BoundSheet? BindSheet(BoundFile file, Sheet sheet)
    {
        var table = TableFinder.Find(sheet, forms.IsHeading);
        if (table is null || forms.FormOf(table) is not { } index)
        {
            file.Findings.Add(BindingFindings.SheetPassedOver(file.Receipt.Name, sheet.Name));
            return null;
        }
        file.IsSynthetic |= SyntheticMark.In(table.Title) || table.Preamble.Values.Any(v => SyntheticMark.In(v.Value));
        return SheetRows.Begin(file, table, index, codes)?.ReadAll();
    }
}
