using System.Globalization;

namespace Innovation1551.Returns.Sheets;

/// <summary>Dates that spreadsheets store as a count of days, in either epoch.</summary>
public static class SerialDate
{
    private static readonly DateTime Epoch1900 = new(1899, 12, 30);
    private static readonly DateTime Epoch1904 = new(1904, 1, 1);

    /// <summary>
    /// The moment that a serial number stands for, to the second; null outside 1900 to 9999, and for serial 60,
    /// the 29 February 1900 that never was.
    /// </summary>
    public static DateTime? Of(double serial, bool epoch1904)
    {
        if (double.IsNaN(serial) || serial < 0 || serial >= 2_958_466)
            return null;
        DateTime start;
        if (epoch1904)
            start = Epoch1904;
        else if (serial >= 61)
            start = Epoch1900;
        else if (serial >= 60 || serial < 1)
            return null;
        else
            start = Epoch1900.AddDays(1);
        var whole = Math.Floor(serial);
        var seconds = Math.Round((serial - whole) * 86_400, MidpointRounding.AwayFromZero);
        // The last serial of the 1904 epoch lies beyond the year 9999.
        if (whole + seconds / 86_400 > (DateTime.MaxValue - start).TotalDays)
            return null;
        return start.AddDays(whole).AddSeconds(seconds);
    }

    /// <summary>ISO 8601: a date, with a time only where it is not midnight.</summary>
    public static string Iso(DateTime moment) =>
        moment.TimeOfDay == TimeSpan.Zero
            ? moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : moment.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The cell that a number under a date format stands for; null when the number is no date, so that it stays a number.</summary>
    internal static string? Read(ReadOnlySpan<char> stored, FormatKind kind, bool epoch1904)
    {
        if (!double.TryParse(stored, NumberStyles.Float, CultureInfo.InvariantCulture, out var serial))
            return null;
        if (kind == FormatKind.TimeOfDay && serial is >= 0 and < 1)
        {
            var seconds = Math.Round(serial * 86_400, MidpointRounding.AwayFromZero);
            return seconds < 86_400 ? TimeSpan.FromSeconds(seconds).ToString("c", CultureInfo.InvariantCulture) : null;
        }
        return Of(serial, epoch1904) is { } moment ? Iso(moment) : null;
    }
}
