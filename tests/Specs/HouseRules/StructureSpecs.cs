using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Innovation1551.Specs.HouseRules;

/// <summary>The house stays as DESIGN.md section 4 draws it: who may know whom, what may stand where.</summary>
public partial class StructureSpecs
{
    private static readonly Dictionary<string, string[]> ProjectsKnown = new(StringComparer.Ordinal)
    {
        ["models/Innovation1551.Models.csproj"] = [],
        ["etl/Returns/Innovation1551.Returns.csproj"] = ["Innovation1551.Models"],
        ["reports/Publishing/Innovation1551.Publishing.csproj"] = ["Innovation1551.Models"],
        ["reports/Service/Innovation1551.Service.csproj"] = ["Innovation1551.Models"],
        ["etl/Pipeline/Innovation1551.Pipeline.csproj"] =
        [
            "Innovation1551.Models",
            "Innovation1551.Publishing",
            "Innovation1551.Returns",
            "Innovation1551.Service",
        ],
    };

    /// <summary>Packages and the folders that alone may use their namespaces.</summary>
    private static readonly (string Namespace, string[] Folders)[] Homes =
    [
        ("ScottPlot", ["reports/Publishing/Charts/"]),
        ("SkiaSharp", ["reports/Publishing/"]),
        ("HarfBuzzSharp", ["reports/Publishing/"]),
        ("ExcelDataReader", ["etl/Returns/Reading/Legacy/"]),
        ("Google.OrTools", ["models/Disclosure/"]),
        ("Npgsql", ["models/Dissemination/Engines/"]),
        ("DocumentFormat.OpenXml", ["etl/Returns/Writing/", "etl/Returns/Reading/Workbook/", "reports/Publishing/Formats/"]),
        ("Microsoft.Extensions", ["etl/Pipeline/", "reports/Service/"]),
        ("Microsoft.AspNetCore", ["reports/Service/"]),
        ("System.CommandLine", ["etl/Pipeline/"]),
        ("Spectre.Console", ["etl/Pipeline/"]),
        ("Innovation1551.Returns", ["etl/"]),
        ("Innovation1551.Publishing", ["reports/Publishing/", "etl/Pipeline/"]),
        ("Innovation1551.Service", ["reports/Service/", "etl/Pipeline/"]),
        ("Innovation1551.Pipeline", ["etl/Pipeline/"]),
    ];

    private static readonly string[] TopLevel =
    [
        "README.md",
        "LICENSE",
        "Innovation1551.Analytics.sln",
        "global.json",
        "Directory.Build.props",
        "Directory.Packages.props",
        "BannedSymbols.txt",
        ".editorconfig",
        ".gitattributes",
        ".gitignore",
        ".ci",
        ".git",
        ".github",
        "etl",
        "models",
        "reports",
        "tests",
    ];

    private static readonly string[] NotInTheProject = ["workspace", "bin", "obj", "TestResults", ".vs", ".idea"];

    private static IEnumerable<string> Sources => ((string[])["etl", "models", "reports", "tests"]).SelectMany(f => House.Files(f, "*.cs"));
    internal static IEnumerable<string> Product => Sources.Where(f => !House.Relative(f).StartsWith("tests/", StringComparison.Ordinal));

    [Fact]
    public void Projects_know_only_whom_they_may()
    {
        foreach (var project in ((string[])["etl", "models", "reports"]).SelectMany(f => House.Files(f, "*.csproj")))
        {
            var name = House.Relative(project);
            Assert.True(
                ProjectsKnown.TryGetValue(name, out var allowed),
                $"{name}: say in tests/Specs/HouseRules/StructureSpecs.cs whom this project may know"
            );
            var known = XDocument
                .Load(project)
                .Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')));
            Assert.Equal(allowed, known.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Namespaces_are_used_only_in_their_rooms()
    {
        var strays =
            from file in Product
            let name = House.Relative(file)
            let code = WithoutComments(File.ReadAllText(file))
            from home in Homes
            where Regex.IsMatch(code, $@"(?<![\w.]){Regex.Escape(home.Namespace)}[.;]") && !home.Folders.Any(f => name.StartsWith(f, StringComparison.Ordinal))
            select $"{name} uses {home.Namespace}, which belongs in {string.Join(" or ", home.Folders)}";
        None(strays);
    }

    [Fact]
    public void Nothing_else_stands_at_the_top()
    {
        var strays = Directory
            .EnumerateFileSystemEntries(House.Root)
            .Select(Path.GetFileName)
            .Where(n => !TopLevel.Contains(n) && !NotInTheProject.Contains(n) && n?.EndsWith(".user", StringComparison.Ordinal) == false);
        None(strays);
    }

    [Theory]
    [InlineData("etl/Returns")]
    [InlineData("etl/Pipeline")]
    [InlineData("models")]
    [InlineData("reports/Publishing")]
    [InlineData("reports/Service")]
    [InlineData("tests")]
    public void Every_room_says_what_lives_there(string room)
    {
        var readme = House.At(room, "README.md");
        Assert.True(File.Exists(readme), $"create {room}/README.md: what lives here, how to add to it, why it is so");
        Assert.True(File.ReadAllText(readme).Length > 400, $"{room}/README.md says too little");
    }

    [Fact]
    public void Every_dependency_is_justified_beside_its_version()
    {
        var lines = File.ReadAllLines(House.At("Directory.Packages.props"), Encoding.UTF8);
        // A comment speaks for the versions that follow it without a gap.
        var justified = false;
        var bare = new List<string>();
        foreach (var line in lines.Select(l => l.Trim()))
        {
            if (line.StartsWith("<!--", StringComparison.Ordinal))
                justified = line.Length > 30;
            else if (!line.StartsWith("<PackageVersion", StringComparison.Ordinal))
                justified = false;
            else if (!justified)
                bare.Add(line);
        }
        None(bare);

        var central = XDocument.Parse(string.Join('\n', lines)).Descendants("PackageVersion").Select(p => (string)p.Attribute("Include")!).ToHashSet();
        var used = ((string[])["etl", "models", "reports", "tests"])
            .SelectMany(f => House.Files(f, "*.csproj"))
            .SelectMany(p =>
                XDocument
                    .Load(p)
                    .Descendants("PackageReference")
                    .Select(r => (Project: House.Relative(p), Package: (string)r.Attribute("Include")!, Version: r.Attribute("Version")))
            );
        Assert.All(
            used,
            u => Assert.True(central.Contains(u.Package) && u.Version is null, $"{u.Project}: give the version of {u.Package} in Directory.Packages.props")
        );
    }

    [Fact]
    public void The_clock_is_asked_through_a_provider_and_nothing_is_left_undone()
    {
        string[] banned =
        [
            "DateTime." + "Now",
            "DateTime." + "UtcNow",
            "DateTimeOffset." + "Now",
            "DateTimeOffset." + "UtcNow",
            "Thread." + "Sleep",
            "NotImplemented" + "Exception",
        ];
        var found =
            from file in Sources
            let text = File.ReadAllText(file)
            from word in banned
            where WithoutComments(text).Contains(word, StringComparison.Ordinal)
            select $"{House.Relative(file)}: {word}";
        var marks =
            from file in Sources.Concat(House.Files("models", "*.sql"))
            from line in File.ReadLines(file)
            where Unfinished().IsMatch(line) && !line.Contains("Unfinished()", StringComparison.Ordinal)
            select $"{House.Relative(file)}: {line.Trim()}";
        None(found.Concat(marks));
    }

    [Fact]
    public void Money_is_never_a_floating_point_number()
    {
        var found =
            from file in Product
            let name = House.Relative(file)
            where !name.Contains("/Charts/", StringComparison.Ordinal)
            from Match match in FloatingMoney().Matches(WithoutComments(File.ReadAllText(file)))
            select $"{name}: {match.Value}";
        None(found);
        var columns = House
            .Files("models", "*.sql")
            .SelectMany(f => File.ReadLines(f).Where(l => FloatingColumn().IsMatch(l)).Select(l => $"{House.Relative(f)}: {l.Trim()}"));
        None(columns);
    }

    [Fact]
    public void No_exception_is_swallowed_without_a_word()
    {
        var found =
            from file in Sources
            from Match match in EmptyCatch().Matches(File.ReadAllText(file))
            select $"{House.Relative(file)}: {match.Value.ReplaceLineEndings(" ")}";
        None(found);
    }

    /// <summary>Fails with every offence in full; an assertion on the collection would cut them short.</summary>
    internal static void None(IEnumerable<string?> offences)
    {
        var all = offences.ToList();
        Assert.True(all.Count == 0, string.Join("\n", all));
    }

    internal static string WithoutComments(string code) => Comment().Replace(code, "");

    [GeneratedRegex(@"(?m)^\s*//.*$|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\b(double|float)\??\s+\w*(Amount|Wan|Yuan|amount|wan|yuan)\w*")]
    private static partial Regex FloatingMoney();

    [GeneratedRegex(@"^\s+\w*(wan|yuan|value|amount)\w*\s+(double|float|real)\b")]
    private static partial Regex FloatingColumn();

    [GeneratedRegex(@"catch(\s*\([^)]*\))?(\s+when\s*\([^{]*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();
}
