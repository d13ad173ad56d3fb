using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Microsoft.Extensions.Logging;

namespace Innovation1551.Pipeline.Terminal;

/// <summary>
/// The log of a workspace: a line of JSON for each entry, in a file a day and another at 16 MiB; files older than it keeps are removed when a
/// day begins. All processes of a workspace write the same file, each line whole. Never a cell's content, nor what an exception quotes of one.
/// </summary>
/// <param name="days">Days that files are kept.</param>
public sealed partial class FileLog(string folder, TimeProvider clock, int days = FileLog.UsualDays, long longest = 16 << 20) : ILoggerProvider
{
    public const int UsualDays = 90;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose() { }

    private void Write(string category, LogLevel level, string message, IReadOnlyList<KeyValuePair<string, object?>> values, Exception? exception)
    {
        var now = clock.GetUtcNow();
        var entry = new Dictionary<string, object?>
        {
            ["at"] = now.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["level"] = level.ToString().ToLowerInvariant(),
            ["process"] = Environment.ProcessId,
            ["category"] = category,
            ["message"] = message,
        };
        foreach (var (name, value) in values)
            if (name != "{OriginalFormat}")
                entry.TryAdd(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), value is null or bool or int or long or decimal ? value : value.ToString());
        if (exception is not null)
            entry["exception"] = Told(exception);
        try
        {
            Durable.AtEnd(File(now), log => log.Write([.. JsonLine.Of(entry), (byte)'\n']));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A log that cannot be written must not stop the work. A full disk is told by whoever met it; of other faults the terminal gets one line.
            if (level >= LogLevel.Error && !DiskFull.Is(e) && !DiskFull.Is(exception))
                Console.Error.WriteLine(ScreenText.Line($"{entry["at"]} {category}: {message}{(exception is null ? "" : " " + exception.GetType().Name)}"));
        }
    }

    /// <summary>The file for this entry; the first entry of a day removes what is older than the log keeps.</summary>
    private string File(DateTimeOffset now)
    {
        for (var n = 1; ; n++)
        {
            var path = Path.Combine(folder, Named(now, n));
            var there = new FileInfo(path);
            if (there.Exists && there.Length >= longest)
                continue;
            if (!there.Exists && n == 1)
            {
                var oldest = Named(now - TimeSpan.FromDays(days), 0);
                foreach (var old in Directory.EnumerateFiles(folder, "innovation-*").Where(f => string.CompareOrdinal(Path.GetFileName(f), oldest) < 0))
                    System.IO.File.Delete(old);
            }
            return path;
        }
    }

    private static string Named(DateTimeOffset day, int number) =>
        $"innovation-{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}-{number.ToString("000", CultureInfo.InvariantCulture)}.jsonl";

    private static string Told(Exception e) =>
        $"{e.GetType().FullName}: {Unquoted(e.Message)}\n{e.StackTrace}{(e.InnerException is { } inner ? "\n ---> " + Told(inner) : "")}";

    /// <summary>A message without what stands in it between quotation marks, for that is what somebody wrote: a cell, a statement, a name.</summary>
    public static string Unquoted(string text) => Quoted().Replace(text, "…");

    [GeneratedRegex("""'[^']+'|"[^"]+"|“[^”]+”""")]
    private static partial Regex Quoted();

    private sealed class Logger(FileLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Write(category, logLevel, formatter(state, exception), state as IReadOnlyList<KeyValuePair<string, object?>> ?? [], exception);
    }
}
