using Innovation1551.Models.Releases;
using Innovation1551.Pipeline.Work;
using Innovation1551.Publishing.Proofreading;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>The second edition of a release, approved as the first was, with a report in both languages; each spec works on a copy of its own.</summary>
public sealed class PassingRelease : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();

    public PassingRelease()
    {
        TestWorkspace.Clear(_workspace.Workspace);
        Before = _workspace.Store.Find("latest");
        _workspace.Load(SmallReturns.WriteRevision(_workspace.Workspace.Inbox, 7));
        Assert.Empty(_workspace.Build().Failures);
        TestWorkspace.Clear(_workspace.Workspace);
        var made = ProgramRun.Of(_workspace.Workspace.Root, "report", "2024", "--format", "html", "--lang", "zh,en");
        Assert.True(made.ExitCode == 0, made.Error);
    }

    /// <summary>The first edition.</summary>
    public Manifest Before { get; }

    /// <summary>Figures of a release that have a value.</summary>
    internal Dictionary<string, decimal> Figures(Manifest? manifest) =>
        _workspace
            .Query("select figure_id, value from published.figure where value is not null", manifest)
            .ToDictionary(r => (string)r[0]!, r => (decimal)r[1]!);

    /// <summary>The folder of its report; nobody writes in it.</summary>
    public string Report => Directory.EnumerateDirectories(_workspace.Workspace.Reports).Single();

    /// <summary>What is Chinese in either language.</summary>
    public string[] Names =>
        [
            .. _workspace
                .Query("select distinct enterprise_name from core.dim_enterprise union select quote from published.target")
                .Select(r => r[0] as string)
                .OfType<string>(),
            "张三",
        ];

    /// <summary>Made once: it reckons what changed since the first edition.</summary>
    public NumeralLinter Linter
    {
        get
        {
            if (field is null)
            {
                using var release = _workspace.Open();
                field = new(release.Connection, EditionBefore.Changes(_workspace.Workspace, release));
            }
            return field;
        }
    }

    internal TestWorkspace Copy()
    {
        var copy = new TestWorkspace();
        foreach (var folder in (string[])["releases", "reports"])
            TestWorkspace.Copy(Path.Combine(_workspace.Workspace.Root, folder), Path.Combine(copy.Workspace.Root, folder));
        return copy;
    }

    public void Dispose() => _workspace.Dispose();
}

[CollectionDefinition(Name)]
public sealed class PassingReleaseCollection : ICollectionFixture<PassingRelease>
{
    public const string Name = "passing release";
}
