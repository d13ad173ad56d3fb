using System.Text;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Binding;

/// <summary>Which field stands under which heading, in any edition, in Chinese or English, with or without its unit.</summary>
public sealed class HeadingIndex
{
    private readonly Dictionary<string, Field> fields = new(StringComparer.Ordinal);

    public HeadingIndex(Form form)
    {
        Form = form;
        foreach (var field in form.Fields)
        {
            Add(field.Label.Zh, field);
            Add(field.Label.En, field);
            Add(field.Name, field);
            foreach (var heading in field.Headings) Add(heading.Zh, field);
            foreach (var synonym in field.Synonyms) Add(synonym, field);
        }
    }

    public Form Form { get; }

    /// <summary>All headings of all forms, by form.</summary>
    public static IReadOnlyList<HeadingIndex> All { get; } = [.. FormCatalogue.All.Select(f => new HeadingIndex(f))];

    public Field? Find(string heading) => fields.GetValueOrDefault(Normal(heading)) ?? fields.GetValueOrDefault(Normal(SplitUnit(heading).Name));

    /// <summary>A heading without its trailing unit in brackets, and the unit, where it is one.</summary>
    public static (string Name, Unit? Unit) SplitUnit(string heading)
    {
        var text = heading.Trim();
        if (text.Length > 2 && text[^1] is ')' or '）' && text.LastIndexOfAny(['(', '（']) is > 0 and var open
            && Unit.Named(text[(open + 1)..^1].Replace("单位：", "", StringComparison.Ordinal).Replace("单位:", "", StringComparison.Ordinal).Trim()) is { } unit)
            return (text[..open], unit);
        return (text, null);
    }

    /// <summary>Headings are compared without spaces, line breaks and case, and with one kind of punctuation.</summary>
    private static string Normal(string text)
    {
        var normal = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || c == '\uFEFF') continue;
            normal.Append(c switch
            {
                '（' => '(',
                '）' => ')',
                '：' => ':',
                '；' => ';',
                '，' => ',',
                >= '！' and <= '～' => char.ToLowerInvariant((char)(c - 0xFEE0)),
                _ => char.ToLowerInvariant(c),
            });
        }
        return normal.ToString();
    }

    private void Add(string heading, Field field)
    {
        if (!fields.TryAdd(Normal(heading), field) && fields[Normal(heading)] != field)
            throw new InvalidOperationException($"form {Form.Id}: heading '{heading}' is claimed by {field.Name} and {fields[Normal(heading)].Name}");
    }
}
