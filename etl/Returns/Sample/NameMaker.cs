namespace Innovation1551.Returns.Sample;

/// <summary>Names of invented subsidiaries: 示例, two characters that name no place together, the trade.</summary>
internal sealed class NameMaker(Dice dice)
{
    private const string First = "松岚柏桐岭峪澄璟昕曜霁珩熙皓翊骏稷槐枫桦梧棠杉榆";
    private const string Second = "涧崖坪溪峡渡屿泽岑湾汀原嶂壑冈泓渊麓川岗垣塬隘滩";
    private const string Third = "甲乙丙丁戊己庚辛壬癸";

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public string Next()
    {
        for (var attempt = 0; ; attempt++)
        {
            var token = $"{First[dice.Below(First.Length)]}{Second[dice.Below(Second.Length)]}";
            if (attempt > 20)
                token += $"{Third[dice.Below(Third.Length)]}{Third[dice.Below(Third.Length)]}{Third[dice.Below(Third.Length)]}";
            if (_used.Add(token))
                return token;
        }
    }
}
