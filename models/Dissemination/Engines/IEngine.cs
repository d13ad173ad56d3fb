using DuckDB.NET.Data;
using Innovation1551.Models.Releases;

namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>An engine that releases are published to: one connection, one publication.</summary>
internal interface IEngine : IDisposable
{
    /// <summary>Host, port and database for a person.</summary>
    string Place { get; }

    /// <summary>Rows written or held against the release so far.</summary>
    long Rows { get; }

    /// <summary>Runs the work; what the driver throws becomes a refusal that says what to do and has no secret in it.</summary>
    T Guarded<T>(Func<T> work);

    /// <summary>Connects to ask alone: from here on nothing is written, and nobody else is kept out.</summary>
    void Look();

    /// <summary>Connects, sees that the names that will be made are free or ours, and removes what a publication that was broken off has left of this release.</summary>
    void Begin(string release);

    /// <summary>Content hash of a release that is there whole; null where it is not.</summary>
    string? ContentHash(string release);

    /// <summary>The release that the analysts' names lead to; null where there is none.</summary>
    string? InForce();

    /// <summary>Writes all tables under the release's own names and holds them against the release; nothing counts before it returns.</summary>
    void Load(
        DuckDBConnection release,
        Manifest manifest,
        IReadOnlyList<EngineTable> tables,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel
    );

    /// <summary>Holds one table that stands there against the release.</summary>
    /// <exception cref="DisseminationException">It is not there, or not the release's.</exception>
    void Hold(DuckDBConnection release, string id, EngineTable table);

    /// <summary>Leads the analysts' names to a release, all at once.</summary>
    void Turn(string release, IReadOnlyList<EngineTable> tables);

    /// <summary>Lets the readers' role read, and nothing else; says what it could not do.</summary>
    IReadOnlyList<Text> Grant();

    /// <summary>How a release that is no longer whole is removed by hand.</summary>
    Text Remedy(string release);
}
