using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Catalogue;
using Innovation1551.Publishing.Figures;
using Innovation1551.Specs.Models;

namespace Innovation1551.Specs.Publishing;

/// <summary>
/// A small release with the published tables as the models declare them and plausible synthetic values, made by formula:
/// annual figures 2020–2025, cumulative and monthly figures January to September 2026.
/// </summary>
public static class PublishedFixture
{
    public const string ReleaseId = "R2026-10-15";
    private const int First = 2020,
        Last = 2025;

    public static readonly (string Code, string Zh, string En, string Industry, decimal Revenue, decimal Intensity)[] Groups =
    [
        ("g01", "示例煤业集团", "Sample Coal Group", "B06", 18_900_000m, 1.45m),
        ("g02", "示例焦化集团", "Sample Coking Group", "C25", 16_400_000m, 1.62m),
        ("g03", "示例化工集团", "Sample Chemicals Group", "C26", 9_800_000m, 2.05m),
        ("g04", "示例新材料科技集团", "Sample Advanced Materials Group", "C26", 7_200_000m, 2.31m),
        ("g05", "示例重型机械集团", "Sample Heavy Machinery Group", "C35", 2_600_000m, 5.12m),
        ("g06", "示例交通控股集团", "Sample Transport Holding Group", "E48", 6_100_000m, 0.92m),
        ("g07", "示例信息技术集团", "Sample Information Technology Group", "I65", 480_000m, 9.84m),
        ("g08", "示例环境投资控股集团", "Sample Environment Investment Holding Group", "N77", 520_000m, 1.20m),
        ("g09", "示例陆港物流集团", "Sample Inland Port and Logistics Group", "G53", 3_900_000m, 0.21m),
        ("g10", "示例能源集团", "Sample Energy Group", "D44", 2_900_000m, 0.75m),
        ("g11", "示例燃气集团", "Sample Gas Group", "D45", 2_300_000m, 0.88m),
        ("g12", "示例建设投资集团", "Sample Construction Investment Group", "E48", 11_800_000m, 1.94m),
        ("g13", "示例酒业集团", "Sample Spirits Group", "C15", 3_600_000m, 0.55m),
        ("g14", "示例文化旅游集团", "Sample Culture and Tourism Group", "N77", 310_000m, 0.34m),
        ("g15", "示例水务集团", "Sample Water Group", "D46", 620_000m, 1.08m),
        ("g16", "示例农业科技集团", "Sample Agricultural Technology Group", "A01", 270_000m, 2.77m),
        ("g17", "示例航空产业集团", "Sample Aviation Industry Group", "G53", 350_000m, 0.48m),
        ("g18", "示例有色金属集团", "Sample Nonferrous Metals Group", "C32", 1_400_000m, 1.71m),
    ];

    private static readonly (string Code, string Zh, string En)[] CostItems =
    [
        ("personnel", "人员人工费用", "Personnel"),
        ("direct_input", "直接投入费用", "Direct input"),
        ("depreciation", "折旧费用与长期待摊费用", "Depreciation and long-term prepaid"),
        ("amortisation", "无形资产摊销费用", "Amortisation of intangibles"),
        ("design", "设计费用", "Design"),
        ("testing", "装备调试费用与试验费用", "Commissioning and testing"),
        ("outsourced", "委托外部研究开发费用", "Outsourced R&D"),
        ("other", "其他费用", "Other"),
    ];

    private static readonly decimal[] CostShares = [27.5m, 38.2m, 7.6m, 2.1m, 3.3m, 6.4m, 11.2m, 3.7m];
    private static readonly (string Code, string Zh, string En)[] Activities =
    [
        ("BRSRCH", "基础研究", "Basic research"),
        ("ARSRCH", "应用研究", "Applied research"),
        ("EDEV", "试验发展", "Experimental development"),
    ];
    private static readonly (string Code, string Zh, string En)[] Funds =
    [
        ("government", "政府资金", "Government"),
        ("business", "企业资金", "Business"),
        ("abroad", "境外资金", "Abroad"),
        ("other", "其他资金", "Other"),
    ];
    private static readonly (string Code, string Zh, string En)[] PatentTypes =
    [
        ("invention", "发明专利", "Invention"),
        ("utility", "实用新型专利", "Utility model"),
        ("design", "外观设计专利", "Design"),
    ];
    private static readonly (string Code, string Zh, string En)[] Levels = [("NAT", "国家级", "National"), ("PROV", "省部级", "Provincial or ministerial")];
    private static readonly (string Code, string Zh, string En)[] Grades =
    [
        ("special", "特等奖", "Special prize"),
        ("first", "一等奖", "First prize"),
        ("second", "二等奖", "Second prize"),
        ("third", "三等奖", "Third prize"),
    ];
    private static readonly (string Code, string Zh, string En)[] Roles = [("LEAD", "牵头完成", "Lead"), ("PART", "参与完成", "Participating")];
    private static readonly (string Code, string Zh, string En)[] Lags =
    [
        ("0", "同年", "same year"),
        ("1", "滞后一年", "one year later"),
        ("2", "滞后两年", "two years later"),
    ];
    private static readonly (string Code, string Zh, string En)[] Industries =
    [
        ("A01", "农业", "Agriculture"),
        ("B06", "煤炭开采和洗选业", "Coal mining and washing"),
        ("C15", "酒、饮料和精制茶制造业", "Beverages"),
        ("C25", "石油、煤炭加工业", "Coking and refining"),
        ("C26", "化学原料和化学制品制造业", "Chemicals"),
        ("C32", "有色金属冶炼和压延加工业", "Nonferrous metals"),
        ("C35", "专用设备制造业", "Special equipment"),
        ("D44", "电力、热力生产和供应业", "Electricity and heat"),
        ("D45", "燃气生产和供应业", "Gas supply"),
        ("D46", "水的生产和供应业", "Water supply"),
        ("E48", "土木工程建筑业", "Civil engineering"),
        ("G53", "交通运输业", "Transport"),
        ("I65", "软件和信息技术服务业", "Software and IT services"),
        ("N77", "生态保护和环境治理业", "Environment"),
    ];

    /// <summary>The release as an open connection; <paramref name="change"/> is SQL run after the tables are filled.</summary>
    public static DuckDBConnection Open(string? change = null, bool synthetic = true)
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Run(
            connection,
            $"attach {Sql.Literal((synthetic ? Synthetic : Real).Value)} as filled (read_only); copy from database filled to memory; detach filled"
        );
        if (change is not null)
            Run(connection, change);
        return connection;
    }

    /// <summary>A chart of the release as it is, made once for all who look at it.</summary>
    public static ChartScene Scene(string id, int year)
    {
        lock (Scenes)
            return Scenes.TryGetValue((id, year), out var scene)
                ? scene
                : Scenes[(id, year)] = SceneBuilder.Build(ChartCatalogue.All.Single(d => d.Id == id), Plain.Value, year);
    }

    private static readonly Dictionary<(string, int), ChartScene> Scenes = [];
    private static readonly Lazy<PublishedRelease> Plain = new(() => new(Open()));

    /// <summary>Filling it and running the models takes half a second, a copy a tenth of that.</summary>
    private static readonly Lazy<string> Synthetic = new(() => Filled(synthetic: true)),
        Real = new(() => Filled(synthetic: false));

    private static string Filled(bool synthetic)
    {
        var folder = Directory.CreateTempSubdirectory("innovation-published-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var file = Path.Combine(folder, "filled.duckdb");
        using var connection = new DuckDBConnection($"DataSource={file}");
        connection.Open();
        Run(connection, WarehouseSketch.Definitions["prelude.sql"]);
        Run(connection, Schema);
        Run(connection, new Filler(synthetic).Sql());
        foreach (var seed in new[] { "forecast_series", "forecast_horizon", "forecast_reason", "threshold" })
            Seed.Load(connection, "seed." + seed, seed, WarehouseSketch.Definitions[$"seeds/{seed}.csv"]);
        foreach (
            var relation in new[]
            {
                "published.target",
                "published.target_path",
                "published.target_progress",
                "published.forecast",
                "published.revision_cause",
                "published.revision_by_stage",
                "published.contribution",
            }
        )
            Run(connection, $"insert into {relation} {WarehouseSketch.ModelOf(relation).Query}");
        return file;
    }

    private static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Every published table as its model declares it: a column that a model renames or drops fails here, and not at the reader's.</summary>
    private static string Schema { get; } =
        string.Concat(
            WarehouseSketch
                .Graph.Ordered.Where(m => m.Relation.StartsWith("published.", StringComparison.Ordinal))
                .Select(m => $"create table {m.Relation} ({string.Join(", ", m.Columns.Select(c => $"{c.Name} {c.Type}"))});")
        )
        + Table("published.register_change")
        + Table("published.task_month_wide")
        + Table("published.lab_readiness_wide");

    /// <summary>A wide view that the report reads, as a table under the names that the view declares.</summary>
    private static string Table(string view) =>
        $"create table {view} ({string.Join(", ", ModelView.All(WarehouseSketch.Definitions).Single(v => v.Relation == view).Columns.Select(c => $"{c.Name} {TypeOf(c.Name)}"))});";

    private static string TypeOf(string column) =>
        column switch
        {
            "period_key" or "period_year" or "days_left" => "integer",
            "planned_start" or "planned_end" or "valid_from" => "date",
            "is_reported" or "is_late" or "is_done" => "boolean",
            _ when column.EndsWith("_percent", StringComparison.Ordinal) || column == "behind_points" => "decimal(28, 6)",
            _ => "varchar",
        };

    private sealed class Filler(bool synthetic)
    {
        private readonly StringBuilder _sql = new();
        private readonly List<string> _figures = [];

        public string Sql()
        {
            Flags();
            Metrics();
            Categories();
            Targets();
            for (var year = First; year <= Last; year++)
            {
                Annual(year);
                Programme(year);
            }
            Monthly();
            Ledger();
            Laboratories();
            Evaluation();
            Others();
            _sql.Append(
                    "insert into published.figure (figure_id, metric, breakdown, category, period, period_year, period_kind, value, numerator, denominator, contributors, status, unit, basis, as_of, vintage, is_synthetic, stage, flags) values "
                )
                .AppendJoin(",\n", _figures)
                .Append(';');
            return _sql.ToString();
        }

        private void Flags()
        {
            var rows = Seed.Parse("seeds/figure_flag.csv", WarehouseSketch.Definitions["seeds/figure_flag.csv"]).Skip(1);
            _sql.Append("insert into published.flag values ")
                .AppendJoin(",", rows.Select((r, i) => $"({string.Join(", ", r.Select(Innovation1551.Models.Sql.Literal))}, {i + 1})"))
                .Append(';');
        }

        private static decimal Wobble(string key, int year, decimal width)
        {
            uint hash = 2166136261;
            foreach (var c in key + year.ToString(CultureInfo.InvariantCulture))
                hash = (hash ^ c) * 16777619;
            hash ^= hash >> 15;
            return 1 + width * ((hash % 2001) / 1000m - 1);
        }

        private static decimal Revenue((string Code, string Zh, string En, string Industry, decimal Revenue, decimal Intensity) g, int year) =>
            Math.Round(g.Revenue * (1 + 0.045m * (year - First)) * Wobble(g.Code + "rev", year, 0.06m), 2);

        private static decimal Rd((string Code, string Zh, string En, string Industry, decimal Revenue, decimal Intensity) g, int year) =>
            Math.Round(Revenue(g, year) * g.Intensity / 100 * (1 + 0.085m * (year - First)) * Wobble(g.Code + "rd", year, 0.09m), 2);

        private static decimal TotalRd(int year) => Groups.Sum(g => Rd(g, year));

        private static decimal TotalRevenue(int year) => Groups.Sum(g => Revenue(g, year));

        private void Add(
            string metric,
            string breakdown,
            string category,
            string period,
            string kind,
            decimal? value,
            string unit,
            decimal? numerator = null,
            decimal? denominator = null,
            string status = "actual",
            string basis = "107-2"
        )
        {
            var year = int.Parse(period[..4], CultureInfo.InvariantCulture);
            var asOf = kind == "year" ? $"{year + 1}-08-31" : "2026-10-15";
            _figures.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"('{metric}:{breakdown}:{category}:{period}','{metric}','{breakdown}','{category}','{period}',{year},'{kind}',{Sql(value)},{Sql(numerator)},{Sql(denominator)},18,'{(value is null && status == "actual" ? "missing" : status)}','{unit}','{basis}',date '{asOf}','{ReleaseId}',{(synthetic ? "true" : "false")},{(value is null ? "null" : status == "actual" ? "'final'" : "'preliminary'")},{(value is null ? "null" : status == "actual" ? "''" : $"'{status}'")})"
                )
            );
        }

        private static string Sql(decimal? value) => value is { } v ? Math.Round(v, 6).ToString(CultureInfo.InvariantCulture) : "null";

        private void Year(string metric, string breakdown, string category, int year, decimal? value, string unit) =>
            Add(metric, breakdown, category, year.ToString(CultureInfo.InvariantCulture), "year", value, unit, status: year == Last ? "provisional" : "actual");

        private void Annual(int year)
        {
            var rd = TotalRd(year);
            var revenue = TotalRevenue(year);
            Year("rd_expense", "total", "all", year, rd, "wan");
            Year("revenue", "total", "all", year, revenue, "wan");
            Year("rd_intramural", "total", "all", year, rd * 0.83m, "wan");
            Year("rd_intensity", "total", "all", year, rd / revenue * 100, "percent");
            // Without one enterprise that has not reported.
            Year("rd_expense_comparable", "total", "all", year, rd * 0.97m, "wan");
            Year("revenue_comparable", "total", "all", year, revenue * 0.98m, "wan");
            Year("rd_intensity_comparable", "total", "all", year, rd * 0.97m / (revenue * 0.98m) * 100, "percent");
            if (year > First)
            {
                var before = TotalRd(year - 1) * Wobble("restated", year, 0.012m);
                var intensityBefore = TotalRd(year - 1) / TotalRevenue(year - 1) * 100;
                Year("rd_expense_prior_restated", "total", "all", year, before, "wan");
                Year("rd_expense_yoy", "total", "all", year, (rd / before - 1) * 100, "percent");
                Year("rd_intensity_change_pp", "total", "all", year, rd / revenue * 100 - intensityBefore, "pp");
                Year("rd_intensity_growth", "total", "all", year, (rd / revenue * 100 / intensityBefore - 1) * 100, "percent");
                if (year > 2022)
                    Year(
                        "rd_intensity_cagr",
                        "base_year",
                        "2022",
                        year,
                        ((decimal)Math.Pow((double)(rd / revenue / (TotalRd(2022) / TotalRevenue(2022))), 1.0 / (year - 2022)) - 1) * 100,
                        "percent"
                    );
                Year(
                    "rd_expense_cagr",
                    "base_year",
                    "2020",
                    year,
                    ((decimal)Math.Pow((double)(rd / TotalRd(First)), 1.0 / (year - First)) - 1) * 100,
                    "percent"
                );
            }

            var fte = Math.Round(rd / 46.5m * Wobble("fte", year, 0.03m), 1);
            Year("rd_fte", "total", "all", year, fte, "fte");
            Year("rd_expense_per_fte", "total", "all", year, rd / fte, "wan_per_fte");
            ByGroup(year);
            foreach (var industry in Industries)
            {
                var members = Groups.Where(g => g.Industry == industry.Code).ToArray();
                Year("rd_expense", "industry", industry.Code, year, members.Sum(g => Rd(g, year)), "wan");
                Year("revenue", "industry", industry.Code, year, members.Sum(g => Revenue(g, year)), "wan");
                Year("rd_intensity", "industry", industry.Code, year, members.Sum(g => Rd(g, year)) / members.Sum(g => Revenue(g, year)) * 100, "percent");
            }

            Split("rd_expense", "rd_cost_share", "cost_item", CostItems, CostShares, rd, year);
            Split("rd_intramural", "rd_activity_share", "activity", Activities, [3.1m, 14.6m, 82.3m], rd * 0.83m, year);
            Split("rd_intramural", "rd_fund_share", "fund_source", Funds, [5.4m, 92.9m, 0.2m, 1.5m], rd * 0.83m, year);
            var shares = Groups.Select(g => Rd(g, year) / rd * 100).OrderDescending().ToArray();
            Year("rd_cr4", "total", "all", year, shares.Take(4).Sum(), "percent");
            Year("rd_hhi", "total", "all", year, shares.Sum(s => s * s), "index");
            Patents(year, rd);
            Awards(year);
        }

        private void ByGroup(int year)
        {
            foreach (var g in Groups)
            {
                var gone = g.Code == "g17" && year == 2022;
                Year("rd_expense", "group", g.Code, year, gone ? null : Rd(g, year), "wan");
                Year("revenue", "group", g.Code, year, gone ? null : Revenue(g, year), "wan");
                Year("rd_intensity", "group", g.Code, year, gone ? null : Rd(g, year) / Revenue(g, year) * 100, "percent");
                Year("rd_expense_comparable", "group", g.Code, year, gone ? null : Rd(g, year) * 0.97m, "wan");
                Year("rd_intensity_comparable", "group", g.Code, year, gone ? null : Rd(g, year) / Revenue(g, year) * 99, "percent");
                Year("rd_fte", "group", g.Code, year, gone ? null : Math.Round(Rd(g, year) / 46.5m, 1), "fte");
                Year("patents_granted", "group", g.Code, year, gone ? null : Math.Round(Rd(g, year) / 900m), "item");
                if (year > First)
                {
                    Year("rd_expense_yoy", "group", g.Code, year, gone ? null : (Rd(g, year) / Rd(g, year - 1) - 1) * 100, "percent");
                    Year(
                        "rd_intensity_change_pp",
                        "group",
                        g.Code,
                        year,
                        gone ? null : Rd(g, year) / Revenue(g, year) * 100 - Rd(g, year - 1) / Revenue(g, year - 1) * 100,
                        "pp"
                    );
                }
            }
        }

        private void Split(
            string metric,
            string shareMetric,
            string breakdown,
            (string Code, string Zh, string En)[] parts,
            decimal[] shares,
            decimal whole,
            int year
        )
        {
            var weights = parts.Select((p, i) => shares[i] * Wobble(p.Code + breakdown, year, 0.10m)).ToArray();
            for (var i = 0; i < parts.Length; i++)
            {
                var share = weights[i] / weights.Sum();
                Year(metric, breakdown, parts[i].Code, year, whole * share, "wan");
                Year(shareMetric, breakdown, parts[i].Code, year, share * 100, "percent");
            }
        }

        private decimal _granted,
            _filed;

        private void Patents(int year, decimal rd)
        {
            decimal[] mix = [0.34m, 0.61m, 0.05m];
            decimal total = 0,
                applied = 0,
                stock = 0;
            for (var i = 0; i < 3; i++)
            {
                var n = Math.Round(rd / 880m * mix[i] * (1 + (i == 0 ? 0.05m : -0.02m) * (year - First)) * Wobble("grant" + i, year, 0.07m));
                var a = Math.Round(n * 1.27m * Wobble("file" + i, year, 0.04m));
                var s = Math.Round(n * (2.4m + 0.5m * (year - First)));
                Year("patents_granted", "patent_type", PatentTypes[i].Code, year, n, "item");
                Year("patents_filed", "patent_type", PatentTypes[i].Code, year, a, "item");
                Year("patents_in_force", "patent_type", PatentTypes[i].Code, year, s, "item");
                total += n;
                applied += a;
                stock += s;
                if (i == 0)
                {
                    Year("invention_share_granted", "total", "all", year, mix[0] * 100 * (1 + 0.05m * (year - First)), "percent");
                    Year("invention_share_in_force", "total", "all", year, mix[0] * 100 * (0.92m + 0.04m * (year - First)), "percent");
                }
            }

            Year("patents_granted", "total", "all", year, total, "item");
            Year("patents_filed", "total", "all", year, applied, "item");
            Year("patents_in_force", "total", "all", year, stock, "item");
            if (year >= 2021)
            {
                _granted += total;
                _filed += applied;
                Year("patents_granted_cumulative", "total", "all", year, _granted, "item");
                Year("patents_filed_cumulative", "total", "all", year, _filed, "item");
            }

            for (var lag = 0; lag <= 2; lag++)
                if (year - lag >= First)
                    Year(
                        "patents_per_100m_rd",
                        "lag",
                        lag.ToString(CultureInfo.InvariantCulture),
                        year,
                        total / (TotalRd(year - lag) / 10_000m),
                        "per_100m_yuan"
                    );
        }

        private decimal _awarded,
            _awardedNational;

        private void Awards(int year)
        {
            var n = Math.Round(38 * (1 + 0.08m * (year - First)) * Wobble("award", year, 0.15m));
            decimal national = year is 2021 or 2022 ? 0 : 2;
            Year("awards", "total", "all", year, n, "item");
            Year("awards", "award_level", "NAT", year, national, "item");
            Year("awards", "award_level", "PROV", year, n - national, "item");
            decimal[] mix = [0.02m, 0.20m, 0.45m];
            decimal rest = n;
            for (var i = 0; i < 4; i++)
            {
                var part = i == 3 ? rest : Math.Round(n * mix[i]);
                rest -= part;
                Year("awards", "award_grade", Grades[i].Code, year, part, "item");
            }

            Year("awards", "award_role", "LEAD", year, Math.Round(n * 0.57m), "item");
            Year("awards", "award_role", "PART", year, n - Math.Round(n * 0.57m), "item");
            if (year < 2021)
                return;
            _awarded += n;
            _awardedNational += national;
            Year("awards_cumulative", "total", "all", year, _awarded, "item");
            Year("awards_cumulative", "award_level", "NAT", year, _awardedNational, "item");
            Year("awards_cumulative", "award_level", "PROV", year, _awarded - _awardedNational, "item");
        }

        private static readonly (string Metric, string Unit, int Start, string Breakdown, (string Code, string Zh, string En)[] Parts)[] ByPart =
        [
            (
                "projects",
                "project",
                400,
                "project_level",
                [("NAT", "国家级", "National"), ("PROV", "省部级", "Provincial and ministerial"), ("OWN", "企业自立", "Own")]
            ),
            (
                "projects",
                "project",
                400,
                "project_mechanism",
                [("OPEN", "揭榜挂帅", "Open bid"), ("RACE", "赛马", "Horse race"), ("COMP", "竞争择优", "Competitive")]
            ),
            (
                "platforms_by_state",
                "platform",
                200,
                "platform_event",
                [("PREP", "筹建", "In preparation"), ("APPROVE", "获批", "Approved"), ("REVOKE", "撤销", "Revoked")]
            ),
            (
                "platforms",
                "platform",
                200,
                "platform_kind",
                [
                    ("NKL", "全国重点实验室", "National key laboratory"),
                    ("PKL", "省重点实验室", "Provincial key laboratory"),
                    ("PILOT", "科技成果转化中试基地", "Pilot base"),
                ]
            ),
            (
                "innovative_enterprises",
                "enterprise",
                120,
                "enterprise_title",
                [("HNTE", "高新技术企业", "High-tech enterprise"), ("GIANT", "专精特新“小巨人”企业", "Little giant"), ("CHAIN", "链主企业", "Chain leader")]
            ),
            ("tasks", "task", 80, "task_kind", [("PLATFORM", "创新平台", "Platforms"), ("CORE", "关键核心技术", "Key core technologies")]),
            ("digital_scenes", "scene", 11, "scene_status", [("BUILD", "建设中", "Under construction"), ("RUN", "已上线", "In use")]),
            ("origin_projects", "project", 77, "origin_stage", [("RESEARCH", "研发中", "Research"), ("BREAK", "取得重要突破", "Breakthrough")]),
            ("policy_enterprises", "enterprise", 18, "policy", Policies),
            ("policies_in_use", "policy", 4, "policy_field", [("INPUT", "研发投入机制", "R&D investment"), ("INCENTIVE", "激励保障机制", "Incentives")]),
            ("policy_amount", "wan", 60_000, "policy", Policies),
            ("policy_beneficiaries", "person", 900, "policy", Policies),
            ("lab_criteria_met", "criterion", 9, "upgrade_criterion", [("STAFF", "固定人员", "Permanent staff"), ("SPACE", "科研用房", "Floor space")]),
            ("flexible_recruits", "person", 120, "flexible_kind", [("PART", "兼职兼薪", "Part-time"), ("SEASON", "候鸟式", "Seasonal")]),
            (
                "achievement_verified_share",
                "percent",
                80,
                "achievement_measure",
                [("SALES", "新产品销售收入", "New product sales"), ("OUTPUT", "产值", "Output value")]
            ),
        ];

        private static (string Code, string Zh, string En)[] Policies =>
            [("RESERVE", "研发准备金制度", "R&D reserve fund"), ("LADDER", "双通道", "Dual career ladders")];

        private static readonly (string Metric, string Unit, int Start)[] Totals =
        [
            ("projects_cumulative", "project", 60),
            ("projects_national_cumulative", "project", 6),
            ("platforms_national", "platform", 20),
            ("platforms_provincial", "platform", 150),
            ("innovative_enterprises", "enterprise", 120),
            ("talent_managers", "10k_person", 14),
            ("talent_professionals", "10k_person", 18),
            ("talent_skilled", "10k_person", 12),
            ("talent_both", "10k_person", 9),
            ("flexible_recruits", "person", 150),
            ("titles_lapsing", "title", 12),
            ("titles_lapsed", "title", 4),
            ("achievements", "achievement", 35),
            ("achievement_sales", "wan", 60_000),
            ("achievement_output", "wan", 90_000),
            ("achievement_benefit", "wan", 30_000),
            ("consortia", "consortium", 12),
            ("origin_sources", "source", 14),
        ];

        private static readonly (string Code, string Zh, string En)[] TaskStates =
        [
            ("RUN", "进行中（正常）", "Under way"),
            ("LATE", "进行中（滞后）", "Behind"),
            ("DONE", "已完成", "Done"),
        ];

        private void Programme(int year)
        {
            foreach (var (metric, unit, start, breakdown, parts) in ByPart)
                for (var i = 0; i < parts.Length; i++)
                    Year(metric, breakdown, parts[i].Code, year, Part(i, start, parts.Length, year), unit);
            foreach (var (metric, unit, start, _, parts) in ByPart.Where(b => b.Metric is "tasks" or "digital_scenes" or "origin_projects"))
                Year(metric, "total", "all", year, Enumerable.Range(0, parts.Length).Sum(i => Part(i, start, parts.Length, year)), unit);
            Year("academicians", "total", "all", year, 0, "person");
            foreach (var (metric, unit, start) in Totals)
                Year(metric, "total", "all", year, Math.Round(start * (1 + 0.06m * (year - First)) * Wobble(metric, year, 0.02m), 2), unit);
        }

        private static decimal Part(int index, int start, int parts, int year) =>
            Math.Round(start * (1 + 0.06m * (year - First)) * (index + 1) / (parts * (parts + 1) / 2m));

        /// <summary>The ledger of the last full year to its end, and of the year under way.</summary>
        private void Ledger()
        {
            Ledger(Last, 12);
            Ledger(Last + 1, 9);
            Tasks(Last, 12);
            Tasks(Last + 1, 9);
        }

        private static readonly (string Code, string Zh, string En)[] TaskFields =
        [
            ("COAL", "煤炭安全高效开采", "Coal mining"),
            ("CHEM", "现代煤化工", "Coal chemicals"),
            ("DIGITAL", "数字经济", "Digital economy"),
        ];

        /// <summary>Twenty-four tasks, some done in the course of the year, some late and late no more, one overdue, one struck off, every fifth of two groups.</summary>
        private void Tasks(int year, int months)
        {
            var rows = new List<string>();
            for (var month = 1; month <= months; month++)
            for (var n = 1; n <= 24; n++)
            {
                if (n == 24 && month > 5)
                    continue;
                var planned = Math.Min(100m, 100m * month / (8 + n % 4));
                var done = n % 4 == 0 && month >= 6 + n % 3;
                var behind = done ? 0 : (n + month) % 7 * 4m;
                var standing =
                    done ? "DONE"
                    : n == 7 && month >= 9 ? "OVERDUE"
                    : month == 1 ? "WAIT"
                    : behind >= 20 ? "LATE"
                    : "RUN";
                var (zh, en) = standing switch
                {
                    "DONE" => ("已完成", "Done"),
                    "OVERDUE" => ("逾期未完成", "Overdue"),
                    "WAIT" => ("未到启动时间", "Not yet to begin"),
                    "LATE" => ("进度滞后", "Late"),
                    _ => ("正常推进", "On course"),
                };
                var groups = n % 5 == 0 ? $"g{n % 18 + 1:00};g01" : $"g{n % 18 + 1:00}";
                rows.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"('T {year}-{n:000}','示例攻关任务{n}','{year}-{month:00}',{year},'{TaskFields[n % 3].Code}','示例单位{n % 18 + 1}','{groups}',true,{Sql(planned - behind)},{Sql(planned)},{Sql(behind)},{30 * (9 + n % 4 - month)},'{standing}','{zh}','{en}',{(standing is "LATE" or "OVERDUE" ? "true" : "false")},{(done ? "true" : "false")},'进度落后于计划进度20个百分点及以上','20 points or more behind the plan')"
                    )
                );
            }

            _sql.Append(
                    "insert into published.task_month_wide (task_no, task_name, period, period_year, task_field, enterprises, group_codes, is_reported, progress_percent, planned_percent, behind_points, days_left, standing, standing_zh, standing_en, is_late, is_done, rule_zh, rule_en) values "
                )
                .AppendJoin(",\n", rows)
                .Append(";\n");
        }

        /// <summary>A laboratory whose name tries to be markup, and one that did not report a criterion.</summary>
        private void Laboratories() =>
            _sql.Append(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"insert into published.lab_readiness_wide (lab_no, lab_name, period_year, upgrade_criterion, criterion_zh, criterion_en, state_zh, state_en) values ('L1','示例<b>一</b>实验室',{Last},'TEAM','队伍','Staff','已具备','Met'),('L1','示例<b>一</b>实验室',{Last},'PLACE','场地','Premises','尚不具备','Missing'),('L2','示例二实验室',{Last},'TEAM','队伍','Staff','部分具备','Met in part');\n"
                )
            );

        private void Ledger(int year, int months)
        {
            for (var month = 1; month <= months; month++)
            {
                var period = string.Create(CultureInfo.InvariantCulture, $"{year}-{month:00}");
                Add("task_done_share_month", "total", "all", period, "month", 6m * month, "percent", 5.58m * month, 93, "provisional");
                Add("task_progress_month", "total", "all", period, "month", 9m * month, "percent", status: "provisional");
                for (var i = 0; i < TaskStates.Length; i++)
                    Add("tasks_by_standing_month", "task_standing", TaskStates[i].Code, period, "month", 10 * (i + 1) + month, "task", status: "provisional");
            }
        }

        /// <summary>
        /// Scores of the last two years under an example system of three indicators, a bonus and a veto: the last group of each class has no
        /// score, one value is a decided one, and the weight of a missing indicator is spread in one group.
        /// </summary>
        private void Evaluation()
        {
            (string Code, string Zh, string En)[] classes =
            [
                ("ENERGY", "能源资源类", "Energy"),
                ("MAKING", "制造类", "Manufacturing"),
                ("SERVICE", "服务类", "Services"),
            ];
            (string Part, string Kind, string Zh, string En, string Metric, string Unit, decimal Floor, decimal? Goal)[] parts =
            [
                ("EX1_GROWTH", "indicator", "研究开发费用同比增速", "Growth of R&D expense", "rd_expense_yoy", "percent", 0, 30),
                ("EX1_INTENSITY", "indicator", "研发投入强度", "R&D intensity", "rd_intensity", "percent", 0.3m, 4),
                ("EX1_PATENTS", "indicator", "专利授权量", "Patents granted", "patents_granted", "item", 0, 250),
                ("EX1_B_RECRUITS", "bonus", "柔性引进人才每满10人", "Every 10 flexible recruits", "flexible_recruits", "person", 10, null),
                ("EX1_V_FALL", "veto", "研究开发费用下降", "R&D expense falls", "rd_expense_yoy", "percent", 0, null),
            ];
            var scores = new Dictionary<(string Group, int Year), (decimal Base, decimal Bonus, decimal Veto)>();
            var contributions = new Dictionary<(string Group, int Year, string Part), decimal>();
            var rows = new List<string>();
            for (var year = Last - 1; year <= Last; year++)
                foreach (var (g, i) in Groups.Select((g, i) => (g, i)))
                {
                    var none = i >= 15;
                    var spread = i == 2 && year == Last;
                    decimal sum = 0;
                    decimal[] weights = spread ? [0, 0.555556m, 0.444444m] : [0.25m, 0.41m, 0.34m];
                    decimal?[] values =
                    [
                        Rd(g, year) / Rd(g, year - 1) * 100 - 100,
                        Rd(g, year) / Revenue(g, year) * 100,
                        Math.Round(Rd(g, year) / 900m),
                        20 + i,
                        Rd(g, year) / Rd(g, year - 1) * 100 - 100,
                    ];
                    for (var p = 0; p < parts.Length; p++)
                    {
                        var part = parts[p];
                        var (rule, zh, en) =
                            none && p == 1 ? ("LOW_RESPONSE", "回收率低于门槛，不评分", "Response below the threshold: no score")
                            : spread && p == 0 ? ("REWEIGHTED", "无数据，权重按比例分给其余指标", "No figure: the weight is spread over the other indicators")
                            : i == 4 && p == 1 && year == Last ? ("DECIDED", "采用申诉裁定数", "Value decided on appeal used")
                            : ("PROVISIONAL", "采用公布数（非最终数）", "Published figure used, not final");
                        var value =
                            rule == "REWEIGHTED" ? null
                            : rule == "DECIDED" ? 2.88m
                            : values[p];
                        decimal? normalised =
                            part.Goal is { } goal && value is { } v ? Math.Round(Math.Clamp((v - part.Floor) / (goal - part.Floor) * 100, 0, 100), 4) : null;
                        var contribution = part.Kind switch
                        {
                            "indicator" => Math.Round((normalised ?? 0) * weights[p], 2),
                            "bonus" => Math.Floor(value!.Value / 10) * 0.5m,
                            _ => value < 0 ? -3m : 0,
                        };
                        sum += contribution;
                        decimal? before = contributions.TryGetValue((g.Code, year - 1, part.Part), out var was) && !none ? was : null;
                        contributions[(g.Code, year, part.Part)] = contribution;
                        var byWeight = spread && before is not null && p < 3 ? 0.5m : 0;
                        rows.Add(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"('EX1','{g.Code}',{year},'{part.Part}','{part.Kind}','{classes[i % 3].Code}','{part.Zh}','{part.En}','{part.Metric}','{part.Unit}','{part.Metric}:group:{g.Code}:{year}',{Sql(spread && p == 0 ? null : values[p])},{Sql(value)},'{rule}',{(rule == "DECIDED" ? "'裁定书第12号'" : "null")},{Sql(part.Floor)},{Sql(part.Goal)},{Sql(normalised)},{(part.Goal is null ? "null" : Sql(weights[p]))},{Sql(none ? null : contribution)},{Sql(before)},{Sql(before is null ? null : contribution - before)},{Sql(before is null ? null : contribution - before - byWeight)},{Sql(before is null ? null : byWeight)},{(synthetic ? "true" : "false")},'{zh}','{en}')"
                            )
                        );
                        if (!none && p == parts.Length - 1)
                            scores[(g.Code, year)] = (
                                sum - contributions[(g.Code, year, "EX1_B_RECRUITS")] - contribution,
                                contributions[(g.Code, year, "EX1_B_RECRUITS")],
                                contribution
                            );
                    }
                }

            _sql.Append(
                    "insert into published.evaluation_part (system, group_code, period_year, part, kind, class, name_zh, name_en, metric, unit, figure_id, published_value, value, rule, reason, floor, goal, normalised, weight, contribution, contribution_before, change, change_by_value, change_by_weight, is_synthetic, rule_zh, rule_en) values "
                )
                .AppendJoin(",\n", rows)
                .Append(";\n");
            decimal Total((decimal Base, decimal Bonus, decimal Veto) s) => s.Base + s.Bonus + s.Veto;
            int? Rank(string group, int year, Func<string, bool>? among = null) =>
                scores.TryGetValue((group, year), out var own)
                    ? 1 + scores.Count(s => s.Key.Year == year && (among is null || among(s.Key.Group)) && Total(s.Value) > Total(own))
                    : null;
            string Whole(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "null";
            int Class(string group) => System.Array.FindIndex(Groups, g => g.Code == group) % 3;
            for (var year = Last - 1; year <= Last; year++)
                foreach (var (g, i) in Groups.Select((g, i) => (g, i)))
                {
                    var scored = scores.TryGetValue((g.Code, year), out var s);
                    var rank = Rank(g.Code, year);
                    decimal? before = scored && scores.TryGetValue((g.Code, year - 1), out var b) ? Total(b) : null;
                    var wasRank = scored ? Rank(g.Code, year - 1) : null;
                    _sql.Append(
                        CultureInfo.InvariantCulture,
                        $"insert into published.evaluation_score (system, group_code, period_year, class, standing, rule, concerned, decided, base_score, geometric_score, bonus, veto, score, rank, rank_in_class, ranked, ranked_in_class, rank_low, rank_high, score_before, score_change, rank_before, rank_change, may_tell_rank_change, is_synthetic, class_zh, class_en, system_zh, system_en, notice_zh, notice_en) values ('EX1','{g.Code}',{year},'{classes[i % 3].Code}','{(scored ? year == Last ? "provisional" : "scored" : "none")}',{(scored ? "null" : "'LOW_RESPONSE'")},{(scored ? "null" : "'EX1_INTENSITY'")},{(i == 4 && year == Last ? 1 : 0)},{Sql(scored ? s.Base : null)},{Sql(scored ? s.Base * 0.9m : null)},{Sql(scored ? s.Bonus : null)},{Sql(scored ? s.Veto : null)},{Sql(scored ? Total(s) : null)},{Whole(rank)},{Whole(Rank(g.Code, year, c => Class(c) == i % 3))},15,5,{Whole(rank is { } low ? Math.Max(1, low - i % 2) : null)},{Whole(rank is { } high ? Math.Min(15, high + i % 3) : null)},{Sql(before)},{Sql(before is null ? null : Total(s) - before)},{Whole(wasRank)},{Whole(wasRank - rank)},{(wasRank is { } w && rank is { } r && Math.Abs(w - r) > 2 ? "true" : "false")},{(synthetic ? "true" : "false")},'{classes[i % 3].Zh}','{classes[i % 3].En}','示例绩效评价体系','Example evaluation','示例评价体系，非正式办法','Example system, not the official one');\n"
                    );
                }
        }

        private void Monthly()
        {
            decimal rd = 0,
                revenue = 0;
            for (var month = 1; month <= 9; month++)
            {
                var part = Math.Round(TotalRd(Last) * 1.09m * (0.055m + 0.0062m * month) * Wobble("month", month, 0.08m), 2);
                rd += part;
                revenue += Math.Round(TotalRevenue(Last) * 1.03m / 12 * Wobble("month-rev", month, 0.05m), 2);
                var period = string.Create(CultureInfo.InvariantCulture, $"2026-{month:00}");
                Add("rd_expense_ytd", "total", "all", period, "ytd", rd, "wan", status: "provisional");
                Add("revenue_ytd", "total", "all", period, "ytd", revenue, "wan", status: "provisional");
                Add("rd_expense_month", "total", "all", period, "month", part, "wan", status: "provisional");
            }
        }

        private static IEnumerable<(string, string, string, string, string, string, int, bool)> ProgrammeMetrics()
        {
            var names = new Dictionary<string, (string Zh, string En)>(StringComparer.Ordinal)
            {
                ["projects"] = ("研究开发项目数", "R&D projects"),
                ["projects_cumulative"] = ("累计省部级以上课题", "Projects since 2021"),
                ["projects_national_cumulative"] = ("其中：国家级课题", "of which national"),
                ["platforms"] = ("创新平台数", "Platforms"),
                ["platforms_national"] = ("国家级平台", "National platforms"),
                ["platforms_provincial"] = ("省级平台", "Provincial platforms"),
                ["platforms_by_state"] = ("平台状态", "Platforms by state"),
                ["innovative_enterprises"] = ("创新型企业", "Innovative enterprises"),
                ["talent_managers"] = ("经营管理人才", "Managers"),
                ["talent_professionals"] = ("专业技术人才", "Professionals"),
                ["talent_skilled"] = ("技能人才", "Skilled workers"),
                ["talent_both"] = ("兼为两类", "In both"),
                ["flexible_recruits"] = ("柔性引进人才", "Flexible recruits"),
                ["achievements"] = ("转化成果", "Achievements"),
                ["achievement_sales"] = ("新产品销售收入", "New product sales"),
                ["achievement_output"] = ("形成产值", "Output value"),
                ["achievement_benefit"] = ("年经济效益", "Yearly benefit"),
                ["tasks"] = ("攻关任务", "Key tasks"),
                ["digital_scenes"] = ("数字化场景", "Digital scenes"),
                ["origin_projects"] = ("策源地项目", "Source projects"),
                ["consortia"] = ("创新联合体", "Consortia"),
                ["origin_sources"] = ("原创技术策源地", "Original-technology sources"),
                ["academicians"] = ("两院院士", "Academicians"),
                ["policy_enterprises"] = ("实施政策企业", "Enterprises with the policy"),
                ["policies_in_use"] = ("已有企业落实的政策项数", "Policies in use"),
                ["policy_amount"] = ("各项政策本年金额", "Amount of the year by policy"),
                ["policy_beneficiaries"] = ("各项政策受惠人数", "Persons who benefit by policy"),
                ["lab_criteria_met"] = ("已具备的对标条件", "Criteria met"),
                ["achievement_verified_share"] = ("经核实的占比", "Share verified"),
                ["titles_lapsing"] = ("一年内到期的资格", "Titles that lapse within a year"),
                ["titles_lapsed"] = ("当年失效未续的资格", "Titles lapsed in the year"),
            };
            var units = new Dictionary<string, (string Zh, string En)>(StringComparer.Ordinal)
            {
                ["project"] = ("项", "projects"),
                ["platform"] = ("个", "platforms"),
                ["enterprise"] = ("户", "enterprises"),
                ["10k_person"] = ("万人", "10,000 people"),
                ["person"] = ("人", "people"),
                ["achievement"] = ("项", "achievements"),
                ["wan"] = ("万元", "10,000 yuan"),
                ["task"] = ("项", "tasks"),
                ["scene"] = ("项", "scenes"),
                ["consortium"] = ("个", "consortia"),
                ["source"] = ("个", "sources"),
                ["criterion"] = ("项", "criteria"),
                ["policy"] = ("项", "policies"),
                ["title"] = ("项", "titles"),
                ["percent"] = ("%", "%"),
            };
            foreach (
                var (metric, unit) in ByPart
                    .Select(b => (b.Metric, b.Unit))
                    .Concat(Totals.Select(t => (t.Metric, t.Unit)))
                    .Append(("academicians", "person"))
                    .Distinct()
            )
                yield return (metric, names[metric].Zh, names[metric].En, unit, units[unit].Zh, units[unit].En, unit == "10k_person" ? 2 : 0, false);
            yield return ("task_done_share_month", "攻关任务完成率", "Share of key tasks done", "percent", "%", "%", 1, false);
            yield return ("task_progress_month", "攻关任务平均进度", "Average progress of key tasks", "percent", "%", "%", 1, false);
            yield return ("tasks_by_standing_month", "攻关任务按状态", "Key tasks by status", "task", "项", "tasks", 0, false);
        }

        private void Metrics()
        {
            (string, string, string, string, string, string, int, bool)[] metrics =
            [
                ("rd_expense", "研究开发费用", "R&D expense", "wan", "万元", "10,000 yuan", 0, true),
                ("rd_intramural", "研发经费内部支出", "Intramural R&D expenditure", "wan", "万元", "10,000 yuan", 0, true),
                ("revenue", "营业收入", "Revenue", "wan", "万元", "10,000 yuan", 0, true),
                ("rd_intensity", "研发投入强度", "R&D intensity", "percent", "%", "%", 2, false),
                ("rd_intensity_change_pp", "研发投入强度变动", "Change in R&D intensity", "pp", "百分点", "percentage points", 2, false),
                ("rd_intensity_growth", "研发投入强度增幅", "Relative growth of R&D intensity", "percent", "%", "%", 1, false),
                ("rd_expense_yoy", "研究开发费用同比增速", "R&D expense, year on year", "percent", "%", "%", 1, false),
                ("rd_expense_prior_restated", "上年同期重报数", "Previous year as re-reported", "wan", "万元", "10,000 yuan", 0, true),
                ("rd_expense_cagr", "研究开发费用年均增速", "R&D expense, compound annual growth", "percent", "%", "%", 1, false),
                ("rd_intensity_cagr", "研发投入强度年均增幅", "R&D intensity, average annual growth", "percent", "%", "%", 1, false),
                ("rd_expense_comparable", "研究开发费用（可比口径）", "R&D expense, comparable perimeter", "wan", "万元", "10,000 yuan", 2, true),
                ("revenue_comparable", "营业收入（可比口径）", "Revenue, comparable perimeter", "wan", "万元", "10,000 yuan", 2, true),
                ("rd_intensity_comparable", "研发投入强度（可比口径）", "R&D intensity, comparable perimeter", "percent", "%", "%", 2, false),
                ("rd_cost_share", "费用科目占比", "Share by cost item", "percent", "%", "%", 1, false),
                ("rd_activity_share", "活动类型占比", "Share by type of R&D", "percent", "%", "%", 1, false),
                ("rd_fund_share", "资金来源占比", "Share by source of funds", "percent", "%", "%", 1, false),
                ("rd_fte", "研发人员全时当量", "R&D personnel (FTE)", "fte", "人年", "person-years", 0, true),
                ("rd_expense_per_fte", "人均研究开发费用", "R&D expense per FTE", "wan_per_fte", "万元/人年", "10,000 yuan per person-year", 1, false),
                ("patents_filed", "专利申请量", "Patents filed", "item", "件", "patents", 0, true),
                ("patents_granted", "专利授权量", "Patents granted", "item", "件", "patents", 0, true),
                ("patents_granted_cumulative", "累计授权专利（2021年起）", "Patents granted since 2021", "item", "件", "patents", 0, false),
                ("patents_filed_cumulative", "累计申请专利（2021年起）", "Patents filed since 2021", "item", "件", "patents", 0, false),
                ("patents_in_force", "有效专利拥有量", "Patents in force", "item", "件", "patents", 0, true),
                ("invention_share_granted", "授权专利中发明占比", "Inventions among grants", "percent", "%", "%", 1, false),
                ("invention_share_in_force", "有效专利中发明占比", "Inventions among patents in force", "percent", "%", "%", 1, false),
                (
                    "patents_per_100m_rd",
                    "每亿元研发费用专利授权量",
                    "Grants per 100 million yuan of R&D",
                    "per_100m_yuan",
                    "件/亿元",
                    "patents per 100 million yuan",
                    2,
                    false
                ),
                ("awards", "省部级以上科技奖励", "S&T awards, provincial level and above", "award", "项", "awards", 0, true),
                ("awards_cumulative", "累计省部级以上科技奖励（2021年起）", "S&T awards since 2021", "award", "项", "awards", 0, false),
                ("rd_cr4", "研发费用集中度 CR4", "Concentration ratio CR4", "percent", "%", "%", 1, false),
                ("rd_hhi", "赫芬达尔指数 HHI", "Herfindahl-Hirschman index", "index", "指数", "index points", 0, false),
                ("rd_expense_ytd", "研究开发费用（1月起累计）", "R&D expense, year to date", "wan", "万元", "10,000 yuan", 0, false),
                ("revenue_ytd", "营业收入（1月起累计）", "Revenue, year to date", "wan", "万元", "10,000 yuan", 0, false),
                ("rd_expense_month", "研究开发费用（当月）", "R&D expense, month", "wan", "万元", "10,000 yuan", 0, true),
                .. ProgrammeMetrics(),
            ];
            _sql.Append(
                    "insert into published.metric (metric, name_zh, name_en, unit, unit_zh, unit_en, decimals, additive, definition_zh, definition_en, basis_zh, basis_en, sort_order) values "
                )
                .AppendJoin(
                    ",\n",
                    metrics.Select(
                        (m, i) =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"('{m.Item1}','{m.Item2}','{m.Item3}','{m.Item4}','{m.Item5}','{m.Item6}',{m.Item7},{m.Item8},'{m.Item2}：按107-2表口径汇总，比率为合计之比。','{m.Item3}: summed on the basis of form 107-2; a ratio is a ratio of sums.','统计107-2表','Statistical form 107-2',{i + 1})"
                            )
                    )
                )
                .Append(";\n");
        }

        private void Categories()
        {
            var rows = new List<string>
            {
                "('total','all','合计','Total',null,0)",
                "('base_year','2020','以2020年为基期','base 2020',null,1)",
                "('base_year','2022','以2022年为基期','base 2022',null,2)",
            };
            void All(string breakdown, IEnumerable<(string Code, string Zh, string En)> items) =>
                rows.AddRange(
                    items.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $"('{breakdown}','{c.Code}','{c.Zh}','{c.En}',null,{i + 1})"))
                );
            All("group", Groups.Select(g => (g.Code, g.Zh, g.En)));
            All("industry", Industries);
            All("cost_item", CostItems);
            All("activity", Activities);
            All("fund_source", Funds);
            All("patent_type", PatentTypes);
            All("award_level", Levels);
            All("award_grade", Grades);
            All("award_role", Roles);
            All("lag", Lags);
            All("task_standing", [.. TaskStates, ("OVERDUE", "逾期未完成", "Overdue"), ("WAIT", "未到启动时间", "Not yet to begin")]);
            All("task_field", TaskFields);
            foreach (var (_, _, _, breakdown, parts) in ByPart.DistinctBy(b => b.Breakdown))
                All(breakdown, parts);
            _sql.Append("insert into published.category (breakdown, category, name_zh, name_en, parent, sort_order) values ")
                .AppendJoin(",\n", rows)
                .Append(";\n");
            _sql.Append(
                "insert into published.breakdown (breakdown, name_zh, name_en) values ('total','合计','Total'),('group','企业集团','Enterprise group'),('industry','行业','Industry'),('cost_item','费用科目','Cost item'),('activity','活动类型','Type of R&D'),('fund_source','资金来源','Source of funds'),('patent_type','专利类型','Patent type'),('award_level','奖励级别','Award level'),('award_grade','奖励等级','Award grade'),('award_role','完成位次','Role'),('lag','滞后','Lag'),('project_level','项目级别','Level'),('project_mechanism','组织方式','Mechanism'),('platform_event','平台状态','State'),('platform_kind','平台类型','Kind of platform'),('enterprise_title','企业资格','Title'),('task_kind','任务类别','Kind of task'),('task_standing','研判状态','Standing of task'),('scene_status','建设状态','State of scene'),('origin_stage','研发进展','Stage'),('policy','政策','Policy'),('policy_field','政策方面','Field of policy'),('upgrade_criterion','对标条件','Criterion'),('flexible_kind','引才方式','Kind'),('achievement_measure','效益指标','Measure');\n"
            );
        }

        /// <summary>The plan as its seed has it; targets, paths and standings are made of it and of the figures by the models themselves.</summary>
        private void Targets()
        {
            _sql.Append(
                """
                create table seed.plan_target (target_id varchar, metric varchar, breakdown varchar, category varchar, compare_year varchar, name_zh varchar, name_en varchar, kind varchar, qualifier varchar, value varchar, unit varchar,
                    base_period varchar, base_year varchar, due_year varchar, path varchar, scope_zh varchar, scope_en varchar, as_of varchar, is_inferred varchar, source_zh varchar, source_en varchar, quote varchar);
                insert into seed.plan_target
                select *, '省属企业', 'provincial state-owned enterprises', '2024-03', id = 't_innovative', '山西省国资委新闻发布会 2024-03-26', 'Press conference, 2024-03-26', q from (values
                ('t_intensity_growth','rd_intensity_cagr','base_year','2022',null,'研发投入强度年均增幅','Annual relative growth of R&D intensity','target','about','9','percent','2023-2025','2022','2025','growth','2023—2025年研发投入强度年均增幅9%'),
                ('t_innovative','innovative_enterprises','total','all',null,'培育各类创新型企业','Innovative enterprises fostered','target','ge','200','enterprise','2027-2029','2023','2028','linear','培育各类创新型企业200户以上'),
                ('t_academician','academicians','total','all',null,'两院院士','Academicians','target','strive','1','person','2028',null,'2028','point','力争实现“两院”院士零突破'),
                ('p_tasks','tasks','total','all','2025','任务清单合计','Tasks of the list','plan','eq','93','task','2025',null,'2025','point',null),
                ('b_patents_granted','patents_granted_cumulative','total','all','2023','授权专利（2021年起累计）','Patents granted since 2021','reference','eq','7928','item','2021-01/2024-03',null,null,null,'授权专利7928件'),
                ('b_patents_filed','patents_filed_cumulative','total','all','2023','申请专利（2021年起累计）','Patents filed since 2021','reference','near','10000','item','2021-01/2024-03',null,null,null,'申请专利近万件'),
                ('b_awards','awards_cumulative','total','all','2023','省部级以上科技奖励','S&T awards, provincial level and above','reference','eq','164','award','2021-01/2024-03',null,null,null,'共获省部级以上科技奖励164项'),
                ('awards_national_since_2021','awards_cumulative','award_level','NAT','2023','其中：国家级科学技术奖励','of which national S&T awards','reference','eq','5','award','2021-01/2024-03',null,null,null,'其中国家级科学技术奖励5项'),
                ('b_rd_growth','rd_expense_cagr','base_year','2020','2022','研发投入年均增长率','Compound annual growth of R&D','reference','gt','20','percent','2020-2022',null,null,null,'2020—2022年研发投入年均增长率超过20%'),
                ('b_province',null,null,null,null,'全省R&D经费','R&D of the whole province','reference','eq','251.9','yi','2021',null,null,null,null)
                ) as t (id, metric, breakdown, category, compare_year, zh, en, kind, qualifier, value, unit, base_period, base_year, due_year, path, q);

                """.Replace("select *, '省属企业'", "select * exclude (q), '省属企业'", StringComparison.Ordinal)
            );
        }

        private void Others()
        {
            _sql.Append(
                CultureInfo.InvariantCulture,
                $"insert into published.release (release_id, as_of, is_synthetic, definition_hash, input_count, finding_errors, finding_warnings) values ('{ReleaseId}','2026-10-15',{(synthetic ? "true" : "false")},'9f2c4e1ab0d377889f2c4e1ab0d377889f2c4e1ab0d377889f2c4e1ab0d37788',1284,12,341);\n"
            );
            for (var year = First + 1; year <= Last; year++)
                foreach (
                    var (metric, before, now) in new[]
                    {
                        ("rd_expense", TotalRd(year - 1), TotalRd(year)),
                        ("revenue", TotalRevenue(year - 1), TotalRevenue(year)),
                    }
                )
                    _sql.Append(
                        CultureInfo.InvariantCulture,
                        $"insert into published.change (metric, period_year, value_before, value, continuing, restatement, definition, entrants, exits, non_response, missing, missing_before, unshared_splits) values ('{metric}',{year},{before},{now},{now - before - 12.34m},12.34,0,0,0,0,0,0,0);\n"
                    );
            _sql.Append(
                "insert into published.stage (form, period, period_kind, stage) values ('rd','2024','year','final'),('finance','2024','year','revised'),('rd','2025','year','preliminary'),('finance','2025','year','final');\n"
            );
            (string, string, string)[] forms =
            [
                ("rd", "研发投入表", "R&D spend"),
                ("patent", "专利表", "Patents"),
                ("award", "科技奖励表", "Awards"),
                ("finance", "财务表", "Finance"),
            ];
            var rows = forms.SelectMany(
                (f, i) =>
                    Enumerable
                        .Range(First, Last - First + 1)
                        .Select(year =>
                        {
                            var accepted = 200 - ((year * 7 + i * 11) % 13);
                            return string.Create(
                                CultureInfo.InvariantCulture,
                                $"('{f.Item1}','{f.Item2}','{f.Item3}',{year},200,{accepted + 2},{accepted},{accepted / 2m})"
                            );
                        })
            );
            _sql.Append("insert into published.response (form, form_zh, form_en, period_year, expected, received, accepted, rate) values ")
                .AppendJoin(',', rows)
                .Append(";\n");
            _sql.Append(
                    "insert into published.vintage (metric, breakdown, category, period, vintage_no, as_of, value, revision, from_new_returns, from_replacements, stage) values "
                )
                .AppendJoin(
                    ',',
                    from year in Enumerable.Range(First, Last - First + 1)
                    from m in new[] { (Code: "rd_expense", Value: TotalRd(year)), (Code: "revenue", Value: TotalRevenue(year)) }
                    let told = Math.Round(m.Value * Wobble(m.Code + "told", year, 0.03m), 2)
                    from line in new[]
                    {
                        $"1,'{year + 1}-03-02',{Sql(m.Value * 0.4m)},null,null,null,'flash'",
                        $"2,'{year + 1}-03-09',{Sql(told)},0,0,0,'preliminary'",
                        $"3,'{year + 1 + year % 2}-08-31',{Sql(m.Value)},{Sql(m.Value - told)},{Sql((m.Value - told) / 4)},{Sql((m.Value - told) * 3 / 4)},'{(year == Last ? "preliminary" : "revised")}'",
                    }
                    select $"('{m.Code}','total','all','{year}',{line})"
                )
                .Append(";\n");
            _sql.Append(
                "insert into published.register_change (enterprise_code, enterprise_name, period_year, valid_from, change_kind, change_zh, change_en, name_before, group_name) values ('g14','示例文化<b>旅游</b>集团',2022,'2022-07-01','RENAME','更名','Renamed','示例旅游投资集团','示例文化旅游集团'),('g01','示例煤业集团',2019,'2019-07-01','MERGE','合并','Merged','示例旧煤业集团','示例煤业集团');\n"
            );
            _sql.Append(
                CultureInfo.InvariantCulture,
                $"insert into published.revision (metric, breakdown, category, period, first_value, latest_value, change) values ('rd_expense','total','all','2023',{TotalRd(2023) * 0.992m:0.00},{TotalRd(2023):0.00},{TotalRd(2023) * 0.008m:0.00}),('rd_expense','group','g05','2023',{Rd(Groups[4], 2023) * 1.03m:0.00},{Rd(Groups[4], 2023):0.00},{Rd(Groups[4], 2023) * -0.03m:0.00}),('revenue','group','g02','2024',{Revenue(Groups[1], 2024) * 0.99m:0.00},{Revenue(Groups[1], 2024):0.00},{Revenue(Groups[1], 2024) * 0.01m:0.00});\n"
            );
        }
    }
}
