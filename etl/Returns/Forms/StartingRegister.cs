using System.Globalization;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Returns.Forms;

/// <summary>
/// The provincial groups and the subsidiaries that the programme names, as they were published: what a register is begun from, to be checked and completed.
/// Each row says what is not verified. Names only; nothing is known of their figures, and no release holds these rows before somebody has sent them.
/// </summary>
public static class StartingRegister
{
    /// <summary>Rows of the register form, by field.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows()
    {
        const string name = "starting_register.csv";
        using var stream = typeof(StartingRegister).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        var rows = Seed.Parse(name, reader.ReadToEnd());
        return
        [
            .. rows.Skip(1)
                .Select(cells =>
                    rows[0].Zip(cells).Where(c => c.Second.Length > 0).ToDictionary(c => c.First, c => Typed(c.First, c.Second), StringComparer.Ordinal)
                ),
        ];
    }

    private static object? Typed(string field, string text) =>
        EnterpriseRegisterForm.Form[field].Type == FieldType.Date ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : text;
}
