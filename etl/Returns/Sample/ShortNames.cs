namespace Innovation1551.Returns.Sample;

/// <summary>Short names as people use them.</summary>
internal static class ShortNames
{
    private static readonly string[] Endings = ["集团有限责任公司", "集团有限公司", "有限责任公司", "有限公司"];

    /// <summary>The name without its legal form.</summary>
    public static string Of(string name) => Array.Find(Endings, e => name.EndsWith(e, StringComparison.Ordinal)) is { } ending ? name[..^ending.Length] : name;
}
