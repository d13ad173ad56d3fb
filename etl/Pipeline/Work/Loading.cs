using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.IO.Enumeration;
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
public sealed record LoadResult(
    int Files,
    int New,
    int Reread,
    int Refused,
    long RowsIn,
    long Errors,
    long Warnings,
    long Total,
    IReadOnlyList<Finding> Findings,
    int Answers
)
{
    /// <summary>That landing was damaged and was made again from the archive; null where it was sound.</summary>
    public Text? Healed { get; init; }

    /// <summary>Decisions on findings that came, and how many of them hold; the others speak of a file or a finding that is not there, or not any more.</summary>
    public (long Came, long Hold) Decisions { get; init; }

    /// <summary>The kinds of warnings with how often each was given and its first place; the most frequent first.</summary>
    public IReadOnlyList<(Finding First, long Count)> WarningKinds { get; init; } = [];
}

/// <summary>Receives files, reads the new ones, lands them and runs the rules.</summary>
/// <param name="settle">How long files written a moment ago are watched before they are taken; zero for files known to be whole.</param>
/// <param name="fault">Is told what went wrong inside the program, and with which file: the file is set aside, the others go on.</param>
public sealed class Loading(
    Workspace workspace,
    Definitions definitions,
    ReadOptions options,
    TimeProvider clock,
    TimeSpan settle = default,
    Action<Exception, string>? fault = null
)
{
    /// <summary>Findings that a result holds.</summary>
    public const int MostKept = 1000;

    private static readonly TimeSpan Young = TimeSpan.FromSeconds(5);

    /// <summary>Files of an inbox that are not hashed again as long as nobody writes to them: some 200 bytes each.</summary>
    private const int MostRemembered = 100_000;

    private static readonly Counter<long> Received = Telemetry.Meter.CreateCounter<long>(
        "innovation.files.received",
        "{file}",
        "Files received for the first time"
    );
    private static readonly Counter<long> Rows = Telemetry.Meter.CreateCounter<long>("innovation.rows.read", "{row}", "Rows of the files that were read");
    private static readonly Counter<long> Found = Telemetry.Meter.CreateCounter<long>(
        "innovation.findings",
        "{finding}",
        "Findings in the files that were read"
    );

    private const int FilesPerTransaction = 200;

    /// <summary>Bytes of files whose rows are held in memory at a time.</summary>
    private const long BytesPerTransaction = 16 << 20;

    /// <param name="list">Takes all findings of all files in account, one by one.</param>
    /// <param name="tell">Whether somebody is told the findings now; where not, the next load has them too.</param>
    public LoadResult Load(
        IReadOnlyList<string> paths,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel,
        Action<IEnumerable<Finding>>? list = null,
        bool tell = true
    )
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
        using (Telemetry.Step("receiving"))
            foreach (var batch in files.Where(f => f.Known is null).Select(f => f.Path).Chunk(FilesPerTransaction))
            foreach (var received in archive.Receive(batch, cancel))
            {
                if (received.IsNew)
                    fresh.Add(received.Receipt!.Seq);
                if (received.Finding is { } finding)
                    onTheWay.Add(finding);
            }

        var withdrawn = new Withdrawals(workspace.Received).InForce;
        if (withdrawn.Count > 0)
            landing.Forget([.. archive.Receipts.Where(r => withdrawn.ContainsKey(r.Sha256)).Select(r => r.Seq).Intersect(landing.FilesRead())]);
        onTheWay.AddRange(
            files
                .Select(f => f.Known?.Receipt)
                .OfType<Receipt>()
                .Where(r => withdrawn.ContainsKey(r.Sha256))
                .Select(r => ReceivingFindings.Withdrawn(r.Name, withdrawn[r.Sha256].Why))
        );
        var read = landing.FilesRead();
        var unread = archive.Receipts.Where(r => !read.Contains(r.Seq) && !withdrawn.ContainsKey(r.Sha256)).ToList();
        DemandHere(archive, unread);
        var contents = unread.Count == 0 ? [] : landing.Contents();
        var binder = new Binder(codes, options);
        var thresholds = new Thresholds(definitions);
        var share = new FaultyShare(
            decimal.Parse(thresholds["faulty_rows_percent"], CultureInfo.InvariantCulture),
            long.Parse(thresholds["faulty_rows_from"], CultureInfo.InvariantCulture)
        );
        var done = 0;
        foreach (var batch in Batches(unread))
        {
            var bound = new BoundFile?[batch.Count];
            Parallel.For(
                0,
                batch.Count,
                new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount },
                i =>
                {
                    using var step = Telemetry.Detail("file")?.SetTag("sha256", batch[i].Sha256).SetTag("bytes", batch[i].Bytes);
                    // What was copied a moment ago was hashed on the way; what has lain there may have decayed.
                    var path = archive.PathOf(batch[i].Sha256);
                    if (!fresh.Contains(batch[i].Seq) && !FileHash.IsOf(batch[i].Sha256, path))
                        bound[i] = new BoundFile(batch[i]) { Refused = true, Findings = { ReceivingFindings.Decayed(batch[i].Name, batch[i].Sha256) } };
                    else
                        bound[i] = Bound(batch[i], () => binder.Bind(batch[i], path));
                    FaultPoint.Reach("file.read");
                    progress?.Report((Interlocked.Increment(ref done), unread.Count, batch[i].Name));
                }
            );
            var whole = new List<BoundFile>();
            for (var i = 0; i < bound.Length; i++)
            {
                if (bound[i] is not { } file || file.IsLarge && !Large(landing, file, share))
                    Long(landing, batch[i], archive.PathOf(batch[i].Sha256), binder, share);
                else if (!file.IsLarge)
                {
                    share.Judge(file);
                    whole.Add(
                        BoundContent.Hash(file) is { } content && !contents.TryAdd(content, (file.Receipt.Name, file.Receipt.Sha256))
                            ? BoundContent.Repeating(file, ReceivingFindings.SameContent(file.Receipt.Name, contents[content].Name, contents[content].Sha256))
                            : file
                    );
                }
            }
            Append(landing, whole);
        }
        Telemetry.Run("rules", () => RuleRunner.Run(landing, rules));
        var feedback = new FeedbackWriter(workspace.Feedback, archive.PathOf, options);
        var answers = Telemetry.Run("answers", () => unread.Count == 0 && feedback.IsUpToDate(landing) ? 0 : feedback.Write(landing, cancel));
        var numbers = landing.Connection.Rows("select file_no from file anti join told using (file_no)").Select(r => (int)r[0]!).ToList();
        var (errors, warnings, total) = (
            (long)onTheWay.Count(f => f.Severity == Severity.Error),
            (long)onTheWay.Count(f => f.Severity == Severity.Warning),
            (long)onTheWay.Count
        );
        foreach (
            var row in landing.Connection.Rows(
                "select severity, cast(sum(coalesce(more, 1)) as bigint) from finding where list_contains($1, file_no) group by all",
                numbers
            )
        )
        {
            total += (long)row[1]!;
            if ((string)row[0]! == "error")
                errors += (long)row[1]!;
            if ((string)row[0]! == "warning")
                warnings += (long)row[1]!;
        }
        // Of all files: a rule that has changed may say something else of what came long ago.
        list?.Invoke(onTheWay.Concat(landing.Findings()));
        var result = new LoadResult(
            files.Count,
            fresh.Count,
            numbers.Count(n => !fresh.Contains(n)),
            (int)landing.Connection.Scalar<long>("select count(*) from file where refused and list_contains($1, file_no)", numbers),
            landing.Connection.Scalar<long>("select coalesce(sum(rows_in), 0) from sheet where list_contains($1, file_no)", numbers),
            errors,
            warnings,
            total,
            [.. onTheWay.Concat(landing.Findings(numbers, gravestFirst: true)).Take(MostKept)],
            answers
        )
        {
            Healed = landing.SetAside,
            Decisions = Decisions(landing, numbers),
            WarningKinds =
            [
                .. onTheWay
                    .Where(f => f.Severity == Severity.Warning)
                    .GroupBy(f => f.Code, StringComparer.Ordinal)
                    .Select(g => (g.First(), g.LongCount()))
                    .Concat(landing.Warnings(numbers))
                    .OrderByDescending(k => k.Item2),
            ],
        };
        Activity
            .Current?.SetTag("files", result.Files)
            .SetTag("new", result.New)
            .SetTag("reread", result.Reread)
            .SetTag("refused", result.Refused)
            .SetTag("rows", result.RowsIn)
            .SetTag("errors", result.Errors)
            .SetTag("warnings", result.Warnings);
        Received.Add(result.New);
        Rows.Add(result.RowsIn);
        Found.Add(result.Errors, new KeyValuePair<string, object?>("severity", "error"));
        Found.Add(result.Warnings, new KeyValuePair<string, object?>("severity", "warning"));
        FaultPoint.Reach("findings.listed");
        if (tell)
            landing.Connection.Run("insert into told select file_no from file anti join told using (file_no)");
        return result;
    }

    /// <summary>Without them a release would come out smaller than the one before, and nobody could tell why.</summary>
    /// <exception cref="FolderRefusedException">A file that has to be read lies in a backup.</exception>
    private static void DemandHere(Archive archive, IReadOnlyList<Receipt> unread)
    {
        var elsewhere = archive.Elsewhere.ToDictionary(k => k.Sha256, StringComparer.Ordinal);
        var needed = unread.Where(r => elsewhere.ContainsKey(r.Sha256)).ToList();
        if (needed.Count == 0)
            return;
        var first = needed[0];
        var folder = elsewhere[first.Sha256].Folder;
        throw new FolderRefusedException(
            new(
                $"需要重新读入 {needed.Count} 个早先收到的文件（如“{first.Name}”），其副本只在备份 {folder} 中；请先 innovation doctor --repair --from {folder}",
                $"{needed.Count} files received earlier have to be read again (\"{first.Name}\" is one) and lie in the backup {folder} alone: run innovation doctor --repair --from {folder} first"
            )
        );
    }

    private static (long Came, long Hold) Decisions(LandingStore landing, IReadOnlyList<int> files)
    {
        var row = landing
            .Connection.Rows(
                """
                select count(*), count(*) filter (where exists (
                    from finding as x join file as f on f.file_no = x.file_no
                    where x.decision is not null and f.sha256 = lower(r.file_hash) and x.sheet is not distinct from r.finding_sheet and x.source_row = r.finding_row
                        and x.code = r.finding_code and coalesce(x.heading, '') = coalesce(r.finding_heading, '')))
                from review as r where list_contains($1, r.file_no)
                """,
                files.ToList()
            )
            .Single();
        return ((long)row[0]!, (long)row[1]!);
    }

    /// <summary>Files whose rows are held in memory together.</summary>
    private static IEnumerable<IReadOnlyList<Receipt>> Batches(IReadOnlyList<Receipt> receipts)
    {
        var batch = new List<Receipt>();
        long bytes = 0;
        foreach (var receipt in receipts)
        {
            if (batch.Count == FilesPerTransaction || batch.Count > 0 && bytes + receipt.Bytes > BytesPerTransaction)
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }
            batch.Add(receipt);
            bytes += receipt.Bytes;
        }
        if (batch.Count > 0)
            yield return batch;
    }

    /// <summary>The file as it was read; null where it has more rows than are held in memory. Where the program itself fails, the file is set aside.</summary>
    private BoundFile? Bound(Receipt receipt, Func<BoundFile> bind)
    {
        try
        {
            return bind();
        }
        catch (LongFileException)
        {
            return null;
        }
        catch (Exception e) when (IsOfTheFile(e))
        {
            return Aside(receipt, e);
        }
    }

    private static bool Large(LandingStore landing, BoundFile file, FaultyShare share)
    {
        try
        {
            return landing.AppendLarge(file, share.Judge);
        }
        catch (Exception e) when (e is LongFileException || IsOfTheFile(e))
        {
            return false;
        }
    }

    private void Long(LandingStore landing, Receipt receipt, string path, Binder binder, FaultyShare share)
    {
        try
        {
            landing.AppendLong(spill =>
            {
                var file = binder.Bind(receipt, path, cellByCell: true, spill);
                if (!file.Refused)
                    share.Judge(file);
                return file;
            });
        }
        catch (Exception e) when (IsOfTheFile(e))
        {
            landing.Append([Aside(receipt, e)]);
        }
    }

    /// <summary>All in one transaction; where that fails, each on its own, and the one that fails is set aside.</summary>
    private void Append(LandingStore landing, IReadOnlyList<BoundFile> files)
    {
        try
        {
            landing.Append(files);
        }
        catch (Exception e) when (IsOfTheFile(e))
        {
            if (files.Count == 1)
                landing.Append([Aside(files[0].Receipt, e)]);
            else
                foreach (var file in files)
                    Append(landing, [file]);
        }
    }

    private BoundFile Aside(Receipt receipt, Exception e)
    {
        fault?.Invoke(e, receipt.Sha256);
        return new(receipt) { Refused = true, Findings = { ReceivingFindings.SetAside(receipt.Name, e.GetType().Name) } };
    }

    private static bool IsOfTheFile(Exception e) => e is not (OperationCanceledException or AggregateException) && !DiskFull.Is(e);

    /// <summary>The archive, the files with the receipts that their bytes have already, and, apart, those that somebody is writing.</summary>
    private (Archive Archive, List<(string Path, Received? Known)> Files, IReadOnlyList<string> Moving) Look(
        IReadOnlyList<string> paths,
        CancellationToken cancel
    )
    {
        var archive = new Archive(workspace.Received, clock, options.Limits.MaxFileBytes);
        var digests = new RememberedDigests(workspace.Scratch, "received", MostRemembered).ForMany();
        var now = clock.GetUtcNow().UtcDateTime;
        var files = Files(paths).Select(f => (Path: f, Stamp: default((long, DateTime Written)), Known: (Received?)null)).ToArray();
        Parallel.For(
            0,
            files.Length,
            new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount },
            i =>
            {
                var stamp = FileStamp.Of(files[i].Path);
                files[i].Stamp = Stamp(files[i].Path, stamp);
                files[i].Known = archive.Known(files[i].Path, stamp, digests);
            }
        );
        digests.Keep();
        // Only files changed within the last seconds are looked at twice: those whose size or time still moves are left for the next load.
        var moving = new HashSet<string>(StringComparer.Ordinal);
        if (settle > TimeSpan.Zero && files.Where(f => (now - f.Stamp.Written).Duration() < Young).ToList() is { Count: > 0 } young)
        {
            cancel.WaitHandle.WaitOne(settle);
            moving.UnionWith(young.Where(f => Stamp(f.Path, FileStamp.Of(f.Path)) != f.Stamp).Select(f => f.Path));
        }
        return (archive, [.. files.Where(f => !moving.Contains(f.Path)).Select(f => (f.Path, f.Known))], [.. moving.Order(StringComparer.Ordinal)]);

        // The system is asked once a file; where it does not tell, or of what is no file, the framework is.
        static (long Bytes, DateTime Written) Stamp(string path, FileStamp? stamp) =>
            stamp is { } s ? (s.Bytes, DateTime.UnixEpoch.AddTicks(s.Modified / 100))
            : new FileInfo(path) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc)
            : default;
    }

    /// <summary>The files under the paths in a fixed order, without those that desktops leave about (.DS_Store, ~$lock).</summary>
    private static List<string> Files(IReadOnlyList<string> paths) =>
        [
            .. paths
                .SelectMany(path => Directory.Exists(path) ? Below(path).Order(StringComparer.Ordinal) : (IEnumerable<string>)[path])
                .Where(f => Path.GetFileName(f) is var name && !name.StartsWith('.') && !name.StartsWith("~$", StringComparison.Ordinal)),
        ];

    /// <summary>
    /// All files of a folder, and its links, which are told and not followed: two links to the folder itself would have no end, and one to another
    /// folder would take what nobody sent. Only what a person names may be a link.
    /// </summary>
    private static FileSystemEnumerable<string> Below(string folder) =>
        new(folder, (ref entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory || IsLink(ref entry),
            ShouldRecursePredicate = (ref entry) => !IsLink(ref entry),
        };

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;
}
