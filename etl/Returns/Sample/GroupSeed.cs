using System.Collections.Immutable;
using System.Globalization;

namespace Innovation1551.Returns.Sample;

/// <summary>An invented group before it has a history. Every name contains 示例 (example), so that none can be taken for a real one.</summary>
/// <param name="Weight">Its revenue relative to the others.</param>
/// <param name="Industries">The first is the group's own; subsidiaries draw from all.</param>
internal sealed record GroupSeed(string Short, string Name, string City, int Weight, ImmutableArray<string> Industries)
{
    public static GroupSeed Number(int number) =>
        number <= All.Length
            ? All[number - 1]
            : All[(number - 1) % All.Length] with
            {
                Short = string.Create(CultureInfo.InvariantCulture, $"示例第{number}集团"),
                Name = string.Create(CultureInfo.InvariantCulture, $"示例第{number}集团有限公司"),
            };

    private static readonly ImmutableArray<GroupSeed> All =
    [
        new("示例云岭能源", "示例云岭能源集团有限公司", "1402", 240, ["B06", "B06", "B06", "D44", "C35", "M73"]),
        new("示例岚峰焦煤", "示例岚峰焦煤集团有限公司", "1401", 180, ["B06", "B06", "C25", "C25", "C34", "M73"]),
        new("示例漳原化工", "示例漳原化工集团有限公司", "1404", 110, ["C26", "C26", "B06", "C35", "M73"]),
        new("示例新晖材料", "示例新晖材料科技集团有限公司", "1403", 100, ["C38", "B06", "C26", "C38", "M73"]),
        new("示例恒岳重工", "示例恒岳重工集团有限公司", "1401", 25, ["C35", "C34", "C37", "C35", "M73"]),
        new("示例通衢交通", "示例通衢交通集团有限公司", "1401", 50, ["G54", "E48", "G54", "M73"]),
        new("示例云枢数字", "示例云枢数字技术集团有限公司", "1401", 5, ["I65", "I65", "M73"]),
        new("示例沃野环境", "示例沃野环境集团有限公司", "1401", 8, ["N77", "N77", "C13"]),
        new("示例陆桥物流", "示例陆桥物流集团有限公司", "1401", 55, ["G59", "G59", "I65"]),
        new("示例明川电力", "示例明川电力集团有限公司", "1406", 60, ["D44", "D44", "C38"]),
        new("示例清焰燃气", "示例清焰燃气集团有限公司", "1405", 45, ["D45", "B07", "D45"]),
        new("示例广筑建设", "示例广筑建设集团有限公司", "1401", 75, ["E48", "E48", "M73", "C34"]),
        new("示例醴原酒业", "示例醴原酒业集团有限公司", "1411", 25, ["C15", "C15", "C13"]),
        new("示例峦秀文旅", "示例峦秀文化旅游集团有限公司", "1401", 5, ["N78", "N78", "I65"]),
        new("示例润汇水务", "示例润汇水务集团有限公司", "1409", 8, ["D46", "N76", "D46"]),
        new("示例丰穗农业", "示例丰穗农业集团有限公司", "1407", 12, ["C13", "C13", "N77"]),
        new("示例凌霄航服", "示例凌霄航空服务集团有限公司", "1410", 4, ["G56", "G56", "I65"]),
        new("示例铜峰有色", "示例铜峰有色金属集团有限公司", "1408", 40, ["C32", "B09", "C32", "M73"]),
    ];
}
