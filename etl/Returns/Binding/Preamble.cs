using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Values;

namespace Innovation1551.Returns.Binding;

/// <summary>What stands above a table: who reports, when it was filled in, which revision, which unit, whether it is sample data.</summary>
internal sealed class Preamble
{
    public string? ReporterCode { get; private set; }
    public DateOnly? FilledOn { get; private set; }
    public int Revision { get; private set; }
    public Unit? Unit { get; private set; }
    public int? Edition { get; private set; }
    public bool IsSynthetic { get; private set; }

    public void Read(Row row)
    {
        foreach (var cell in row.Cells)
        {
            if (cell.Kind == CellKind.Blank) continue;
            var text = cell.Text;
            if (text.Contains("示例数据", StringComparison.Ordinal) || text.Contains("synthetic", StringComparison.OrdinalIgnoreCase)) IsSynthetic = true;
            if (text.LastIndexOf('[') is >= 0 and var open && text.IndexOf('/', open) is > 0 and var slash && text.IndexOf(']', slash) is > 0 and var close
                && int.TryParse(text.AsSpan(slash + 1, close - slash - 1), out var edition)) Edition = edition;
            var colon = text.IndexOfAny(['：', ':']);
            if (colon <= 0) continue;
            var value = text[(colon + 1)..].Trim();
            switch (text[..colon].Trim())
            {
                case "填报单位" or "Reporting unit":
                    ReporterCode = value.Split((char[])[' ', '　'], 2, StringSplitOptions.RemoveEmptyEntries) is [var code, ..] ? code : null;
                    break;
                case "填表日期" or "填报日期" or "Filled in on":
                    if (DateText.Read(new Cell(cell.Column, CellKind.Text, value)) is { HasValue: true, Value: var date }) FilledOn = date;
                    break;
                case "修订版次" or "版次" or "Revision":
                    if (int.TryParse(value, out var revision) && revision >= 0) Revision = revision;
                    break;
                case "单位" or "计量单位" or "Unit":
                    Unit = Unit.Named(value);
                    break;
            }
        }
    }
}
