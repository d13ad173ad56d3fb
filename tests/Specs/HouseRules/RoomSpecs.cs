using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Innovation1551.Specs.HouseRules;

/// <summary>
/// The rooms inside a project know one another in one direction. What a file knows is read off its text: its usings and the names it
/// writes out, in full or from a common root. That works because namespaces follow folders, which is held here too.
/// </summary>
public partial class RoomSpecs
{
    /// <summary>
    /// By project and room: which rooms of the project it may know. The arrow that is not here does not exist; a new room gets a line.
    /// Types in the namespace of the project itself are known to all and know no room.
    /// </summary>
    private static readonly Dictionary<string, Dictionary<string, string[]>> Arrows = new(StringComparer.Ordinal)
    {
        ["etl/Returns"] = new(StringComparer.Ordinal)
        {
            [""] = [],
            ["Sheets"] = [],
            ["Receiving"] = [],
            ["Values"] = ["Sheets"],
            ["Reading"] = ["Sheets"],
            ["Forms"] = ["Values", "Sheets"],
            ["Binding"] = ["Reading", "Values", "Forms", "Sheets"],
            ["Landing"] = ["Binding", "Values", "Forms", "Sheets"],
            ["Rules"] = ["Landing", "Forms"],
            ["Writing"] = ["Rules", "Forms", "Sheets"],
            ["Feedback"] = ["Writing", "Rules", "Landing", "Reading", "Forms", "Sheets"],
            ["Sample"] = ["Writing", "Forms"],
        },
        ["models"] = new(StringComparer.Ordinal)
        {
            ["Common"] = [],
            ["Warehouse"] = ["Common"],
            ["Disclosure"] = ["Releases", "Warehouse", "Common"],
            ["Tracing"] = ["Warehouse", "Common"],
            ["Releases"] = ["Tracing", "Warehouse", "Common"],
            ["Signing"] = ["Releases", "Warehouse", "Common"],
            ["Exchange"] = ["Warehouse", "Common"],
            ["Dissemination"] = ["Exchange", "Signing", "Releases", "Warehouse", "Common"],
            ["Querying"] = ["Exchange", "Releases", "Warehouse", "Common"],
        },
        ["reports/Publishing"] = new(StringComparer.Ordinal)
        {
            [""] = [],
            ["Figures"] = [],
            ["Pages"] = ["Figures"],
            ["Charts"] = ["Pages", "Figures"],
            ["Dictionary"] = ["Pages", "Figures"],
            ["Document"] = ["Charts", "Figures"],
            ["Proofreading"] = ["Charts", "Figures"],
            ["Typesetting"] = [],
            ["Formats"] = ["Document", "Charts", "Pages", "Figures", "Typesetting"],
            ["Annual"] = ["Formats", "Document", "Charts", "Figures"],
        },
        ["reports/Service"] = new(StringComparer.Ordinal)
        {
            [""] = ["Endpoints", "Workers", "Access"],
            ["Access"] = [],
            ["Workers"] = [],
            ["Endpoints"] = ["Workers", "Access"],
        },
    };

    /// <summary>Names of types that may stand in two rooms, each with its reason. Better none.</summary>
    private static readonly string[] NamesOfTwo = [];

    [Fact]
    public void Rooms_know_one_another_in_one_direction()
    {
        var types = TypesByNamespace();
        StructureSpecs.None(
            Arrows.Keys.SelectMany(project => House.Files(project, "*.cs").SelectMany(f => Strays(House.Relative(f), File.ReadAllText(f), types)))
        );
    }

    [Theory]
    [InlineData("etl/Returns/Values/DateText.cs", "using Innovation1551.Returns.Reading.Workbook;", "Reading")]
    [InlineData("etl/Returns/Landing/LandingStore.cs", "var x = Rules.RuleCatalogue.All;", "Rules")]
    [InlineData("etl/Returns/Sheets/Cell.cs", "using Unit = Innovation1551.Returns.Forms.Unit;", "Forms")]
    [InlineData("etl/Returns/Forms/Form.cs", "using static global::Innovation1551.Returns.Rules.RuleSql;", "Rules")]
    [InlineData("etl/Returns/Finding.cs", "Reading.Tables.TableFinder.FindAll(sheet);", "Reading")]
    [InlineData("models/Warehouse/Model.cs", "using Innovation1551.Models.Releases;", "Releases")]
    [InlineData("models/Common/Text.cs", "using Innovation1551.Models.Warehouse;", "Warehouse")]
    [InlineData("reports/Publishing/Pages/PageFont.cs", "using Innovation1551.Publishing.Charts;", "Charts")]
    [InlineData("etl/Returns/Attic/Thing.cs", "", "Attic")]
    public void A_broken_arrow_is_named_with_its_file(string file, string code, string room)
    {
        var stray = Assert.Single(Strays(file, code, TypesByNamespace()));
        Assert.StartsWith(file, stray, StringComparison.Ordinal);
        Assert.Contains(room, stray, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("etl/Returns/Binding/Binder.cs", "using Innovation1551.Returns.Reading.Tables;\nusing Innovation1551.Models.Warehouse;")]
    [InlineData("etl/Returns/Sheets/Sheet.cs", "/// <see cref=\"Rules.RuleCatalogue\"/>\nreturn lists.Values.Order();")]
    [InlineData("etl/Returns/Values/DateText.cs", "var all = Forms.Select(f => f.Rules.Count);")]
    public void What_only_looks_like_an_arrow_is_none(string file, string code) => Assert.Empty(Strays(file, code, TypesByNamespace()));

    [Fact]
    public void The_arrows_themselves_run_in_no_circle()
    {
        foreach (var (project, rooms) in Arrows)
        {
            var left = rooms.ToDictionary(r => r.Key, r => r.Value.ToHashSet(), StringComparer.Ordinal);
            while (left.Where(r => r.Value.Count == 0).Select(r => r.Key).ToList() is { Count: > 0 } free)
                foreach (var room in free)
                {
                    left.Remove(room);
                    foreach (var other in left.Values)
                        other.Remove(room);
                }
            Assert.True(left.Count == 0, $"{project}: {string.Join(", ", left.Keys.Order(StringComparer.Ordinal))} know one another in a circle");
        }
    }

    [Fact]
    public void Namespaces_follow_folders() =>
        StructureSpecs.None(
            from file in StructureSpecs.Product
            let name = House.Relative(file)
            let expected = NamespaceOf(name)
            from Match found in Namespace().Matches(File.ReadAllText(file))
            where found.Groups[1].Value != expected
            select $"{name}: the namespace is {found.Groups[1].Value}, the folder says {expected}"
        );

    [Fact]
    public void No_two_types_have_one_name() =>
        StructureSpecs.None(
            from file in StructureSpecs.Product
            from type in Types(File.ReadAllText(file)).Distinct()
            group House.Relative(file) by type into named
            where named.Select(f => Path.GetDirectoryName(f)).Distinct().Count() > 1 && !NamesOfTwo.Contains(named.Key)
            select $"{named.Key} stands in {string.Join(" and ", named)}: rename one"
        );

    /// <summary>What a file knows and may not, worded.</summary>
    private static IEnumerable<string> Strays(string file, string text, ILookup<string, string> types)
    {
        var project = Arrows.Keys.Single(p => file.StartsWith(p + "/", StringComparison.Ordinal));
        var room = file[(project.Length + 1)..].Split('/') is { Length: > 1 } path ? path[0] : "";
        if (!Arrows[project].TryGetValue(room, out var allowed))
        {
            yield return $"{file}: say in tests/Specs/HouseRules/RoomSpecs.cs which rooms {room} may know";
            yield break;
        }
        var code = StructureSpecs.WithoutComments(text);
        foreach (var other in Arrows[project].Keys.Where(r => r.Length > 0 && r != room && !allowed.Contains(r)).Order(StringComparer.Ordinal))
            if (Knows(code, $"{RootOf(project)}.{other}", other, types))
                yield return $"{file} knows {other}; {(room.Length == 0 ? "what stands above the rooms" : room)} may know "
                    + (allowed.Length == 0 ? "no other room" : string.Join(", ", allowed))
                    + " (tests/Specs/HouseRules/RoomSpecs.cs)";
    }

    /// <summary>The namespace is written out, or a type of it from the room's name on (Rules.RuleSql, Reading.Tables.Table).</summary>
    private static bool Knows(string code, string space, string room, ILookup<string, string> types) =>
        Regex.IsMatch(code, $@"(?<!\w\.|\w){Regex.Escape(space)}\b")
        || Regex
            .Matches(code, $@"(?<![\w.]){room}((?:\.\w+)+)")
            .Any(m =>
                types.Any(t =>
                    (t.Key == space || t.Key.StartsWith(space + ".", StringComparison.Ordinal))
                    && t.Any(type => Starts(m.Value, $"{t.Key[(space.Length - room.Length)..]}.{type}"))
                )
            );

    private static bool Starts(string written, string name) => written == name || written.StartsWith(name + ".", StringComparison.Ordinal);

    private static ILookup<string, string> TypesByNamespace() =>
        StructureSpecs
            .Product.SelectMany(f => Types(File.ReadAllText(f)).Select(t => (Space: NamespaceOf(House.Relative(f)), Type: t)))
            .ToLookup(t => t.Space, t => t.Type, StringComparer.Ordinal);

    private static IEnumerable<string> Types(string code) => Declared().Matches(code).Select(m => m.Groups[1].Value);

    /// <summary>The project's own namespace and the folders below it. The room Common is the project's own namespace: everybody knows it without asking.</summary>
    private static string NamespaceOf(string file)
    {
        var folder = Path.GetDirectoryName(House.At(file))!;
        while (Directory.GetFiles(folder, "*.csproj").Length == 0)
            folder = Path.GetDirectoryName(folder)!;
        var project = House.Relative(folder);
        var folders = file[(project.Length + 1)..].Split('/')[..^1];
        return string.Join('.', [RootOf(project), .. folders is ["Common", .. var below] ? below : folders]);
    }

    private static string RootOf(string project) =>
        (string)XDocument.Load(Directory.GetFiles(House.At(project), "*.csproj").Single()).Descendants("RootNamespace").Single();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^(?:(?:public|internal|sealed|abstract|static|partial|readonly|file|unsafe|ref) )*(?:record struct|record class|record|class|struct|enum|interface) (\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex Declared();
}
