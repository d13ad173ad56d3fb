using System.Text;
using Innovation1551.Models.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>Every folder tests/Cases/RELATION/CASE: the model run as it stands over small given tables gives the expected rows.</summary>
public class ModelCaseSpecs
{
    public static TheoryData<string> Cases =>
        [
            .. Directory
                .EnumerateDirectories(House.At("tests", "Cases"))
                .SelectMany(Directory.EnumerateDirectories)
                .Select(d => Path.GetRelativePath(House.At("tests", "Cases"), d).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    [Theory, MemberData(nameof(Cases))]
    public void The_model_gives_the_expected_rows(string path)
    {
        var relation = path.Split('/')[0];
        var folder = House.At("tests", "Cases", path);
        Assert.True(WarehouseSketch.Graph.Reads.ContainsKey(relation), $"tests/Cases/{path}: no model makes {relation}");

        using var warehouse = new WarehouseSketch();
        foreach (var file in Directory.EnumerateFiles(folder, "given.*.csv").Order(StringComparer.Ordinal))
        {
            var given = Path.GetFileName(file)["given.".Length..^".csv".Length];
            Assert.True(WarehouseSketch.Reads(relation, given), $"{House.Relative(file)}: {relation} does not read {given}");
            warehouse.Fill(given, Table(file));
        }
        warehouse.RunModel(relation);

        var expected = Table(Path.Combine(folder, "expected.csv"));
        var where = Path.Combine(folder, "where.sql") is var w && File.Exists(w) ? " where " + File.ReadAllText(w, Encoding.UTF8) : "";
        var actual = warehouse.Connection.Rows($"select {string.Join(", ", expected[0].Select(c => $"cast({c} as varchar)"))} from {relation}{where}");
        Assert.Equal(
            expected.Skip(1).Select(r => string.Join(" | ", r)).Order(StringComparer.Ordinal),
            actual.Select(r => string.Join(" | ", r.Select(v => v as string ?? ""))).Order(StringComparer.Ordinal)
        );
    }

    private static List<string[]> Table(string file) => Seed.Parse(House.Relative(file), File.ReadAllText(file, Encoding.UTF8));
}
