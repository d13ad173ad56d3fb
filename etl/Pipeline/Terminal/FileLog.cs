using System.Globalization;
using Innovation1551.Models;
using Microsoft.Extensions.Logging;

namespace Innovation1551.Pipeline.Terminal;

/// <summary>The log of a workspace: one text file a day, a line an entry, stack traces below. Never a cell's content.</summary>
public sealed class FileLog(string folder, TimeProvider clock) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(folder, clock, categoryName);

    public void Dispose() { }

    private sealed class Logger(string folder, TimeProvider clock, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var now = clock.GetUtcNow();
            var line =
                $"{now.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)} {logLevel} [{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}] {category}: {formatter(state, exception).ReplaceLineEndings(" ")}\n{(exception is null ? "" : exception + "\n")}";
            try
            {
                File.AppendAllText(Path.Combine(folder, $"innovation-{now.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}.log"), line);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A log that cannot be written must not stop the work. A full disk is told by whoever met it; of other faults the terminal gets the first line.
                if (!DiskFull.Is(e) && !DiskFull.Is(exception))
                    Console.Error.WriteLine(ScreenText.Line(line.Split('\n')[0]));
            }
        }
    }
}
