using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Innovation1551.Returns.Feedback;

/// <summary>
/// Puts elements into an XML part without touching a character of the rest: the part is parsed only to find the place.
/// Parts that are not UTF-8 are left alone.
/// </summary>
internal sealed class XmlSplice
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _text;
    private readonly bool _mark;

    private XmlSplice(string text, bool mark) => (_text, _mark) = (text, mark);

    /// <summary>Null where the part is in another encoding.</summary>
    public static XmlSplice? Of(byte[] part)
    {
        try
        {
            var mark = part.AsSpan().StartsWith(Encoding.UTF8.Preamble);
            var text = Strict.GetString(mark ? part.AsSpan(3) : part);
            var declared = text.StartsWith("<?xml", StringComparison.Ordinal)
                ? text[..(text.IndexOf("?>", StringComparison.Ordinal) is > 0 and var end ? end : 0)]
                : "";
            return declared.Contains("encoding", StringComparison.OrdinalIgnoreCase) && !declared.Contains("utf-8", StringComparison.OrdinalIgnoreCase)
                ? null
                : new(text, mark);
        }
        catch (DecoderFallbackException)
        {
            return null; // UTF-16 or damaged: the caller falls back to a list
        }
    }

    public string Text => _text;

    public byte[] Bytes => [.. _mark ? Encoding.UTF8.Preamble : [], .. Strict.GetBytes(_text)];

    /// <summary>Namespace of the root element.</summary>
    public string RootNamespace
    {
        get
        {
            using var xml = Reader();
            xml.MoveToContent();
            return xml.NamespaceURI;
        }
    }

    /// <summary>Inserts before the first child of the root that has one of the names, or at the root's end. Null where the root is empty.</summary>
    public XmlSplice? BeforeChild(IReadOnlySet<string> names, string element)
    {
        using var xml = Reader();
        while (xml.Read())
        {
            if (xml.Depth == 0 && xml.NodeType == XmlNodeType.Element && xml.IsEmptyElement)
                return null;
            if (
                xml.Depth == 1 && xml.NodeType == XmlNodeType.Element && names.Contains(xml.LocalName)
                || xml.Depth == 0 && xml.NodeType == XmlNodeType.EndElement
            )
                return At(Offset(xml, xml.NodeType), element);
        }
        return null;
    }

    /// <summary>Inserts as the last child of the first element of a name; null where there is none or it is empty.</summary>
    public XmlSplice? AtEndOf(string name, string element)
    {
        using var xml = Reader();
        while (xml.Read())
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == name)
                return At(Offset(xml, xml.NodeType), element);
        return null;
    }

    /// <summary>Changes the text of each child of the root that has a name, as it stands there; what is changed to nothing is taken out.</summary>
    public XmlSplice EachChild(string name, Func<string, string> change)
    {
        var spans = new List<(int From, int To)>();
        using (var xml = Reader())
            for (var from = 0; xml.Read(); )
            {
                if (xml.Depth != 1 || xml.LocalName != name)
                    continue;
                if (xml.NodeType == XmlNodeType.Element)
                {
                    from = Offset(xml, xml.NodeType);
                    if (xml.IsEmptyElement)
                        spans.Add((from, _text.IndexOf("/>", from, StringComparison.Ordinal) + 2));
                }
                else if (xml.NodeType == XmlNodeType.EndElement)
                    spans.Add((from, _text.IndexOf('>', Offset(xml, xml.NodeType)) + 1));
            }
        var text = new StringBuilder(_text);
        for (var i = spans.Count - 1; i >= 0; i--)
        {
            var (from, to) = spans[i];
            text.Remove(from, to - from).Insert(from, change(_text[from..to]));
        }
        return new(text.ToString(), _mark);
    }

    /// <summary>Changes the first child of the root that has a name, as an element of its own.</summary>
    public XmlSplice Child(string name, Action<XElement> change)
    {
        // What the child's names mean is declared at the root.
        var root = new StringBuilder("<root");
        using (var xml = Reader())
        {
            xml.MoveToContent();
            while (xml.MoveToNextAttribute())
                if (xml.Prefix == "xmlns" || xml.Name == "xmlns")
                    root.Append(' ').Append(xml.Name).Append("=\"").Append(System.Security.SecurityElement.Escape(xml.Value)).Append('"');
        }
        var isFirst = true;
        return EachChild(
            name,
            text =>
            {
                if (!isFirst)
                    return text;
                isFirst = false;
                var element = XElement.Parse($"{root}>{text}</root>", LoadOptions.PreserveWhitespace).Elements().Single();
                change(element);
                return element.ToString(SaveOptions.DisableFormatting);
            }
        );
    }

    /// <summary>Whether the root has a child of a name.</summary>
    public bool Has(string name)
    {
        using var xml = Reader();
        while (xml.Read())
            if (xml.Depth == 1 && xml.NodeType == XmlNodeType.Element && xml.LocalName == name)
                return true;
        return false;
    }

    private XmlSplice At(int offset, string element) => new(_text.Insert(offset, element), _mark);

    private XmlReader Reader() =>
        XmlReader.Create(
            new StringReader(_text),
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                CheckCharacters = false,
            }
        );

    /// <summary>Where the tag begins that the reader stands on. The reader counts lines as XML does and points behind the opening bracket.</summary>
    private int Offset(XmlReader xml, XmlNodeType node)
    {
        var at = (IXmlLineInfo)xml;
        var offset = 0;
        for (var line = 1; line < at.LineNumber; line++)
        {
            var end = _text.AsSpan(offset).IndexOfAny('\r', '\n');
            offset += end + (_text[offset + end] == '\r' && offset + end + 1 < _text.Length && _text[offset + end + 1] == '\n' ? 2 : 1);
        }
        return offset + at.LinePosition - 1 - (node == XmlNodeType.EndElement ? 2 : 1);
    }
}
