using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Dissemination.Sdmx;

/// <summary>A code with its name; the code above it, where it has one in the same list.</summary>
internal sealed record SdmxCode(string Id, Text Name, string? Parent = null, Text? Description = null);

internal sealed record SdmxCodelist(string Id, Text Name, IReadOnlyList<SdmxCode> Codes);

/// <summary>A dimension, the measure or an attribute.</summary>
/// <param name="Codes">Its values; null where it has none to choose from.</param>
/// <param name="DataType">What it holds where it is not coded, as SDMX names it.</param>
/// <param name="IsOfMetric">An attribute that is the same for all figures of a metric.</param>
internal sealed record SdmxComponent(string Id, Text Name, SdmxCodelist? Codes = null, string DataType = "String", bool IsOfMetric = false)
{
    /// <summary>Place of each code in its list.</summary>
    public IReadOnlyDictionary<string, int> Places { get; } =
        (Codes?.Codes ?? []).Select((c, i) => (c.Id, i)).ToDictionary(c => c.Id, c => c.i, StringComparer.Ordinal);
}

/// <summary>A metric as its figures need it: the base unit, by which power of ten they are in it, and the decimals to print.</summary>
internal sealed record SdmxMetric(string Id, string BaseUnit, int PowerOfTen, int Decimals);

/// <summary>
/// The published figures as SDMX sees them: by frequency, metric, breakdown, member and period. Breakdown and member are two dimensions and
/// not one for each breakdown, because a figure is broken down by one of them at a time; the code of a member begins with its breakdown,
/// because members of two breakdowns may have one code.
/// </summary>
internal sealed partial class SdmxStructure
{
    /// <summary>Whoever publishes under an agency of his own says so; this one stands for the program.</summary>
    public const string Agency = "INNOVATION1551";

    public const string Dataflow = "FIGURES";

    /// <summary>SDMX's own code for the total of a dimension.</summary>
    public const string Total = "_T";

    /// <summary>The member of a figure as a code.</summary>
    public const string MemberSql = $"case when breakdown = 'total' then '{Total}' else breakdown || '@' || category end";

    private SdmxStructure(Manifest manifest, IReadOnlyList<SdmxMetric> metrics, IReadOnlyList<string> periods, IReadOnlyList<SdmxCodelist> lists)
    {
        (Manifest, Metrics, Periods) = (manifest, metrics, periods);
        // A release does not change, and neither does what is published of it: its number is in the version.
        Version =
            $"1.{int.Parse(manifest.Id.AsSpan(1, manifest.Id.IndexOf('-', StringComparison.Ordinal) - 1), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)}.0";
        SdmxCodelist List(string id) => lists.Single(l => l.Id == id);
        Dimensions =
        [
            new("FREQ", new("频率", "Frequency"), List("CL_FREQ")),
            new("METRIC", new("指标", "Metric"), List("CL_METRIC")),
            new("BREAKDOWN", new("分类", "Breakdown"), List("CL_BREAKDOWN")),
            new("CATEGORY", new("分类成员", "Member of the breakdown"), List("CL_CATEGORY")),
            new("TIME_PERIOD", new("时期", "Time period"), null, "ObservationalTimePeriod"),
        ];
        Attributes =
        [
            new("OBS_STATUS", new("数据状态", "Observation status"), List("CL_OBS_STATUS")),
            new("CONF_STATUS", new("保密状态", "Confidentiality status"), List("CL_CONF_STATUS")),
            new("FLAGS", new("全部标志，以 ; 分隔，见 published.flag", "All flags, separated by ;, see published.flag")),
            new("UNIT_MEASURE", new("计量单位", "Unit of measure"), List("CL_UNIT_MEASURE"), IsOfMetric: true),
            new("UNIT_MULT", new("单位乘数（10的幂次）", "Unit multiplier (power of ten)"), List("CL_UNIT_MULT"), IsOfMetric: true),
            new("DECIMALS", new("小数位数", "Decimals"), null, "Integer", IsOfMetric: true),
            new("STAGE", new("数据阶段", "Stage of the figures"), List("CL_STAGE")),
            new("RESPONSE_PERCENT", new("应答率（%）", "Response, percent of enterprises"), null, "Decimal"),
            new("COVERAGE_PERCENT", new("收入覆盖率（%）", "Coverage, percent of revenue"), null, "Decimal"),
            new("IMPUTED_PERCENT", new("插补占比（%）", "Imputed share, percent"), null, "Decimal"),
            new("IS_SYNTHETIC", new("示例数据（合成）", "Synthetic sample data"), null, "Boolean"),
            new("FOOTNOTE", new("脚注", "Footnote")),
        ];
    }

    public Manifest Manifest { get; }

    /// <summary>Of every artefact.</summary>
    public string Version { get; }

    public IReadOnlyList<SdmxComponent> Dimensions { get; }

    public SdmxComponent Measure { get; } = new("OBS_VALUE", new("数值", "Observation value"), null, "Decimal");

    public IReadOnlyList<SdmxComponent> Attributes { get; }

    public IReadOnlyList<SdmxMetric> Metrics { get; }

    public IReadOnlyList<string> Periods { get; }

    public IEnumerable<SdmxCodelist> Codelists => Dimensions.Concat(Attributes).Select(c => c.Codes).OfType<SdmxCodelist>();

    public string Urn(string package, string type, string id) => $"urn:sdmx:org.sdmx.infomodel.{package}.{type}={Agency}:{id}({Version})";

    /// <exception cref="DisseminationException">A code has characters that SDMX does not allow, or a unit is not described.</exception>
    public static SdmxStructure Of(DuckDBConnection release, Manifest manifest)
    {
        if (release.Scalar<long>("select count(*) from duckdb_columns() where schema_name = 'seed' and table_name = 'unit' and column_name = 'base_unit'") == 0)
            throw new DisseminationException(
                new(
                    $"{manifest.Id} 的代码表 unit 还没有 base_unit；请用 innovation build 以现行定义重建后发布",
                    $"the code list unit of {manifest.Id} has no base_unit yet: innovation build makes a release by the definitions of today, publish that"
                )
            );
        if (!FigureFlag.AreIn(release))
            throw new DisseminationException(
                new(
                    $"{manifest.Id} 的数字还没有标志；请用 innovation build 以现行定义重建后发布",
                    $"the figures of {manifest.Id} have no flags yet: innovation build makes a release by the definitions of today, publish that"
                )
            );
        var metrics = release.Rows(
            """
            select m.metric, m.name_zh, m.name_en, m.definition_zh, m.definition_en, upper(u.base_unit), cast(u.power_of_ten as integer), m.decimals, b.name_zh, b.name_en
            from published.metric as m
            left join seed.unit as u using (unit)
            left join seed.unit as b on b.unit = u.base_unit
            where m.metric in (select metric from published.figure)
            order by m.sort_order, m.metric
            """
        );
        foreach (var metric in metrics.Where(m => m[8] is null))
            throw new DisseminationException(
                new(
                    $"seeds/unit.csv 未写明指标 {metric[0]} 的单位的 base_unit 与 power_of_ten",
                    $"seeds/unit.csv does not give base_unit and power_of_ten for the unit of the metric {metric[0]}"
                )
            );
        var structure = new SdmxStructure(
            manifest,
            [.. metrics.Select(m => new SdmxMetric((string)m[0]!, (string)m[5]!, (int)m[6]!, (int)m[7]!))],
            [.. release.Rows("select distinct period from published.figure order by period").Select(r => (string)r[0]!)],
            [
                new("CL_FREQ", new("频率", "Frequency"), [new("A", new("年度", "Annual")), new("M", new("月度", "Monthly"))]),
                new("CL_METRIC", new("指标", "Metrics"), [.. metrics.Select(m => new SdmxCode((string)m[0]!, Named(m, 1), null, Named(m, 3)))]),
                new(
                    "CL_BREAKDOWN",
                    new("分类", "Breakdowns"),
                    Codes(
                        release,
                        "select breakdown, name_zh, name_en, null from published.breakdown where breakdown in (select breakdown from published.figure) order by breakdown"
                    )
                ),
                new(
                    "CL_CATEGORY",
                    new("分类成员", "Members of breakdowns"),
                    Codes(
                        release,
                        $"""
                        with used as (select distinct breakdown, category, {MemberSql} as code from published.figure)
                        select u.code, coalesce(c.name_zh, u.category), coalesce(c.name_en, u.category), p.code
                        from used as u
                        left join published.category as c using (breakdown, category)
                        left join used as p on p.breakdown = u.breakdown and p.category = c.parent and p.category <> u.category
                        order by u.code
                        """
                    )
                ),
                new(
                    "CL_OBS_STATUS",
                    new("数据状态", "Observation status"),
                    [
                        new("A", new("正常", "Normal value")),
                        .. FigureFlag.All(release).Where(f => f.ObsStatus is not null).Select(f => new SdmxCode(f.ObsStatus!, f.Name)),
                        new("O", new("缺失", "Missing value")),
                    ]
                ),
                new(
                    "CL_CONF_STATUS",
                    new("保密状态", "Confidentiality status"),
                    [
                        new("F", new("可公布", "Free for publication")),
                        .. FigureFlag.All(release).Where(f => f.ConfStatus is not null).Select(f => new SdmxCode(f.ConfStatus!, f.Name)),
                    ]
                ),
                new(
                    "CL_UNIT_MEASURE",
                    new("计量单位", "Units of measure"),
                    [.. metrics.DistinctBy(m => m[5]).OrderBy(m => (string)m[5]!, StringComparer.Ordinal).Select(m => new SdmxCode((string)m[5]!, Named(m, 8)))]
                ),
                new(
                    "CL_UNIT_MULT",
                    new("单位乘数", "Unit multipliers"),
                    [
                        .. metrics
                            .Select(m => (int)m[6]!)
                            .Distinct()
                            .Order()
                            .Select(p => p.ToString(CultureInfo.InvariantCulture))
                            .Select(p => new SdmxCode(p, new($"10的{p}次方", $"10 to the power of {p}"))),
                    ]
                ),
                new(
                    "CL_STAGE",
                    new("数据阶段", "Stages of figures"),
                    Codes(release, "select stage, name_zh, name_en, null from seed.release_stage order by stage")
                ),
            ]
        );
        foreach (var code in structure.Codelists.SelectMany(l => l.Codes).Where(c => !Id().IsMatch(c.Id)))
            throw new DisseminationException(
                new(
                    $"代码“{code.Id}”含有 SDMX 不允许的字符（只可用字母、数字、_、-、@、$）",
                    $"the code \"{code.Id}\" has characters that SDMX does not allow (letters, digits, _, -, @ and $ are)"
                )
            );
        return structure;
    }

    private static IReadOnlyList<SdmxCode> Codes(DuckDBConnection release, string query) =>
        [.. release.Rows(query).Select(r => new SdmxCode((string)r[0]!, Named(r, 1), (string?)r[3]))];

    private static Text Named(object?[] row, int at) => new((string?)row[at] ?? "", (string?)row[at + 1] ?? "");

    [GeneratedRegex(@"\A[A-Za-z0-9_@$-]+\z")]
    private static partial Regex Id();
}
