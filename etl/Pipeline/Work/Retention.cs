using System.Globalization;
using Innovation1551.Pipeline.Terminal;
using Microsoft.Extensions.Configuration;

namespace Innovation1551.Pipeline.Work;

/// <summary>How much of what is made again or only looked back at is kept, as section <c>Retention</c> of the configuration says.</summary>
/// <param name="Releases">Releases beside the approved ones, which all stay.</param>
/// <param name="LogDays">Days of the log.</param>
public sealed record Retention(int Releases = 20, int LogDays = FileLog.UsualDays)
{
    /// <exception cref="ConfigurationException">A number cannot be understood.</exception>
    public static Retention Of(IConfiguration configuration)
    {
        var usual = new Retention();
        return new(Number(nameof(Releases), usual.Releases), Number(nameof(LogDays), usual.LogDays));

        int Number(string name, int otherwise) =>
            configuration[$"{nameof(Retention)}:{name}"] is not { Length: > 0 } read ? otherwise
            : int.TryParse(read, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : throw new ConfigurationException($"{nameof(Retention)}:{name}", read, new("应为不小于 1 的整数", "it is a whole number of at least 1"));
    }
}
