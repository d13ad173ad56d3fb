using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Innovation1551.Returns.Binding;

/// <summary>What a file says, apart from how it is written down: a workbook saved again by another program has other bytes and the same content.</summary>
public static class BoundContent
{
    /// <summary>SHA-256 over forms, headers and typed rows; null where nothing was read, or the rows were never held in memory.</summary>
    public static string? Hash(BoundFile file)
    {
        if (file.Refused || file.Large is not null || file.Spill is not null || !file.Sheets.Any(s => s.RowsIn > 0))
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(params object?[] values) => hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\u001f', values.Select(Text)) + "\u001e"));
        foreach (var sheet in file.Sheets)
        {
            Add(sheet.Form.Id, sheet.Edition, sheet.Stated, sheet.ReporterCode, sheet.FilledOn, sheet.Revision, sheet.RowsIn);
            foreach (var row in sheet.Rows)
                Add(row.Values);
            foreach (var row in sheet.Rejected)
                Add(row.EnterpriseCode, row.Period);
        }
        // Rows that could not be typed are known by what was read in them.
        foreach (var finding in file.Findings)
            Add(finding.Code, finding.Read);
        if (file.Findings.Beyond.Length > 0)
            Add(file.Findings.Beyond);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The file as one that adds nothing to what an earlier one says: received and accounted for, without rows.</summary>
    public static BoundFile Repeating(BoundFile file, Finding finding)
    {
        var repeated = new BoundFile(file.Receipt)
        {
            Format = file.Format,
            Encoding = file.Encoding,
            IsSynthetic = file.IsSynthetic,
        };
        repeated.Findings.Add(finding);
        return repeated;
    }

    /// <summary>A number is its value: 12.50 and 12.5 say the same.</summary>
    private static string Text(object? value) =>
        value switch
        {
            null => "",
            decimal d => d.ToString("0.############", CultureInfo.InvariantCulture),
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
}
