using System.Collections.Frozen;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading.Tables;

namespace Innovation1551.Returns.Binding;

/// <summary>Which field stands under which heading, in any edition, in Chinese or English.</summary>
public sealed class HeadingIndex
{
    private readonly Dictionary<string, Field> fields = new(StringComparer.OrdinalIgnoreCase);

    public HeadingIndex(Form form)
    {
        Form = form;
        foreach (var field in form.Fields)
        {
            Add(field.Label.Zh, field);
            Add(field.Label.En, field);
            Add(Bilingual(field.Label.Zh, field), field);
            foreach (var heading in field.Headings) Add(Bilingual(heading.Zh, field), field);
            Add(field.Name, field);
            foreach (var heading in field.Headings) Add(heading.Zh, field);
            foreach (var synonym in field.Synonyms) Add(synonym, field);
        }
    }

    public Form Form { get; }

    /// <summary>A heading as templates write it: Chinese, and English on the next line.</summary>
    public static string Bilingual(string chinese, Field field) => $"{chinese}\n{field.Label.En}";

    public static IReadOnlyList<HeadingIndex> All { get; } = [.. FormCatalogue.All.Select(f => new HeadingIndex(f))];

    /// <summary>True for a heading of any form.</summary>
    public static bool IsHeading(string heading) => AllHeadings.Contains(heading);

    private static readonly FrozenSet<string> AllHeadings = All.SelectMany(i => i.fields.Keys).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The field under a heading, as <see cref="HeadingText.Clean"/> gives it.</summary>
    public Field? Find(string heading) => fields.GetValueOrDefault(heading);

    /// <summary>The form of a table: the one that knows most of its headings, three at least and more than half of them.</summary>
    public static HeadingIndex? FormOf(Table table) => All
        .Select(index => (Index: index, Known: table.Header.Count(h => h.Key is not null && index.Find(h.Key) is not null)))
        .Where(i => i.Known > 2 && i.Known * 2 > table.Header.Count)
        .OrderByDescending(i => i.Known).Select(i => i.Index).FirstOrDefault();

    private void Add(string heading, Field field)
    {
        var clean = HeadingText.Clean(heading);
        if (!fields.TryAdd(clean, field) && fields[clean] != field)
            throw new InvalidOperationException($"form {Form.Id}: heading '{heading}' is claimed by {field.Name} and {fields[clean].Name}");
    }
}
