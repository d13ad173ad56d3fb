namespace Innovation1551.Returns.Binding;

/// <summary>The mark that constructed data carries in its title or above its table.</summary>
public static class SyntheticMark
{
    public static bool In(string? text) =>
        text is not null && (text.Contains("示例数据", StringComparison.Ordinal) || text.Contains("synthetic", StringComparison.OrdinalIgnoreCase));
}
