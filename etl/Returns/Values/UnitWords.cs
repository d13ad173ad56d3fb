namespace Innovation1551.Returns.Values;

/// <summary>The unit words that may follow a number in a cell. A word that is not here makes the cell a problem, not a number.</summary>
internal static class UnitWords
{
    private static readonly HashSet<string> Words =
    [
        "元", "千元", "万元", "百万元", "千万元", "亿元", "美元", "万美元", "欧元", "万欧元", "人民币元",
        "人", "人次", "人年", "人·年", "人月", "名", "位",
        "件", "项", "个", "家", "台", "套", "篇", "次", "种", "份", "部", "册", "条", "张", "座", "处", "批", "户", "场",
        "吨", "万吨", "公斤", "千克", "kg", "t", "亩", "公顷", "平方米", "万平方米", "㎡", "立方米", "公里", "千米", "米", "km", "m",
        "千瓦", "万千瓦", "千瓦时", "万千瓦时", "kW", "kWh", "MW", "小时", "天",
    ];

    public static bool Known(string word) => Words.Contains(word);

    /// <summary>True when 万 or 亿 before it belongs to the unit and not to the number: 万元, 亿元, 万美元, 万吨.</summary>
    public static bool KeepsMagnitude(string word) => word.Length > 1 && Words.Contains(word) && word[0] is '万' or '亿' or '千' or '百';
}
