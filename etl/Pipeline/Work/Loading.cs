using Innovation1551.Models.Warehouse;
using Innovation1551.Returns;
using Innovation1551.Returns.Binding;
using Innovation1551.Returns.Feedback;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Receiving;
using Innovation1551.Returns.Rules;

namespace Innovation1551.Pipeline.Work;

/// <summary>What a load did.</summary>
/// <param name="Files">Files looked at.</param>
/// <param name="New">Files received for the first time.</param>
/// <param name="Findings">All findings of the new files, and those on the way to reading them.</param>
public sealed record LoadResult(int Files, int New, int Refused, long RowsIn, IReadOnlyList<Finding> Findings)
{
    public int Errors => Findings.Count(f => f.Severity == Severity.Error);
    public int Warnings => Findings.Count(f => f.Severity == Severity.Warning);
    /// <summary>Files answered with a workbook of findings by this load.</summary>
    public int Answers { get; init; }
}

/// <summary>Receives files, reads the new ones, lands them and runs the rules.</summary>
public sealed class Loading(Workspace workspace, Definitions definitions, ReadOptions options, TimeProvider clock)
{
    private const int FilesPerTransaction = 200;

    public LoadResult Load(IReadOnlyList<string> paths, IProgress<(int Done, int Total, string What)>? progress, CancellationToken cancel)
    {
        var archive = new Archive(workspace.Received, clock, options.Limits.MaxFileBytes);
        var onTheWay = new List<Finding>();
        var files = Files(paths);
        var known = new Received?[files.Count];
        Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, i => known[i] = archive.Known(files[i]));
        onTheWay.AddRange(known.OfType<Received>().Select(r => r.Finding).OfType<Finding>());
        foreach (var batch in files.Where((_, i) => known[i] is null).Chunk(FilesPerTransaction))
            onTheWay.AddRange(archive.Receive(batch, cancel).Select(r => r.Finding).OfType<Finding>());

        using var landing = LandingStore.Open(workspace.Landing);
        var read = landing.FilesRead();
        var unread = archive.Receipts.Where(r => !read.Contains(r.Seq)).ToList();
        var binder = new Binder(new CodeLists(definitions), options);
        var done = 0;
        foreach (var batch in unread.Chunk(FilesPerTransaction))
        {
            var bound = new BoundFile[batch.Length];
            Parallel.For(0, batch.Length, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
            {
                bound[i] = binder.Bind(batch[i], archive.PathOf(batch[i].Sha256));
                progress?.Report((Interlocked.Increment(ref done), unread.Count, batch[i].Name));
            });
            for (var i = 0; i < bound.Length; i++)
                if (!landing.Stage(bound[i])) bound[i] = binder.Bind(batch[i], archive.PathOf(batch[i].Sha256), cellByCell: true);
            landing.Append(bound);
        }
        RuleRunner.Run(landing, new RuleCatalogue(definitions));
        var answers = new FeedbackWriter(workspace.Feedback, archive.PathOf, options).Write(landing, cancel);
        var numbers = unread.Select(r => r.Seq).ToList();
        var findings = numbers.Count == 0 ? [] : landing.Findings(numbers).Select(f => f.Finding);
        return new(files.Count, unread.Count,
            (int)landing.Connection.Scalar<long>("select count(*) from file where refused and list_contains($1, file_no)", numbers),
            landing.Connection.Scalar<long>("select coalesce(sum(rows_in), 0) from sheet where list_contains($1, file_no)", numbers),
            [.. onTheWay, .. findings]) { Answers = answers };
    }

    /// <summary>The files under the paths in a fixed order, without those that desktops leave about (.DS_Store, ~$lock).</summary>
    private static List<string> Files(IReadOnlyList<string> paths) => [.. paths
        .SelectMany(path => Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).Order(StringComparer.Ordinal)
            : (IEnumerable<string>)[path])
        .Where(f => Path.GetFileName(f) is var name && !name.StartsWith('.') && !name.StartsWith("~$", StringComparison.Ordinal))];
}
