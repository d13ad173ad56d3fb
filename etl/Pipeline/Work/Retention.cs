using Innovation1551.Pipeline.Terminal;
using Microsoft.Extensions.Configuration;

namespace Innovation1551.Pipeline.Work;

/// <summary>How much of what is made again or only looked back at is kept, as section <c>Retention</c> of the configuration says.</summary>
/// <param name="Releases">Releases beside the approved ones, which all stay.</param>
/// <param name="LogDays">Days of the log.</param>
/// <param name="Outputs">Reports of each period, and published data of each format, beside those of approved releases and of the one in force; null for all.</param>
/// <param name="ReceivedYears">Years that received files lie here at least; null for ever. Then <c>prune --archived</c> may leave them to a backup.</param>
public sealed record Retention(int Releases = 20, int LogDays = FileLog.UsualDays, int? Outputs = null, int? ReceivedYears = null)
{
    /// <exception cref="ConfigurationException">A number cannot be understood.</exception>
    public static Retention Of(IConfiguration configuration)
    {
        var usual = new Retention();
        return new(
            Number(nameof(Releases)) ?? usual.Releases,
            Number(nameof(LogDays)) ?? usual.LogDays,
            Number(nameof(Outputs)),
            Number(nameof(ReceivedYears))
        );

        int? Number(string name) => ConfiguredNumber.Of(configuration, $"{nameof(Retention)}:{name}", 1);
    }
}
