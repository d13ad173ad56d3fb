using System.Globalization;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Pipeline.Work;

/// <summary>The day until which a form is to be sent: the one place that templates ask.</summary>
internal static class DueDate
{
    private const string Path = "seeds/deadline.csv";

    /// <summary>Null where nothing is laid down, for what is sent when there is something to say (register, corrections), and for a monthly form without a month: it has twelve.</summary>
    /// <param name="month">The last of the months from January; null for the whole year.</param>
    public static DateOnly? Of(Definitions definitions, Form form, int year, int? month)
    {
        if (form.Kind == FormKind.Register || form == CorrectionForm.Form || form.Sent == Cadence.Months && month is null)
            return null;
        var kind = month is null ? "year" : "ytd";
        foreach (var row in Seed.Parse(Path, definitions[Path]).Skip(1))
            if (row[0] == kind)
                return new DateOnly(year, month ?? 12, 1).AddMonths(Number(row[1])).AddDays(Number(row[2]) - 1);
        return null;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);
}
