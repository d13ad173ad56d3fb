using Innovation1551.Models;

namespace Innovation1551.Returns.Values;

/// <summary>The outcome of reading one cell as a type: exactly one of a value, a reason for its absence, or a problem.</summary>
public readonly record struct Parsed<T>(T? Value, Missing Missing, Text? Problem)
{
    public bool HasValue => Missing == Missing.No && Problem is null;

    public static Parsed<T> Of(T value) => new(value, Missing.No, null);

    public static Parsed<T> Absent(Missing why) => new(default, why, null);

    public static Parsed<T> Bad(Text problem) => new(default, Missing.No, problem);
}
