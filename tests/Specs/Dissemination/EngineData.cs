using Innovation1551.Models.Dissemination.Engines;
using Innovation1551.Models.Releases;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Dissemination;

/// <summary>Two releases of the small returns, both through their checklist, and the servers that they are published to.</summary>
public sealed class EngineData : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();

    public EngineData()
    {
        TestWorkspace.Clear(_workspace.Workspace);
        Before = _workspace.Store.Find("latest");
        _workspace.Load(SmallReturns.WriteRevision(_workspace.Workspace.Inbox, 7));
        Assert.Empty(_workspace.Build().Failures);
        TestWorkspace.Clear(_workspace.Workspace);
        Now = _workspace.Store.Find("latest");
    }

    public PostgresServer Postgres { get; } = new();

    public ClickHouseServer ClickHouse { get; } = new();

    /// <summary>What the first publication to PostgreSQL said, by a publisher who may not make roles; the database is copied by those that begin there.</summary>
    public EnginePublished PublishedBefore
    {
        get
        {
            if (field is null)
            {
                var to = Postgres.Database("before");
                Postgres.Ask("postgres", "alter role publisher nocreaterole");
                field = Publish("postgres", to, Before);
                Postgres.Ask("postgres", "alter role publisher createrole");
            }
            return field;
        }
    }

    public Manifest Before { get; }

    public Manifest Now { get; }

    public string Root => _workspace.Workspace.Root;

    internal TestWorkspace Workspace => _workspace;

    /// <summary>The schema, or the database, in which a release has its own tables.</summary>
    internal static string Own(Manifest release, string schema) => EnginePublication.Schema(release.Id, schema);

    /// <summary>Publishes in this process.</summary>
    public EnginePublished Publish(
        string engine,
        string connection,
        Manifest manifest,
        bool isInForce = true,
        IProgress<(int Done, int Total, string What)>? progress = null
    )
    {
        using var release = _workspace.Open(manifest);
        return EnginePublication.Make(release.Connection, manifest, engine, connection, isInForce, progress, TestContext.Current.CancellationToken);
    }

    /// <summary>Asks in this process what an engine holds.</summary>
    public EngineChecked Check(string engine, string connection, Manifest manifest, bool isInForce = true)
    {
        using var release = _workspace.Open(manifest);
        return EnginePublication.Check(release.Connection, manifest, engine, connection, isInForce, progress: null, TestContext.Current.CancellationToken);
    }

    /// <summary>The release in force by the program, in a process of its own.</summary>
    internal ProgramRun Run(string engine, string connection, string? fault = null, params string[] more) =>
        ProgramRun.Ended(
            ProgramRun.Start(
                new Dictionary<string, string?>
                {
                    [engine == "postgres" ? "INNOVATION_POSTGRES" : "INNOVATION_CLICKHOUSE"] = connection,
                    ["INNOVATION_FAULT_AT"] = fault,
                },
                Root,
                ["publish", "--to", engine, .. more]
            )
        );

    public void Dispose()
    {
        Postgres.Dispose();
        ClickHouse.Dispose();
        _workspace.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class EngineDataCollection : ICollectionFixture<EngineData>
{
    public const string Name = "engines";
}
