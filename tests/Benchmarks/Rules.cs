using System.Globalization;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Rules;

namespace Innovation1551.Benchmarks;

/// <summary>What a run of all rules costs.</summary>
/// <param name="Cells">Cells of the forms' fields, enterprise and period among them.</param>
/// <param name="Floor">Seconds in which the database only looks at every cell once.</param>
public sealed record RuleCost(int Returns, long Rows, long Cells, double Seconds, double Floor, long Findings);

/// <summary>All rules over many landed returns, against one look at every cell.</summary>
public static class Rules
{
    private const int Enterprises = 12,
        Years = 10;

    internal static IEnumerable<Line> Measure(Scale scale)
    {
        foreach (var returns in scale == Scale.Full ? (int[])[1_000, 10_000] : [1_000])
        {
            var cost = Over(returns);
            yield return new(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"all rules over {cost.Returns:N0} returns, {cost.Rows:N0} rows: {cost.Cells / cost.Seconds / 1e6:0.0} million cells a second"
                ),
                cost.Seconds,
                "every cell looked at once",
                cost.Floor,
                "≥ 5 million"
            )
            {
                Collapse = 1000,
            };
        }
    }

    /// <summary>Runs all rules over so many returns of a group and year, each with spend and finance of twelve enterprises, a row in a hundred thousand broken.</summary>
    public static RuleCost Over(
        int returns,
        string change = "update landing.rd_spend set cost_other_wan = cost_other_wan + 50 where (file_no * 12 + source_row) % 10007 = 1"
    )
    {
        var folder = Directory.CreateTempSubdirectory("innovation1551-throughput-").FullName;
        try
        {
            using var landing = LandingStore.Open(Path.Combine(folder, "landing.duckdb"));
            Fill(landing, returns);
            landing.Connection.Run(change);
            var floor = Measuring.Once(() =>
            {
                foreach (var form in (Form[])[RdSpendForm.Form, FinanceForm.Form])
                    landing.Connection.Run(
                        $"select {string.Join(", ", form.Fields.Select(f => $"bit_xor(hash({(f.Type == FieldType.Period ? "period_year" : f.Name)}))"))} from landing.{form.Id}"
                    );
            });
            var rules = new RuleCatalogue(Definitions.Load());
            var seconds = Measuring.Once(() => RuleRunner.Run(landing, rules));
            var rows = landing.Connection.Scalar<long>("select count(*) from landing.rd_spend");
            return new(
                returns,
                2 * rows,
                rows * (RdSpendForm.Form.Fields.Length + FinanceForm.Form.Fields.Length),
                seconds,
                floor,
                landing.Connection.Scalar<long>("select count(*) from landing.finding where severity <> 'note'")
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Fill(LandingStore landing, int returns)
    {
        var groups = returns / Years;
        landing.Connection.Run(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                insert into landing.file select 0, 'register', 'register.csv', 1, timestamp '2026-01-01', 'csv', null, false, true, null;
                insert into landing.sheet select 0, 1, 'register', 'enterprise_register', null, null, date '2026-01-01', 1, {groups * Enterprises}, null, null;
                insert into landing.enterprise_register (file_no, sheet_no, source_row, enterprise_code, enterprise_name, enterprise_level, industry, valid_from, change_kind)
                    select 0, 1, 4 + i, 'E' || i, '示例' || i, 'S', 'C' || (13 + i % 30), date '2000-01-01', 'NEW' from range({groups * Enterprises}) as t(i);
                insert into landing.file select 1 + n, sha256('return ' || n), 'return-' || n || '.xlsx', 1, timestamp '2026-01-01', 'xlsx', null, false, true, null from range({returns}) as t(n);
                insert into landing.sheet select 1 + n, s, case s when 1 then 'spend' else 'finance' end, case s when 1 then 'rd_spend' else 'finance' end, null, 'E' || (n // {Years} * {Enterprises}), date '2026-03-01', 1, {Enterprises}, null, null
                    from range({returns}) as t(n), (values (1), (2)) as v(s);
                create or replace temp table cell as
                    select 1 + n as file_no, 4 + e as source_row, 'E' || (n // {Years} * {Enterprises} + e) as code, '示例' || (n // {Years} * {Enterprises} + e) as name, 2016 + n % {Years} as y,
                        cast((10 + hash(n // {Years} * {Enterprises} + e) % 1000) * 20 as decimal(18, 6)) as base
                    from range({returns}) as t(n), range({Enterprises}) as u(e);
                create or replace temp table scaled as select *, base * (20 + y - 2016) / 20 as k, case when y > 2016 then base * (19 + y - 2016) / 20 end as p from cell;
                insert into landing.rd_spend select file_no, 1, source_row, code, name, y, null,
                    k * 100, k * 40, k * 30, k * 5, k * 5, k * 2, k * 3, k * 10, k * 4, k * 3, k * 2, k * 1, k * 5, p * 100,
                    k * 90, k * 10, k * 20, k * 60, k * 70, k * 20, k * 10, k * 5, k * 70, k * 2, k * 1, k * 2, p * 90, cast(k * 4 as bigint), cast(k * 2 as bigint), k * 3, null from scaled;
                insert into landing.finance select file_no, 2, source_row, code, name, y, null, k * 5000, p * 5000, k * 4500, k * 300, cast(k * 40 as bigint), null from scaled
                """
            )
        );
        landing.Connection.Run("checkpoint");
    }
}
