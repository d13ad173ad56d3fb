using System.Diagnostics;
using System.Globalization;
using Innovation1551.Models;
using Microsoft.Extensions.Logging;

namespace Innovation1551.Pipeline.Terminal;

/// <summary>Writes each step that ends into the log, with its milliseconds, its counts and the step that it was part of; details where the log wants debugging.</summary>
internal sealed class StepLog : IDisposable
{
    private readonly ILogger _log;
    private readonly ActivityListener _listener;

    public StepLog(ILogger log)
    {
        _log = log;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name || source.Name == Telemetry.DetailName && log.IsEnabled(LogLevel.Debug),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Write,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    private void Write(Activity step)
    {
        var milliseconds = (long)step.Duration.TotalMilliseconds;
        List<KeyValuePair<string, object?>> values =
        [
            new("step", step.OperationName),
            new("milliseconds", milliseconds),
            .. step.TagObjects,
            new("trace", step.TraceId.ToHexString()),
            new("span", step.SpanId.ToHexString()),
        ];
        if (step.ParentSpanId != default)
            values.Add(new("part_of", step.ParentSpanId.ToHexString()));
        var level =
            step.Source.Name == Telemetry.DetailName ? LogLevel.Debug
            : step.Status == ActivityStatusCode.Error ? LogLevel.Error
            : LogLevel.Information;
        var told = string.Create(
            CultureInfo.InvariantCulture,
            $"{step.OperationName}: {milliseconds} ms{string.Concat(step.TagObjects.Select(t => $", {t.Key} {t.Value}"))}"
        );
        _log.Log(level, default, values, null, (_, _) => told);
    }
}
