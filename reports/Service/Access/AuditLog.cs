using System.Globalization;
using Innovation1551.Models;

namespace Innovation1551.Service.Access;

/// <summary>A statement that begins.</summary>
public sealed record AuditStart(string Id, string Key, string Role, string? Session, string Release, string From, string Sql, IReadOnlyList<string> Parameters);

/// <summary>How it ended: done, failed, refused, cancelled, timeout, lost, shutdown.</summary>
public sealed record AuditEnd(string Id, string Outcome, long Rows, long Bytes, double Milliseconds, string? Reason);

/// <summary>
/// Who asked what and how it ended: one line of JSON for the start of a statement and one for its end, appended and never changed. A start
/// without an end is a service that was killed. A file a day, and another at 64 MiB; <c>read_json</c> of any DuckDB shell reads them.
/// </summary>
public sealed class AuditLog(string folder, TimeProvider clock, long longest = 64 << 20) : IDisposable
{
    private readonly Lock _lock = new();
    private FileStream? _file;
    private string _day = "";

    public void Start(AuditStart start) =>
        Append(
            new
            {
                Event = "start",
                At = clock.GetUtcNow(),
                start.Id,
                start.Key,
                start.Role,
                start.Session,
                start.Release,
                start.From,
                start.Sql,
                start.Parameters,
            }
        );

    public void End(AuditEnd end) =>
        Append(
            new
            {
                Event = "end",
                At = clock.GetUtcNow(),
                end.Id,
                end.Outcome,
                end.Rows,
                end.Bytes,
                Milliseconds = Math.Round(end.Milliseconds, 1),
                end.Reason,
            }
        );

    /// <summary>The files, oldest first.</summary>
    public IReadOnlyList<string> Files => Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "audit-*.jsonl").Order(StringComparer.Ordinal)] : [];

    public void Dispose() => _file?.Dispose();

    private void Append(object entry)
    {
        var line = JsonLine.Of(entry);
        lock (_lock)
        {
            var file = Current();
            file.Write([.. line, (byte)'\n']);
            file.Flush();
        }
    }

    private FileStream Current()
    {
        var day = clock.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        if (_file is not null && day == _day && _file.Length < longest)
            return _file;
        _file?.Dispose();
        Directory.CreateDirectory(folder);
        for (var n = 1; ; n++)
        {
            var path = Path.Combine(folder, $"audit-{day}-{n.ToString("000", CultureInfo.InvariantCulture)}.jsonl");
            if (new FileInfo(path) is { Exists: true } there && there.Length >= longest)
                continue;
            var options = new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.Read,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            (_file, _day) = (new FileStream(path, options), day);
            return _file;
        }
    }
}
