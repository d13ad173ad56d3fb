namespace Innovation1551.Returns.Binding;

/// <summary>From which share of rows that cannot be read a file is refused whole: it is then no return with faults, but another table.</summary>
/// <param name="Percent">Share of the rows, in percent.</param>
/// <param name="FromRows">Only files of so many rows: of shorter ones every fault is worth its place.</param>
public sealed record FaultyShare(decimal Percent, long FromRows)
{
    /// <summary>Refuses the file where its share is above: each sheet is kept out, with one finding that sums it up.</summary>
    public void Judge(BoundFile file)
    {
        var (rows, faulty) = (file.Sheets.Sum(s => s.RowsIn), file.Sheets.Sum(s => s.RowsRejected));
        if (rows < FromRows || faulty * 100 <= rows * Percent)
            return;
        foreach (var sheet in file.Sheets)
            file.Findings.Add(BindingFindings.MostlyFaulty(file.Receipt.Name, sheet.SheetName, rows, faulty, Percent));
    }
}
