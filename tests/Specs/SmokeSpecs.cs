using Xunit;

namespace Innovation1551.Specs;

public class SmokeSpecs
{
    [Fact]
    public void Text_has_both_languages() =>
        Assert.Equal("年", new Innovation1551.Models.Text("年", "year").In(Innovation1551.Models.Language.Zh));
}
