using System.Text.RegularExpressions;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Charts.Catalogue;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.HouseRules;

/// <summary>Forms, models, seeds and charts hang together: forgetting one place fails here and names the path.</summary>
public class DefinitionSpecs
{
    private static readonly Definitions Definitions = WarehouseSketch.Definitions;

    public static TheoryData<string> Forms => [.. FormCatalogue.All.Select(f => f.Id)];
    public static TheoryData<string> Relations => [.. WarehouseSketch.Graph.Ordered.Select(m => m.Relation)];
    public static TheoryData<string> Seeds => [.. Definitions.Under("seeds").Select(s => s.Key)];

    [Theory, MemberData(nameof(Forms))]
    public void A_form_is_handled_wherever_all_forms_are(string id)
    {
        var form = FormCatalogue.Find(id)!;
        using var warehouse = new WarehouseSketch();
        var columns = warehouse
            .Connection.Rows("select column_name from duckdb_columns() where database_name = 'landing' and table_name = $1", id)
            .Select(r => (string)r[0]!)
            .ToHashSet();
        Assert.True(columns.Contains("source_row"), $"form {id} has no landing table");
        Assert.All(form.Fields.Where(f => f.Type != FieldType.Period), f => Assert.Contains(f.Name, columns));

        Assert.True(
            warehouse.Connection.Scalar<long>("select count(*) from (describe landing.any_row) where column_name = 'form'") == 1,
            "the rows of all forms have no view"
        );
        Assert.Contains($"'{id}' as form", LandingTables.Views, StringComparison.Ordinal);
        foreach (var relation in (string[])["core.rejected_row", "core.file_account", "core.dim_return", "published.response"])
            Assert.True(
                WarehouseSketch.Reads(relation, "landing." + id) || form.Kind is not (FormKind.State or FormKind.Event) && relation == "core.dim_return",
                $"models/{relation.Replace('.', '/')}.sql must read landing.any_row or a view made of it, so that it knows all forms"
            );
        // Decisions on findings take effect where findings are made; they are no facts.
        Assert.True(
            form.Kind == FormKind.Review
                || WarehouseSketch.Graph.Reads.Any(r =>
                    r.Key.StartsWith("core.", StringComparison.Ordinal)
                    && (
                        r.Value.Contains("landing." + id)
                        || r.Value.Contains("landing.corrected_" + id)
                        || form.Kind == FormKind.Register && r.Value.Contains("landing.register_in_force")
                    )
                ),
            $"no fact or dimension in models/core reads landing.{id}"
        );
    }

    [Theory, MemberData(nameof(Forms))]
    public void A_heading_means_one_field_of_a_form(string id)
    {
        var form = FormCatalogue.Find(id)!;
        var index = new HeadingIndex(form);
        Assert.Equal(form.Fields.Length, form.Fields.Select(f => f.Name).Distinct().Count());
        Assert.All(
            form.Fields,
            f =>
            {
                Assert.NotEmpty(f.Label.Zh);
                Assert.NotEmpty(f.Label.En);
                Assert.True(f.Type != FieldType.Amount || f.Unit is not null, $"form {id}: {f.Name} has no unit");
                Assert.True(
                    f.CodeList is null || Definitions.Under("seeds").Any(s => s.Key == $"seeds/{f.CodeList}.csv"),
                    $"create models/seeds/{f.CodeList}.csv for {id}.{f.Name}"
                );
            }
        );
        Assert.All(form.Key, k => Assert.Contains(form.Fields, f => f.Name == k));
        Assert.Same(form, index.Form);
    }

    [Theory, MemberData(nameof(Relations))]
    public void A_model_declares_itself_and_has_a_case(string relation)
    {
        var model = WarehouseSketch.ModelOf(relation);
        Assert.Equal(relation.Replace('.', '/') + ".sql", model.Path);
        Assert.StartsWith("one row", model.Grain, StringComparison.Ordinal);
        Assert.NotEmpty(model.Key);
        Assert.All(model.Columns, c => Assert.True(c.Meaning.Length > 3, $"models/{model.Path}: say what {c.Name} means"));

        var folder = House.At("tests", "Cases", relation);
        Assert.True(
            Directory.Exists(folder) && Directory.EnumerateDirectories(folder).Any(),
            $"create tests/Cases/{relation}/WHAT_IT_SHOWS/ with given.*.csv and expected.csv"
        );
        Assert.All(
            Directory.EnumerateDirectories(folder),
            c =>
                Assert.True(
                    File.Exists(Path.Combine(c, "expected.csv")) && File.ReadLines(Path.Combine(c, "expected.csv")).Skip(1).Any(),
                    $"{House.Relative(c)}/expected.csv has no row"
                )
        );
    }

    /// <summary>A stranger in a DuckDB shell reads what each table and column is, in both languages.</summary>
    [Fact]
    public void Every_table_and_column_has_a_chinese_name()
    {
        var terms = Seed.Parse("seeds/term.csv", Definitions["seeds/term.csv"]).Skip(1).Select(r => r[0]).ToHashSet();
        var views = ModelView.All(Definitions);
        var missing = WarehouseSketch
            .Graph.Ordered.Select(m => m.Relation)
            .Concat(views.Select(v => v.Relation))
            .Concat(WarehouseSketch.Graph.Ordered.SelectMany(m => m.Columns.Select(c => c.Name)))
            .Concat(views.SelectMany(v => v.Columns.Select(c => c.Name)))
            .Distinct()
            .Where(t => !terms.Contains(t))
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.True(missing.Count == 0, $"add to models/seeds/term.csv: {string.Join(", ", missing)}");
    }

    [Fact]
    public void Every_case_belongs_to_a_model() =>
        Assert.Empty(
            Directory.EnumerateDirectories(House.At("tests", "Cases")).Select(Path.GetFileName).Except(WarehouseSketch.Graph.Ordered.Select(m => m.Relation))
        );

    [Fact]
    public void Every_metric_relation_has_the_one_shape_and_is_published()
    {
        var shaped = WarehouseSketch
            .Graph.Ordered.Where(m => m.Relation.StartsWith("metric.", StringComparison.Ordinal) && m.Columns.Any(c => c.Name == "denominator"))
            .ToList();
        Assert.All(
            shaped,
            m =>
            {
                Assert.Equal(
                    ["metric", "breakdown", "category", "period_key", "value", "numerator", "denominator", "contributors"],
                    m.Columns.Select(c => c.Name)
                );
                Assert.True(
                    WarehouseSketch.Graph.Reads["published.figure"].Contains(m.Relation),
                    $"add \"union all select * from {m.Relation}\" to models/published/figure.sql"
                );
            }
        );
    }

    /// <summary>Metrics named in the queries must be described: figures of a metric that the seed lacks would be left out without a word.</summary>
    [Fact]
    public void Every_metric_that_a_model_makes_is_described()
    {
        var described = Seed.Parse("seeds/metric.csv", Definitions["seeds/metric.csv"]).Skip(1).Select(r => r[0]).ToHashSet();
        // Literals that are put together (… || '_cagr') are joined to each metric that they are made from.
        string[] built =
        [
            .. from m in (string[])["rd_expense", "revenue"] from suffix in (string[])["_cagr", "_month", "_comparable"] select m + suffix,
            "rd_intensity_cagr",
            .. from m in (string[])["patents_filed", "patents_granted"] select m + "_cumulative",
            .. from s in (string[])["filed", "granted", "in_force"] select "invention_share_" + s,
        ];
        var named = Definitions.Under("metric").SelectMany(m => Regex.Matches(m.Value, "'([a-z][a-z_0-9]*)'").Select(x => x.Groups[1].Value)).ToHashSet();
        var families = described.Select(m => m.Split('_')[0]).Distinct().ToList();
        var breakdowns = Seed.Parse("seeds/breakdown.csv", Definitions["seeds/breakdown.csv"]).Skip(1).Select(r => r[0]);
        var literals = named
            .Where(l => families.Any(f => l == f || l.StartsWith(f + "_", StringComparison.Ordinal)) && !l.EndsWith('_'))
            .Except(breakdowns)
            .Except(FormCatalogue.All.Select(f => f.Id).Except(described))
            .ToList();
        Assert.All(literals.Concat(built).Distinct(), metric => Assert.True(described.Contains(metric), $"add {metric} to models/seeds/metric.csv"));
        Assert.All(
            described,
            metric => Assert.True(literals.Contains(metric) || built.Contains(metric), $"models/seeds/metric.csv describes {metric}, which no model makes")
        );
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_seed_has_equal_lines_and_unique_codes(string path)
    {
        var rows = Seed.Parse(path, Definitions[path]);
        // Nobody is excused as shipped, nothing suppressed and nothing imputed.
        Assert.True(
            rows.Count > 1 || path is "seeds/survey_exception.csv" or "seeds/disclosure_rule.csv" or "seeds/imputation_rule.csv",
            $"models/{path} has no rows"
        );
        Assert.Equal(rows[0].Length, rows[0].Distinct().Count());
        var repeated = rows.Skip(1).GroupBy(r => r[0]).Where(g => g.Count() > 1 || g.Key.Length == 0).Select(g => g.Key);
        Assert.True(!repeated.Any(), $"models/{path}: {string.Join(", ", repeated)} stands twice or is empty");
        foreach (var name in (string[])["name_zh", "name_en"])
            if (Array.IndexOf(rows[0], name) is >= 0 and var at)
                Assert.All(rows.Skip(1), r => Assert.NotEmpty(r[at]));
    }

    [Fact]
    public void Charts_draw_metrics_and_breakdowns_that_exist()
    {
        var metrics = Seed.Parse("seeds/metric.csv", Definitions["seeds/metric.csv"]).Skip(1).Select(r => r[0]).ToHashSet();
        var breakdowns = Seed.Parse("seeds/breakdown.csv", Definitions["seeds/breakdown.csv"]).Skip(1).Select(r => r[0]).ToHashSet();
        Assert.True(ChartCatalogue.All.Count >= 12);
        Assert.Equal(ChartCatalogue.All.Count, ChartCatalogue.All.Select(c => c.Id).Distinct().Count());
        foreach (var chart in ChartCatalogue.All)
        {
            Assert.True(chart.Title.Zh.Length > 0 && chart.Title.En.Length > 0, $"chart {chart.Id} has no title in one language");
            foreach (var series in chart.Series)
            {
                Assert.True(
                    metrics.Contains(series.Metric.EndsWith("_ytd", StringComparison.Ordinal) ? series.Metric[..^4] : series.Metric),
                    $"chart {chart.Id} draws {series.Metric}, which models/seeds/metric.csv does not describe"
                );
                Assert.True(
                    breakdowns.Contains(series.Breakdown),
                    $"chart {chart.Id} draws the breakdown {series.Breakdown}, which models/seeds/breakdown.csv does not name"
                );
            }
        }
    }

    /// <summary>Specs of charts run over the whole catalogue, so a new chart is covered when it is listed there.</summary>
    [Fact]
    public void Every_chart_class_is_in_the_catalogue_that_the_specs_run_over()
    {
        var catalogue = File.ReadAllText(House.At("reports", "Publishing", "Charts", "Catalogue", "ChartCatalogue.cs"));
        foreach (var file in House.Files("reports/Publishing/Charts/Catalogue", "*Charts.cs"))
            Assert.True(
                catalogue.Contains(Path.GetFileNameWithoutExtension(file) + ".All", StringComparison.Ordinal),
                $"list {Path.GetFileNameWithoutExtension(file)}.All in reports/Publishing/Charts/Catalogue/ChartCatalogue.cs"
            );
    }
}
