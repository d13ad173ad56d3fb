using System.Collections.Immutable;
using System.Globalization;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Rules;

/// <summary>
/// total = sum of the parts, where a part may enter with a minus sign. Amounts may each have lost half a unit of the last place
/// that the row uses; whole numbers must agree exactly.
/// </summary>
/// <param name="Total">Field that holds the total.</param>
/// <param name="Parts">Fields that sum to it.</param>
/// <param name="Minus">Fields that are taken off.</param>
public sealed record Balance(string Total, ImmutableArray<string> Parts, ImmutableArray<string> Minus)
{
    public IEnumerable<string> Fields => [Total, .. Parts, .. Minus];

    /// <summary>The sum of the parts in SQL; a blank part counts as nothing. Wide, because the largest figures are the wrong ones and an overflow ends the whole run.</summary>
    internal string Sum => "(" + string.Join(" + ", Parts.Select((p, i) => i == 0 ? $"coalesce({RuleSql.Wide("l." + p)}, 0)" : $"coalesce(l.{p}, 0)")) + string.Concat(Minus.Select(m => $" - coalesce(l.{m}, 0)")) + ")";

    internal string SomePart => $"coalesce({string.Join(", ", Parts.Concat(Minus).Select(p => "l." + p))}) is not null";

    /// <summary>True where a block of which something is filled in does not balance. The cheap comparison comes first: few rows get past it.</summary>
    internal string Broken(Form form) => string.Create(CultureInfo.InvariantCulture, $"""
        case when coalesce(l.{Total}, 0) = {Sum} then false
            else {SomePart} and abs(coalesce(l.{Total}, 0) - {Sum}) > {(IsExact(form) ? "0" : $"landing.last_place([{string.Join(", ", Fields.Select(f => "l." + f))}]) * {Fields.Count()} / 2")} end
        """);

    internal bool IsExact(Form form) => Fields.All(f => form[f].Type == FieldType.Count);

    /// <summary>How far the two sides may lie apart (see <see cref="Broken"/>).</summary>
    public decimal Tolerance(Form form, IReadOnlyDictionary<string, decimal?> row)
    {
        if (IsExact(form)) return 0;
        var place = 1m;
        foreach (var field in Fields)
            if (row[field] is { } value)
                while (place > 0.000001m && decimal.Remainder(value, place) != 0) place /= 10;
        return place * Fields.Count() / 2;
    }
}
