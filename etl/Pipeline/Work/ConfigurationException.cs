using Innovation1551.Models;

namespace Innovation1551.Pipeline.Work;

/// <summary>A setting of innovation.json, or of the environment, cannot be understood.</summary>
public sealed class ConfigurationException(string setting, string read, Text wanted)
    : Refusal(
        new(
            $"配置 {setting} 的值“{ScreenText.Line(read)}”有误：{wanted.Zh}（innovation.json 或环境变量 INNOVATION_{setting.Replace(":", "__", StringComparison.Ordinal)}）",
            $"the setting {setting} cannot be \"{ScreenText.Line(read)}\": {wanted.En} (innovation.json, or INNOVATION_{setting.Replace(":", "__", StringComparison.Ordinal)} in the environment)"
        )
    );
