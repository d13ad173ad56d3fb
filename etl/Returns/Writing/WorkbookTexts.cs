using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Innovation1551.Returns.Writing;

/// <summary>The texts of a workbook, each once, in order of first use.</summary>
internal sealed class WorkbookTexts
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private long _uses;

    public int IndexOf(string text)
    {
        _uses++;
        if (_index.TryGetValue(text, out var at))
            return at;
        _index.Add(text, _texts.Count);
        _texts.Add(text);
        return _texts.Count - 1;
    }

    public ReadOnlySpan<byte> ToPart()
    {
        var buffer = new MemoryStream(1 << 16);
        using (var writer = new OpenXmlPartWriter(buffer, new UTF8Encoding(false)))
        {
            writer.WriteStartDocument(standalone: true);
            writer.WriteStartElement(new SharedStringTable(), [new("count", "", StoredText.Of(_uses)), new("uniqueCount", "", StoredText.Of(_texts.Count))]);
            foreach (var text in _texts)
                writer.WriteElement(new SharedStringItem(new DocumentFormat.OpenXml.Spreadsheet.Text(text)));
            writer.WriteEndElement();
        }
        return buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
    }
}
