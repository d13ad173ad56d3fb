using Innovation1551.Models;
using Microsoft.Extensions.Configuration;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Innovation1551.Pipeline.Work;

/// <summary>
/// Steps and counts to an OpenTelemetry collector, where section <c>Telemetry</c> of the configuration names its <c>Endpoint</c>: with
/// <c>Protocol</c> <c>grpc</c> (the default) or <c>http</c>, and <c>Headers</c> for what it asks of whoever sends. What cannot be sent is dropped:
/// nobody's work waits for it.
/// </summary>
internal sealed class TelemetryExport : IDisposable
{
    /// <summary>A collector that does not answer keeps a run from ending no longer than this, in milliseconds.</summary>
    private const int Patience = 2_000;

    private readonly TracerProvider _steps;
    private readonly MeterProvider _counts;

    private TelemetryExport(Uri endpoint, bool overHttp, string? headers)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService(Telemetry.Name, serviceVersion: Verbs.Session.Version);
        _steps = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Telemetry.Name, Telemetry.DetailName)
            .AddOtlpExporter(o => Send(o, "v1/traces"))
            .Build();
        _counts = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Telemetry.Name, "System.Runtime")
            .AddOtlpExporter(o => Send(o, "v1/metrics"))
            .Build();

        void Send(OtlpExporterOptions options, string path)
        {
            options.Protocol = overHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
            options.Endpoint = overHttp ? new Uri(new Uri(endpoint.ToString().TrimEnd('/') + "/"), path) : endpoint;
            options.TimeoutMilliseconds = Patience;
            if (headers is not null)
                options.Headers = headers;
        }
    }

    /// <summary>Null where the configuration names no collector.</summary>
    /// <exception cref="ConfigurationException">It names one that cannot be understood.</exception>
    public static TelemetryExport? Start(IConfiguration configuration)
    {
        var section = configuration.GetSection("Telemetry");
        if (section["Endpoint"] is not { Length: > 0 } endpoint)
            return null;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new ConfigurationException("Telemetry:Endpoint", endpoint, new("应如 http://127.0.0.1:4317", "write http://127.0.0.1:4317"));
        var protocol = section["Protocol"] ?? "grpc";
        if (protocol is not ("grpc" or "http"))
            throw new ConfigurationException("Telemetry:Protocol", protocol, new("应为 grpc 或 http", "it is grpc or http"));
        return new(address, protocol == "http", section["Headers"]);
    }

    public void Dispose()
    {
        _steps.ForceFlush(Patience);
        _counts.ForceFlush(Patience);
        _steps.Dispose();
        _counts.Dispose();
    }
}
