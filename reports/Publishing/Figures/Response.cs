using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>How many returns of a form were due, came, and were accepted. <see cref="Rate"/> is accepted ÷ expected in percent.</summary>
public sealed record Response(string Form, Text Name, int Year, int Expected, int Received, int Accepted, decimal? Rate)
{
    /// <summary>Where one of its numbers stands.</summary>
    public Bound Key(string column) => Bound.Record(FormattableString.Invariant($"response/{Form}/{Year}/{column}"));
}
