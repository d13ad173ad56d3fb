using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Reading.Tables;
using Xunit;
namespace Innovation1551.Specs.Reading;
public sealed class MetiSpecs(ITestOutputHelper output)
{
    [Fact]
    public void Dump()
    {
        foreach (var file in Corpora.Files(Corpora.Path("data", "meti"), ".xls"))
        {
            using var document = ReturnReader.Open(file);
            var seen = new HashSet<string>();
            var sheet = document.Sheets().First();
            TableFinder.Find(sheet, h => { seen.Add(h); return h is "企業数" or "計" or "所有数" or "件" or "年度" or "産業分類名称"; });
            output.WriteLine(Path.GetFileName(file) + ": merged " + sheet.Merged.Count + " ::: " + string.Join(" § ", seen.Where(s => s.Length is > 3 and < 60)));
        }
    }
}
