using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Dissemination;
using Innovation1551.Models.Dissemination.Engines;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Sample;

namespace Innovation1551.Benchmarks;

/// <summary>
/// The facts of a whole country over the shards of a ClickHouse cluster: for each of 31 provinces a run of the sample's generator with a seed of its own, loaded and
/// built, and as many times again as a hundred million want, every copy with enterprises, patents and amounts of its own. Ten questions of analysts are asked in words that both know, of two shards, of one server,
/// and of DuckDB over the same rows, and must have one answer. The cluster is the one that INNOVATION_CLICKHOUSE names.
/// </summary>
internal static class National
{
    private const int Provinces = 31;

    private const string Spread = "r9001-00000002",
        Whole = "r9001-00000001";

    private static readonly string[] Facts = ["fact.finance", "fact.patent_event", "fact.rd_activity", "fact.rd_cost", "fact.rd_funding", "published.rd_wide"];

    private const string Dimension = "published.dim_enterprise";

    private static readonly (string What, string Sql)[] Questions =
    [
        ("cost by item and year", "select period_year, cost_item, sum(amount_wan) as wan from fact.rd_cost group by period_year, cost_item"),
        (
            "cost by industry, joined to the enterprises",
            "select industry, sum(amount_wan) as wan from fact.rd_cost as f join published.dim_enterprise as d using (enterprise_code) where period_year = 2025 group by industry"
        ),
        (
            "cost by city of one province, joined",
            "select city, sum(amount_wan) as wan from fact.rd_cost as f join published.dim_enterprise as d using (enterprise_code) where period_year = 2024 and city like '07-%' group by city"
        ),
        (
            "intensity by industry and year",
            "select industry, period_year, sum(rd_expense_wan) as rd, sum(revenue_wan) as revenue from published.rd_wide where rd_expense_wan is not null group by industry, period_year"
        ),
        (
            "share of basic research by year",
            "select period_year, sum(amount_wan) as wan, sum(case when activity = 'BRSRCH' then amount_wan end) as basic from fact.rd_activity group by period_year"
        ),
        ("funds by source and year", "select period_year, fund_source, sum(amount_wan) as wan from fact.rd_funding group by period_year, fund_source"),
        (
            "patents granted by type and year",
            "select event_year, patent_type, count(*) as n from fact.patent_event where event = 'GRANT' group by event_year, patent_type"
        ),
        ("patents told apart", "select count(distinct application_no) as n from fact.patent_event where event_year = 2024"),
        (
            "the ten that spend most",
            "select enterprise_code, sum(amount_wan) as wan from fact.rd_cost where period_year = 2025 group by enterprise_code order by wan desc, enterprise_code limit 10"
        ),
        (
            "enterprises, their revenue and staff by year",
            "select period_year, count(distinct enterprise_code) as n, sum(revenue_wan) as wan, sum(employees_persons) as persons from fact.finance where period_kind = 'year' group by period_year"
        ),
    ];

    public static IEnumerable<Line> Measure(Scale scale)
    {
        if (
            Environment.GetEnvironmentVariable("INNOVATION_CLICKHOUSE") is not { Length: > 0 } to
            || ClickHouseConnection.Of(to) is not { Cluster: not null } target
        )
        {
            Console.Error.WriteLine("national: INNOVATION_CLICKHOUSE names no cluster (Host=…,…;Cluster=…)");
            yield break;
        }
        var (copies, samples) = scale == Scale.Full ? (Provinces * 32, Provinces) : (Provinces, 2);
        using var folder = Measuring.Folder();
        var releases = Enumerable.Range(0, samples).Select(s => Province(folder, s)).ToList();
        using var country = Database.OpenForWriting(folder.At("country.duckdb"));
        var made = Measuring.Once(() => Fill(country, releases, copies));
        var tables = Tables(country).Select(t => new EngineTable(t, [])).ToList();
        Drop(target);
        using var engine = ClickHouseEngine.Of(to);
        engine.Prepare();
        var (rows, published) = (0L, 0.0);
        foreach (var server in target.Servers)
        foreach (var schema in EngineTable.Schemas)
        foreach (
            var database in (string[])
                [EnginePublication.Schema(Spread, schema), EnginePublication.Schema(Spread, schema) + "_shard", EnginePublication.Schema(Whole, schema)]
        )
            server.Run($"create database {database}");
        foreach (var table in tables)
        {
            published += Measuring.Once(() => engine.Load(country, Spread, table, CancellationToken.None).Count());
            if (Facts.Contains(table.FullName))
                rows += country.Scalar<long>($"select count(*) from {table.FullName}");
        }
        yield return new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rows:N0} facts of {country.Scalar<long>("select count(distinct enterprise_code) from fact.finance"):N0} enterprises to {target.Servers.Count} shards, counted and summed: {rows / published:N0} rows a second"
            ),
            published,
            "making them in DuckDB",
            made,
            ""
        );
        var first = target.Servers[0];
        foreach (var table in tables)
        {
            first.Run($"create table {EnginePublication.Schema(Whole, table.Schema)}.{table.Name} {Definition(first, table)}");
            first.Run(
                $"insert into {EnginePublication.Schema(Whole, table.Schema)}.{table.Name} select * from {EnginePublication.Schema(Spread, table.Schema)}.{table.Name}"
            );
        }
        foreach (var (what, sql) in Questions)
        {
            string[] wanted = [],
                one = [],
                two = [];
            var duckdb = Measuring.Median(3, () => wanted = [.. country.Rows(sql).Select(r => string.Join('|', r.Select(Cell))).Order(StringComparer.Ordinal)]);
            var (shards, single) = Measuring.Medians(3, () => two = Answer(first, Spread, sql), () => one = Answer(first, Whole, sql));
            if (!wanted.SequenceEqual(two) || !wanted.SequenceEqual(one))
                throw new InvalidOperationException(
                    $"{what}: {wanted.Length} rows, {two.Length} of the shards, {one.Length} of one: {wanted.Except(two).FirstOrDefault()} / {two.Except(wanted).FirstOrDefault()}"
                );
            yield return new(
                string.Create(CultureInfo.InvariantCulture, $"{what}: {wanted.Length} rows, equal; DuckDB {duckdb:0.00} s"),
                shards,
                "one server",
                single,
                ""
            );
        }
        Drop(target);
    }

    /// <summary>The release of one province: what the generator makes of its seed, as it is received, checked and built.</summary>
    private static string Province(TemporaryFolder folder, int number)
    {
        var name = number.ToString(CultureInfo.InvariantCulture);
        var (inbox, workspace) = (folder.At("inbox" + name), folder.At("w" + name));
        SampleGenerator.Write(inbox, new SampleOptions(Seed: new SampleOptions().Seed + number));
        Measuring.WithFaults(workspace, "load", inbox);
        Measuring.Innovation(workspace, "build");
        return Directory.EnumerateFiles(workspace, "wh-*.duckdb", SearchOption.AllDirectories).Single();
    }

    /// <summary>
    /// The rows of each province as often as it has copies; what tells enterprises, groups and patents apart has the province and the copy in it. Where there are
    /// fewer releases than provinces they take turns.
    /// </summary>
    private static void Fill(DuckDBConnection country, List<string> releases, int copies)
    {
        country.Run("create schema fact; create schema published");
        for (var r = 0; r < releases.Count; r++)
        {
            country.Run($"attach {Sql.Literal(releases[r])} as sample (read_only)");
            foreach (var table in Facts.Append(Dimension))
            {
                var columns = country
                    .Rows(
                        $"select column_name, data_type from duckdb_columns() where database_name = 'sample' and schema_name || '.' || table_name = '{table}' order by column_index"
                    )
                    .Select(c => Copied((string)c[0]!, (string)c[1]!));
                country.Run($"create or replace temp table base as from sample.{table}");
                country.Run(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{(r == 0 ? $"create table {table} as" : $"insert into {table}")} select {string.Join(", ", columns)} from (select cast(n as integer) as n, lpad(cast(1 + n % {Provinces} as varchar), 2, '0') || '-' as province, lpad(cast(n as varchar), 4, '0') || '-' as copy from range({copies}) as t(n) where n % {Provinces} % {releases.Count} = {r}) cross join base"
                    )
                );
            }
            country.Run("detach sample");
        }
        country.Run("checkpoint");
    }

    private static string Copied(string column, string type) =>
        column switch
        {
            "enterprise_code" or "parent_code" or "application_no" or "first_owner_code" => $"copy || {column} as {column}",
            "city" or "group_code" => $"province || {column} as {column}",
            "enterprise_key" => "cast(enterprise_key + 1000 * n as integer) as enterprise_key",
            "return_id" => "return_id + 100000 * n as return_id",
            _ when column.EndsWith("_wan", StringComparison.Ordinal) => $"cast({column} * (1 + n % 7) as {type}) as {column}",
            _ => column,
        };

    private static IEnumerable<CanonicalTable> Tables(DuckDBConnection country) =>
        Facts
            .Append(Dimension)
            .Select(t =>
            {
                var name = t.Split('.');
                return new CanonicalTable(
                    name[0],
                    name[1],
                    "",
                    [],
                    [
                        .. country
                            .Rows($"select column_name, data_type from duckdb_columns() where schema_name || '.' || table_name = '{t}' order by column_index")
                            .Select(r => new CanonicalColumn((string)r[0]!, (string)r[1]!, "")),
                    ]
                );
            });

    /// <summary>The parts' columns, order and partitions.</summary>
    private static string Definition(ClickHouseHttp server, EngineTable table)
    {
        var part = server
            .Rows(
                $"select create_table_query from system.tables where name = '{table.Name}' and database in ('{EnginePublication.Schema(Spread, table.Schema)}', '{EnginePublication.Schema(Spread, table.Schema)}_shard') and engine = 'MergeTree'"
            )
            .Single()[0]!;
        return part[part.IndexOf('(', StringComparison.Ordinal)..];
    }

    private static string[] Answer(ClickHouseHttp server, string release, string sql)
    {
        foreach (var schema in EngineTable.Schemas)
            sql = sql.Replace($" {schema}.", $" {EnginePublication.Schema(release, schema)}.", StringComparison.Ordinal);
        return [.. server.Rows(sql).Select(r => string.Join('|', r.Select(Cell))).Order(StringComparer.Ordinal)];
    }

    private static string Cell(object? value) =>
        value switch
        {
            null => "",
            string text => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number.ToString("0.######", CultureInfo.InvariantCulture)
                : text,
            System.Numerics.BigInteger whole => whole.ToString(CultureInfo.InvariantCulture),
            _ => Convert.ToDecimal(value, CultureInfo.InvariantCulture).ToString("0.######", CultureInfo.InvariantCulture),
        };

    private static void Drop(ClickHouseConnection target)
    {
        foreach (var server in target.Servers)
        foreach (var schema in EngineTable.Schemas)
        foreach (
            var database in (string[])
                [EnginePublication.Schema(Spread, schema), EnginePublication.Schema(Spread, schema) + "_shard", EnginePublication.Schema(Whole, schema)]
        )
            server.Run($"drop database if exists {database}");
    }
}
