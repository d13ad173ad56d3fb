using System.Text.RegularExpressions;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.Dissemination;

/// <summary>Metrics and recipes are written in words that three engines have, where there are such.</summary>
public partial class PortableWordSpecs
{
    [Theory]
    [InlineData("metric/")]
    [InlineData("cookbook/")]
    public void What_all_engines_have_a_word_for_is_said_in_it(string folder) =>
        Assert.Empty(WarehouseSketch.Definitions.Under(folder.TrimEnd('/')).SelectMany(d => DuckDbAlone().Matches(d.Value).Select(m => $"{d.Key}: {m.Value}")));

    /// <summary>group by all: name the columns; year(x): extract(year from x); contains(a, b): position(b in a) > 0; a list of quantiles: one after the other.</summary>
    [GeneratedRegex(@"group by all|(?<![\w.])(year|month|contains)\(|quantile_cont\([^)]*\[")]
    private static partial Regex DuckDbAlone();
}
