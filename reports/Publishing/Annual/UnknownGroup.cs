using Innovation1551.Models;

namespace Innovation1551.Publishing.Annual;

/// <summary>A sheet was asked for a group that has no figure in the year.</summary>
public sealed class UnknownGroup(int year, string asked, IReadOnlyList<(string Code, Text Name)> groups)
    : Refusal(
        new(
            $"{Digits(year)} 年没有集团“{Shown(asked)}”的数字；{Meant(asked, groups, "是否指 ", "；").Zh}",
            $"there is no figure of a group {Shown(asked)} in {Digits(year)}; {Meant(asked, groups, "did you mean ", "; ").En}"
        )
    )
{
    private const int MostNamed = 20,
        LongestWord = 60;

    /// <summary>The nearest by code or name, those whose name holds the word; where nothing is near, all that there are.</summary>
    private static Text Meant(string asked, IReadOnlyList<(string Code, Text Name)> groups, string question, string between)
    {
        var near = groups
            .Where(g =>
                asked.Length > 1
                    && (g.Name.Zh.Contains(asked, StringComparison.OrdinalIgnoreCase) || g.Name.En.Contains(asked, StringComparison.OrdinalIgnoreCase))
                || g.Code == Nearest.Of(asked, groups.Select(o => o.Code))
                || g.Name.Zh == Nearest.Of(asked, groups.Select(o => o.Name.Zh))
                || g.Name.En == Nearest.Of(asked, groups.Select(o => o.Name.En))
            )
            .ToArray();
        var told = near.Length > 0 ? near : groups;
        var more = told.Count > MostNamed;
        return new(
            (near.Length > 0 ? question : "可选：")
                + string.Join(between, told.Take(MostNamed).Select(g => $"{g.Code} {Shown(g.Name.Zh)}"))
                + (more ? "……" : ""),
            (near.Length > 0 ? question : "there are ")
                + string.Join(between, told.Take(MostNamed).Select(g => $"{g.Code} {Shown(g.Name.En)}"))
                + (more ? " …" : "")
        );
    }

    private static string Shown(string word) => word.Length <= LongestWord ? word : word[..LongestWord] + "…";

    private static string Digits(int year) => year.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
