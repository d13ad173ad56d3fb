using System.Globalization;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Returns.Rules;

/// <summary>The numbers of <c>seeds/threshold.csv</c>, as SQL literals.</summary>
public sealed class Thresholds
{
    private const string Path = "seeds/threshold.csv";

    private readonly Dictionary<string, string> _values;

    /// <exception cref="DefinitionException">A threshold is no number.</exception>
    public Thresholds(Definitions definitions)
    {
        _values = new(StringComparer.Ordinal);
        var line = 1;
        foreach (var row in Seed.Parse(Path, definitions[Path]).Skip(1))
        {
            line++;
            _values[row[0]] = decimal.TryParse(row[1], NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
                ? number.ToString(CultureInfo.InvariantCulture)
                : throw new DefinitionException(Path, line, new($"阈值 {row[0]} 不是数字", $"threshold {row[0]} is not a number"));
        }
    }

    /// <exception cref="DefinitionException">There is no such threshold.</exception>
    public string this[string name] =>
        _values.TryGetValue(name, out var value) ? value : throw new DefinitionException(Path, 1, new($"缺少阈值 {name}", $"threshold {name} is missing"));
}
