namespace Innovation1551.Pipeline.Work;

/// <summary>The folders of one workspace.</summary>
public sealed record Workspace(string Root)
{
    public string Inbox => Path.Combine(Root, "inbox");
    public string Received => Path.Combine(Root, "received");
    public string Feedback => Path.Combine(Root, "feedback");
    public string Warehouse => Path.Combine(Root, "warehouse");
    public string Landing => Path.Combine(Warehouse, "landing.duckdb");
    public string Releases => Path.Combine(Root, "releases");
    public string Reports => Path.Combine(Root, "reports");
    public string Logs => Path.Combine(Root, "logs");
    public string Scratch => Path.Combine(Root, "scratch");
    public string LockFile => Path.Combine(Root, ".writer");

    public static Workspace At(string? folder) => new(Path.GetFullPath(folder ?? "workspace"));

    public Workspace Make()
    {
        foreach (var folder in (string[])[Root, Inbox, Received, Feedback, Warehouse, Releases, Reports, Logs, Scratch]) Directory.CreateDirectory(folder);
        return this;
    }
}
