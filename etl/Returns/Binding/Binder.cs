using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Reading.Tables;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Binding;

/// <summary>Reads a file as returns: finds each sheet's form by its headings, then types its rows. All faults become findings.</summary>
/// <param name="forms">The forms to look for; the programme's own unless others are given.</param>
public sealed class Binder(CodeLists codes, ReadOptions options, FormIndex? forms = null)
{
    private readonly FormIndex _forms = forms ?? FormIndex.Shipped;
    private readonly ReadOptions _reading = options with { KeepRaggedRows = true };

    /// <summary>Delimiters to try where detection found no table: a form without rows has too few records to tell.</summary>
    private static readonly char[] Delimiters = [',', '\t', ';', '|'];

    /// <summary>From this size on a plain CSV is landed by the database's own reader.</summary>
    public long LargeFrom { get; init; } = 8 << 20;

    /// <param name="cellByCell">Reads every row here, however large the file.</param>
    /// <param name="spill">Takes the rows off a sheet that has become long.</param>
    /// <exception cref="LongFileException">The file has more rows than are held in memory, and nobody takes them off.</exception>
    public BoundFile Bind(Receipt receipt, string path, bool cellByCell = false, Action<BoundFile, BoundSheet>? spill = null)
    {
        var file = Bind(receipt, path, _reading, cellByCell, spill);
        if (file.Format == "csv" && !file.Refused && file.Sheets.Count == 0 && _reading.Delimiter is null)
            foreach (var delimiter in Delimiters)
                if (Bind(receipt, path, _reading with { Delimiter = delimiter }, cellByCell, spill) is { Sheets.Count: > 0 } declared)
                    return declared;
        return file;
    }

    private BoundFile Bind(Receipt receipt, string path, ReadOptions layout, bool cellByCell, Action<BoundFile, BoundSheet>? spill)
    {
        using var document = ReturnReader.Open(path, layout, receipt.Name);
        var file = new BoundFile(receipt)
        {
            Format = document.Format,
            Encoding = document.Encoding,
            Spill = spill,
        };
        var text = new BoundedText(new FileInfo(path) is { Exists: true } stored ? stored.Length : 0);
        var strange = new List<Row>();
        var helpers = new HashSet<string>(StringComparer.Ordinal);
        if (!document.Refused)
            foreach (var whole in document.Sheets())
            {
                var sheet = new BoundedSheet(whole, document, text);
                if (TemplateMark.IsHelp(sheet) && helpers.Add(sheet.Name))
                    continue;
                if (BindSheet(file, sheet, cellByCell ? null : document, path) is { } bound)
                    file.Sheets.Add(bound);
                else if (strange.Count < 600)
                    strange.AddRange(sheet.First);
                if (document.Refused)
                    break;
            }
        // Our own lists and instructions are hidden or no return on purpose.
        file.Findings.AddRange(document.Findings.Where(f => f.Severity != Severity.Note || f.Sheet is null || !helpers.Contains(f.Sheet)));
        file.Refused = document.Refused;
        if (!file.Refused && file.Sheets.Count == 0 && !file.Findings.Any(f => f.Severity == Severity.Error))
            file.Findings.Add(BindingFindings.NoForm(receipt.Name, NearestForm.Of(strange, _forms.Forms)));
        if (!file.Refused && file.Large is null)
            file.Findings.AddRange(BindingFindings.NothingFilledIn(receipt.Name, file.Sheets));
        // What a refused file held is not known to be whole: nothing of it is landed.
        if (file.Refused)
            file.Sheets.Clear();
        return file;
    }

    private BoundSheet? BindSheet(BoundFile file, BoundedSheet sheet, Document? large, string path)
    {
        // The template's mark says outright what detection can only infer from the headings.
        var mark = TemplateMark.Of(sheet);
        var index = mark is null ? null : new HeadingIndex(mark.Form);
        var table = index is null ? null : MarkedTable.Find(sheet, mark!, index, _forms.IsHeading);
        table ??= TableFinder.Find(sheet, _forms.IsHeading);
        index ??= table is null ? null : _forms.FormOf(table);
        if (table is null || index is null)
        {
            file.Findings.Add(
                MissingHeadings.Of(sheet, sheet.First) is { } headless
                    ? BindingFindings.NoHeadings(file.Receipt.Name, sheet.Name, headless.Row, headless.Form)
                    : BindingFindings.SheetPassedOver(file.Receipt.Name, sheet.Name)
            );
            return null;
        }
        file.IsSynthetic |= SyntheticMark.In(table.Title) || table.Preamble.Values.Any(v => SyntheticMark.In(v.Value));
        if (SheetRows.Begin(file, table, index, codes, mark?.Edition) is not { } rows)
            return null;
        if (
            large is { Format: "csv", Encoding: "UTF-8", Dialect: { Quote: null or '"', BlankAfterDelimiter: false } dialect }
            && new FileInfo(path).Length >= LargeFrom
            && rows.Large(path, dialect.Delimiter) is { } left
        )
        {
            file.Large = left;
            return left.Sheet;
        }
        return rows.ReadAll();
    }
}
