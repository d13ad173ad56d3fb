using Innovation1551.Publishing.Proofreading;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>A release that passes, with a report in both languages; each spec works on a copy of its own.</summary>
public sealed class PassingRelease : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();

    public PassingRelease()
    {
        TestWorkspace.Clear(_workspace.Workspace);
        var made = ProgramRun.Of(_workspace.Workspace.Root, "report", "2024", "--format", "html", "--lang", "zh,en");
        Assert.True(made.ExitCode == 0, made.Error);
    }

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

    public NumeralLinter Linter
    {
        get
        {
            using var release = _workspace.Open();
            return new(release.Connection);
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
