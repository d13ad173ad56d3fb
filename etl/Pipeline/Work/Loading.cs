using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns;
using Innovation1551.Returns.Binding;
using Innovation1551.Returns.Feedback;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Receiving;
using Innovation1551.Returns.Rules;

namespace Innovation1551.Pipeline.Work;

/// <summary>What a load did.</summary>
/// <param name="Files">Files looked at.</param>
/// <param name="New">Files received for the first time.</param>
/// <param name="Reread">Files received before and told of now: read again because a form or a code list has changed, or a load was cut off.</param>
/// <param name="Errors">Errors among all findings; <paramref name="Warnings"/> likewise.</param>
/// <param name="Total">All findings of these files and on the way to reading them.</param>
/// <param name="Findings">The first of them, errors before warnings before notes: at most <see cref="Loading.MostKept"/>, so that a million faults do not fill the memory.</param>
/// <param name="Answers">Files answered with a workbook of findings by this load.</param>
public sealed record LoadResult(int Files, int New, int Reread, int Refused, long RowsIn, long Errors, long Warnings, long Total, IReadOnlyList<Finding> Findings, int Answers)
{
    /// <summary>That landing was damaged and was made again from the archive; null where it was sound.</summary>
    public Text? Healed { get; init; }
}

/// <summary>Receives files, reads the new ones, lands them and runs the rules.</summary>
/// <param name="settle">How long files written a moment ago are watched before they are taken; zero for files known to be whole.</param>
public sealed class Loading(Workspace workspace, Definitions definitions, ReadOptions options, TimeProvider clock, TimeSpan settle = default)
{
    /// <summary>Findings that a result holds.</summary>
    public const int MostKept = 1000;

    private static readonly TimeSpan Young = TimeSpan.FromSeconds(5);

    private const int FilesPerTransaction = 200;

    /// <param name="list">Takes all findings, one by one.</param>
    /// <param name="tell">Whether somebody is told the findings now; where not, the next load has them too.</param>
    public LoadResult Load(IReadOnlyList<string> paths, IProgress<(int Done, int Total, string What)>? progress, CancellationToken cancel, Action<IEnumerable<Finding>>? list = null, bool tell = true)
    {
        // The store is opened and the rules are made while the files are looked at.
        var looking = Task.Run(() => Look(paths, cancel), CancellationToken.None);
        var codes = new CodeLists(definitions);
        using var landing = LandingStore.Open(workspace.Landing, codes.Hash);
        var rules = new RuleCatalogue(definitions);
        var (archive, files, moving) = looking.GetAwaiter().GetResult();
        var onTheWay = new List<Finding>();
        var fresh = new HashSet<int>();
        onTheWay.AddRange(moving.Select(f => ReceivingFindings.Changing(Path.GetFileName(f))));
        onTheWay.AddRange(files.Select(f => f.Known?.Finding).OfType<Finding>());
        foreach (var batch in files.Where(f => f.Known is null).Select(f => f.Path).Chunk(FilesPerTransaction))
            foreach (var received in archive.Receive(batch, cancel))
            {
                if (received.IsNew) fresh.Add(received.Receipt!.Seq);
                if (received.Finding is { } finding) onTheWay.Add(finding);
            }

        var read = landing.FilesRead();
        var unread = archive.Receipts.Where(r => !read.Contains(r.Seq)).ToList();
        var contents = unread.Count == 0 ? [] : landing.Contents();
        var binder = new Binder(codes, options);
        var done = 0;
        foreach (var batch in unread.Chunk(FilesPerTransaction))
        {
            var bound = new BoundFile[batch.Length];
            Parallel.For(0, batch.Length, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
            {
                // What was copied a moment ago was hashed on the way; what has lain there may have decayed.
                var path = archive.PathOf(batch[i].Sha256);
                if (!fresh.Contains(batch[i].Seq) && FileHash.Of(path) != batch[i].Sha256)
                    bound[i] = new BoundFile(batch[i]) { Refused = true, Findings = { ReceivingFindings.Decayed(batch[i].Name, batch[i].Sha256) } };
                else
                    bound[i] = binder.Bind(batch[i], path);
                FaultPoint.Reach("file.read");
                progress?.Report((Interlocked.Increment(ref done), unread.Count, batch[i].Name));
            });
            for (var i = 0; i < bound.Length; i++)
                if (!landing.Stage(bound[i])) bound[i] = binder.Bind(batch[i], archive.PathOf(batch[i].Sha256), cellByCell: true);
            for (var i = 0; i < bound.Length; i++)
                if (BoundContent.Hash(bound[i]) is { } content && !contents.TryAdd(content, (bound[i].Receipt.Name, bound[i].Receipt.Sha256)))
                    bound[i] = BoundContent.Repeating(bound[i], ReceivingFindings.SameContent(bound[i].Receipt.Name, contents[content].Name, contents[content].Sha256));
            landing.Append(bound);
        }
        RuleRunner.Run(landing, rules);
        var feedback = new FeedbackWriter(workspace.Feedback, archive.PathOf, options);
        var answers = unread.Count == 0 && feedback.IsUpToDate(landing) ? 0 : feedback.Write(landing, cancel);
        var numbers = landing.Connection.Rows("select file_no from file anti join told using (file_no)").Select(r => (int)r[0]!).ToList();
        var (errors, warnings, total) = ((long)onTheWay.Count(f => f.Severity == Severity.Error), (long)onTheWay.Count(f => f.Severity == Severity.Warning), (long)onTheWay.Count);
        foreach (var row in landing.Connection.Rows("select severity, count(*) from finding where list_contains($1, file_no) group by all", numbers))
        {
            total += (long)row[1]!;
            if ((string)row[0]! == "error") errors += (long)row[1]!;
            if ((string)row[0]! == "warning") warnings += (long)row[1]!;
        }
        list?.Invoke(onTheWay.Concat(landing.FindingsOf(numbers)));
        var result = new LoadResult(files.Count, fresh.Count, numbers.Count(n => !fresh.Contains(n)),
            (int)landing.Connection.Scalar<long>("select count(*) from file where refused and list_contains($1, file_no)", numbers),
            landing.Connection.Scalar<long>("select coalesce(sum(rows_in), 0) from sheet where list_contains($1, file_no)", numbers),
            errors, warnings, total, [.. onTheWay.Concat(landing.FindingsOf(numbers, gravestFirst: true)).Take(MostKept)], answers) { Healed = landing.SetAside };
        FaultPoint.Reach("findings.listed");
        if (tell) landing.Connection.Run("insert into told select file_no from file anti join told using (file_no)");
        return result;
    }

    /// <summary>The archive, the files with the receipts that their bytes have already, and, apart, those that somebody is writing.</summary>
    private (Archive Archive, List<(string Path, Received? Known)> Files, IReadOnlyList<string> Moving) Look(IReadOnlyList<string> paths, CancellationToken cancel)
    {
        var archive = new Archive(workspace.Received, clock, options.Limits.MaxFileBytes);
        var now = clock.GetUtcNow().UtcDateTime;
        var files = Files(paths).Select(f => (Path: f, Stamp: default((long, DateTime Written)), Known: (Received?)null)).ToArray();
        Parallel.For(0, files.Length, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            files[i].Stamp = Stamp(files[i].Path);
            files[i].Known = archive.Known(files[i].Path);
        });
        // Only files changed within the last seconds are looked at twice: those whose size or time still moves are left for the next load.
        var moving = new HashSet<string>(StringComparer.Ordinal);
        if (settle > TimeSpan.Zero && files.Where(f => (now - f.Stamp.Written).Duration() < Young).ToList() is { Count: > 0 } young)
        {
            cancel.WaitHandle.WaitOne(settle);
            moving.UnionWith(young.Where(f => Stamp(f.Path) != f.Stamp).Select(f => f.Path));
        }
        return (archive, [.. files.Where(f => !moving.Contains(f.Path)).Select(f => (f.Path, f.Known))], [.. moving.Order(StringComparer.Ordinal)]);

        static (long Bytes, DateTime Written) Stamp(string path) => new FileInfo(path) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : default;
    }

    /// <summary>The files under the paths in a fixed order, without those that desktops leave about (.DS_Store, ~$lock).</summary>
    private static List<string> Files(IReadOnlyList<string> paths) => [.. paths
        .SelectMany(path => Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).Order(StringComparer.Ordinal)
            : (IEnumerable<string>)[path])
        .Where(f => Path.GetFileName(f) is var name && !name.StartsWith('.') && !name.StartsWith("~$", StringComparison.Ordinal))];
}
