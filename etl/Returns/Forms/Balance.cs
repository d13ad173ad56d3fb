using System.Collections.Immutable;

namespace Innovation1551.Returns.Forms;

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

    internal bool IsExact(Form form) => Fields.All(f => form[f].Type == FieldType.Count);

    /// <summary>How far the two sides may lie apart (half a unit of the last place that the row uses, for the total and each part).</summary>
    public decimal Tolerance(Form form, IReadOnlyDictionary<string, decimal?> row)
    {
        if (IsExact(form))
            return 0;
        var place = 1m;
        foreach (var field in Fields)
            if (row[field] is { } value)
                while (place > 0.000001m && decimal.Remainder(value, place) != 0)
                    place /= 10;
        return place * Fields.Count() / 2;
    }
}
