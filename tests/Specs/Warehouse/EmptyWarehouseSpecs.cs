using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Landing;
using Xunit;

namespace Innovation1551.Specs.Warehouse;

/// <summary>The warehouse before its first row is laid out once and copied after that; what is kept of it is never taken where it is not what was written.</summary>
public sealed class EmptyWarehouseSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation-empty-").FullName;
    private readonly WarehouseBuilder _builder;
    private readonly string _landing;
    private int _placed;

    public EmptyWarehouseSpecs()
    {
        var definitions = Definitions.Load();
        _builder = new(definitions, ModelGraph.Of(definitions));
        _landing = Path.Combine(_folder, "landing.duckdb");
        using var landing = LandingStore.Open(_landing);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Cache => Path.Combine(_folder, "cache");

    private byte[] Place(string mark, string? cache)
    {
        var path = Path.Combine(_folder, $"{++_placed}.duckdb");
        EmptyWarehouse.Place(path, _builder, mark, _landing, cache);
        using (var warehouse = Database.OpenForBuilding(path))
            Assert.True(warehouse.Scalar<long>("select count(*) from duckdb_columns() where database_name = 'building' and comment like '% / %'") > 1_500);
        return File.ReadAllBytes(path);
    }

    [Fact]
    public void It_is_copied_where_it_is_whole_and_made_again_where_it_is_not()
    {
        var laid = Place("a", Cache);
        var kept = Assert.Single(Directory.GetFiles(Cache));
        Assert.Equal(laid, Place("a", Cache));
        var whole = File.ReadAllBytes(kept);
        foreach (var damage in new Func<byte[], byte[]>[] { b => b[..^9], b => [.. b[..^99], (byte)(b[^99] ^ 1), .. b[^98..]] })
        {
            File.WriteAllBytes(kept, damage(whole));
            Place("a", Cache);
            // What was made in its place is kept in its place, and is whole.
            var made = File.ReadAllBytes(Assert.Single(Directory.GetFiles(Cache)));
            Assert.Equal(made[..^32], Place("a", Cache));
        }
    }

    [Fact]
    public void Other_definitions_have_their_own_and_few_are_kept()
    {
        Place("a", Cache);
        var first = Directory.GetFiles(Cache).Single();
        // Three others, none of them taken since.
        foreach (var (name, age) in (ReadOnlySpan<(string, int)>)[("b", 3), ("c", 2), ("d", 1)])
        {
            var other = Path.Combine(Cache, name + ".warehouse");
            File.Copy(first, other);
            File.SetLastWriteTimeUtc(other, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-age));
        }
        File.SetLastWriteTimeUtc(first, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-4));
        // One that a killed process left half done, and one that somebody is writing.
        var (left, begun) = (Path.Combine(Cache, "d.warehouse.0.part"), Path.Combine(Cache, "d.warehouse.1.part"));
        File.WriteAllText(left, "");
        File.SetLastWriteTimeUtc(left, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));
        File.WriteAllText(begun, "");
        Place("a", Cache);
        Place("e", Cache);
        Assert.False(File.Exists(left));
        Assert.True(File.Exists(begun));
        var kept = Directory.GetFiles(Cache, "*.warehouse").Select(Path.GetFileNameWithoutExtension).ToHashSet();
        Assert.Equal(4, kept.Count);
        Assert.DoesNotContain("b", kept);
        Assert.Contains(Path.GetFileNameWithoutExtension(first), kept);
    }

    [Fact]
    public void Where_nothing_can_be_kept_it_is_laid_out_each_time()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Place("a", Path.Combine(file, "cache"));
        Place("a", null);
        Assert.Equal("", File.ReadAllText(file));
    }
}
