using System.Collections.Concurrent;
using System.Security.Cryptography;
using Innovation1551.Models;
using Innovation1551.Service.Workers;
using Microsoft.AspNetCore.Http;

namespace Innovation1551.Service.Endpoints;

/// <summary>An answer kept for its owner as an Arrow file, to be fetched in pieces: its footer says where its blocks are.</summary>
internal sealed record KeptResult(string Id, string Owner, string Path, string Release, long Rows, long Bytes, DateTimeOffset Expires);

/// <summary>Answers that are kept for an hour, under a quota for each owner.</summary>
internal sealed class KeptResults
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private readonly string _folder;
    private readonly long _quota;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, KeptResult> _kept = new(StringComparer.Ordinal);

    public KeptResults(string folder, long quota, TimeProvider clock)
    {
        (_folder, _quota, _clock) = (folder, quota, clock);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
    }

    /// <exception cref="RequestException">The statement failed, or the quota is used up.</exception>
    public async Task<KeptResult> Keep(HttpContext context, Statements statements, StatementRequest request)
    {
        Sweep();
        var owner = Caller.Of(context).Id;
        var left = _quota - _kept.Values.Where(k => k.Owner == owner).Sum(k => k.Bytes);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var path = Path.Combine(_folder, id + ".arrow");
        var release = statements.Release(request.Release ?? "latest");
        AnswerOutcome outcome;
        FileSink sink;
        await using (var file = new FileStream(path, FileMode.CreateNew))
        {
            sink = new FileSink(file, Math.Min(left, request.MaxBytes ?? long.MaxValue));
            outcome = await statements.Run(context, request, "arrow", sink, () => file.Length);
        }
        if (outcome.Outcome != "done")
        {
            File.Delete(path);
            throw statements.Refusal(outcome, sink.IsTooLong);
        }
        var kept = new KeptResult(id, owner, path, release, outcome.Rows, new FileInfo(path).Length, _clock.GetUtcNow() + Lasts);
        _kept[id] = kept;
        return kept;
    }

    /// <exception cref="RequestException">The caller has none such, or no longer.</exception>
    public KeptResult Find(string id, Caller caller)
    {
        Sweep();
        return _kept.TryGetValue(id, out var kept) && kept.Owner == caller.Id
            ? kept
            : throw new RequestException(404, "usage", new("没有这个结果，或已过期", "there is no such result, or it has expired"));
    }

    public void Delete(KeptResult kept)
    {
        _kept.TryRemove(kept.Id, out _);
        File.Delete(kept.Path);
    }

    private void Sweep()
    {
        foreach (var kept in _kept.Values.Where(k => k.Expires < _clock.GetUtcNow()))
            Delete(kept);
    }

    private sealed class FileSink(FileStream file, long most) : IAnswerSink
    {
        public bool IsTooLong { get; private set; }

        public Task Head(AnswerHead head) => Task.CompletedTask;

        public async Task Data(ReadOnlyMemory<byte> bytes, CancellationToken stop)
        {
            if (file.Length + bytes.Length > most)
            {
                IsTooLong = true;
                throw new IOException("the quota is used up");
            }
            await file.WriteAsync(bytes, stop);
        }
    }
}
