namespace Innovation1551.Service;

/// <summary>How the service runs.</summary>
/// <param name="Workspace">Folder of the workspace.</param>
/// <param name="Urls">Addresses to listen on.</param>
/// <param name="Certificate">A .pfx, or a .pem with certificate and key, for https; null for none.</param>
/// <param name="CertificatePassword">Of the .pfx; null for none.</param>
/// <param name="Require">Confinements without which it does not start.</param>
/// <param name="Sessions">Workers at once.</param>
/// <param name="Queue">Requests that may wait for one.</param>
/// <param name="Idle">A worker that nobody asks for so long is ended.</param>
/// <param name="Timeout">A statement may take so long, unless its request says less.</param>
/// <param name="Flight">An address for Arrow Flight alone; null where it is served over https only, beside the rest.</param>
public sealed record ServiceOptions(
    string Workspace,
    IReadOnlyList<string> Urls,
    string? Certificate = null,
    string? CertificatePassword = null,
    IReadOnlyList<string>? Require = null,
    int Sessions = 8,
    int Queue = 64,
    TimeSpan? Idle = null,
    TimeSpan? Timeout = null,
    string? Flight = null
)
{
    public string Releases => Path.Combine(Workspace, "releases");
    public string Scratch => Path.Combine(Workspace, "scratch");
    public string Audit => Path.Combine(Workspace, "audit");
    public string Service => Path.Combine(Workspace, "service");

    /// <summary>A request waits for a worker at most so long.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of one answer at most.</summary>
    public long MaxBytes { get; init; } = 4L << 30;

    /// <summary>Bytes of the results that one key keeps for later.</summary>
    public long ResultQuota { get; init; } = 2L << 30;
}
