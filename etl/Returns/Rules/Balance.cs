using System.Collections.Immutable;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Rules;

/// <summary>total = sum of the parts, where a part may enter with a minus sign.</summary>
/// <param name="Total">Field that holds the total.</param>
/// <param name="Parts">Fields that sum to it.</param>
/// <param name="Minus">Fields that are taken off.</param>
public sealed record Balance(string Total, ImmutableArray<string> Parts, ImmutableArray<string> Minus)
{
    public IEnumerable<string> Fields => [Total, .. Parts, .. Minus];

    internal bool IsExact(Form form) => Fields.All(f => form[f].Type == FieldType.Count);
}
