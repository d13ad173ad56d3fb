namespace Innovation1551.Returns.Sample;

/// <summary>Titles that sound like patents of a trade.</summary>
internal static class PatentTitles
{
    private static readonly string[] Mining = ["综采工作面", "矿井通风", "瓦斯抽采", "巷道支护", "煤矸分选", "带式输送机", "井下巡检机器人"];
    private static readonly string[] Machine = ["起重机", "轧机", "风电齿轮箱", "轮对检测", "挖掘机铲斗", "液压支架", "减速机"];
    private static readonly string[] Chemical = ["气化炉", "催化剂", "合成基础油", "焦炉煤气净化", "碳纤维", "钠离子电池负极", "煤矸石综合利用"];
    private static readonly string[] Energy = ["光伏阵列", "储能电池簇", "热电联产", "变电站巡视", "燃气调压", "燃烧器", "余热回收"];
    private static readonly string[] Building = ["桥梁支座", "沥青路面", "隧道衬砌", "边坡监测", "装配式墙板", "高速公路收费", "预制箱梁"];
    private static readonly string[] Digital = ["数据治理", "工业互联网平台", "边缘计算", "物流调度", "安全生产预警", "知识图谱", "数字孪生"];
    private static readonly string[] Life = ["白酒酿造", "谷物加工", "盐碱地改良", "水源净化", "灌溉控制", "土壤修复", "景区导览"];
    private static readonly string[] Forms = ["装置", "系统", "方法", "控制方法", "检测方法", "结构"];
    private static readonly string[] Qualities = ["智能", "高效", "低能耗", "防爆", "自适应", "模块化", "可移动", "抗干扰"];

    public static string Make(Dice dice, string type, string industry)
    {
        var subject = dice.Pick(SubjectsOf(industry));
        return type == "D" ? $"{subject}设备（{dice.Pick(Qualities)}型）" : $"一种{dice.Pick(Qualities)}{subject}{dice.Pick(Forms)}";
    }

    private static string[] SubjectsOf(string industry) =>
        industry[0] switch
        {
            'B' => Mining,
            'D' => Energy,
            'E' or 'G' => Building,
            'I' or 'M' => Digital,
            'N' => Life,
            _ => industry switch
            {
                "C13" or "C15" => Life,
                "C34" or "C35" or "C37" => Machine,
                _ => Chemical,
            },
        };
}
