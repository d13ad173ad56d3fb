using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Innovation1551.Pipeline.Work;

/// <summary>A whole number of the configuration.</summary>
internal static class ConfiguredNumber
{
    /// <returns>Null where nothing is set.</returns>
    /// <exception cref="ConfigurationException">It cannot be understood, or is too small.</exception>
    public static int? Of(IConfiguration configuration, string name, int least) =>
        configuration[name] is not { Length: > 0 } read ? null
        : int.TryParse(read, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least ? number
        : throw new ConfigurationException(name, read, new($"应为不小于 {least} 的整数", $"it is a whole number of at least {least}"));
}
