using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Forms;

/// <summary>Which field stands under which heading, in any edition, in Chinese or English.</summary>
public sealed class HeadingIndex
{
    private readonly Dictionary<string, Field> _fields = new(StringComparer.OrdinalIgnoreCase);

    public HeadingIndex(Form form)
    {
        Form = form;
        foreach (var field in form.Fields)
        {
            Add(field.Label.Zh, field);
            Add(field.Label.En, field);
            Add(Bilingual(field.Label.Zh, field), field);
            foreach (var heading in field.Headings)
                Add(Bilingual(heading.Zh, field), field);
            Add(field.Name, field);
            foreach (var heading in field.Headings)
                Add(heading.Zh, field);
            foreach (var synonym in field.Synonyms)
                Add(synonym, field);
        }
    }

    public Form Form { get; }

    /// <summary>A heading as templates write it: Chinese, and English on the next line.</summary>
    public static string Bilingual(string chinese, Field field) => $"{chinese}\n{field.Label.En}";

    /// <summary>The field under a heading, as <see cref="HeadingText.Clean"/> gives it.</summary>
    public Field? Find(string heading) => _fields.GetValueOrDefault(heading);

    /// <summary>Every wording under which a field of the form may stand.</summary>
    public IEnumerable<string> Headings => _fields.Keys;

    private void Add(string heading, Field field)
    {
        var clean = HeadingText.Clean(heading);
        if (!_fields.TryAdd(clean, field) && _fields[clean] != field)
            throw new InvalidOperationException($"form {Form.Id}: heading '{heading}' is claimed by {field.Name} and {_fields[clean].Name}");
    }
}
