using Innovation1551.Models.Exchange;
using Innovation1551.Models.Querying;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Querying;

/// <summary>What may run over a release and what may not, and what is told of an answer.</summary>
public sealed class SqlGateSpecs : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation-gate-").FullName;

    public void Dispose()
    {
        _workspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Every_escape_is_refused_or_harmless()
    {
        using var release = _workspace.Open();
        File.WriteAllText(Path.Combine(_folder, "secret.csv"), "a\n1\n");
        Directory.CreateDirectory(Path.Combine(_folder, "spill"));
        var before = Escapes.Tree(_folder, _workspace.Workspace.Root);
        foreach (var (statement, mayRun) in Escapes.All(_folder, release.WarehousePath))
        {
            try
            {
                foreach (var judged in SqlScript.Split(statement).Select(s => SqlGate.Judge(s)).ToList())
                {
                    Assert.True(mayRun, $"{statement} was let through as {judged.Sql}");
                    Write(new QuerySession(release, release.Connection), judged);
                }
            }
            catch (QueryRefusedException e)
            {
                Assert.False(mayRun, $"{statement}: {e.Placed.En}");
            }
        }
        Assert.Equal(before, Escapes.Tree(_folder, _workspace.Workspace.Root));
    }

    [Theory]
    [InlineData("describe published.figure", "column_name")]
    [InlineData("summarize published.stage", "approx_unique")]
    [InlineData("show tables", "published.figure")]
    [InlineData("pivot published.stage on stage using count(*) group by period", "2024")]
    [InlineData("pivot (from published.stage) on stage, form using count(*), min(expected) as n group by period order by period limit 1", "n")]
    [InlineData("explain select 1", "plan")]
    [InlineData("explain analyze from published.figure -- all of it", "plan")]
    [InlineData("from (values (1, 'a;b')) t(n, s) -- ; nothing", "a;b")]
    [InlineData("with f as (from published.figure) select count(*) as n from f", "n")]
    [InlineData("select 1 as a, 2 as a", "a_1")]
    public void What_analysts_write_runs(string query, string shows)
    {
        using var release = _workspace.Open();
        Assert.Contains(shows, Write(new(release, release.Connection), SqlGate.Judge(Assert.Single(SqlScript.Split(query + ";")))), StringComparison.Ordinal);
    }

    [Fact]
    public void Temporary_tables_and_views_are_the_session_s_own()
    {
        using var release = _workspace.Open();
        var session = new QuerySession(release, release.Connection);
        const string script =
            "create or replace temp table \"自用 表\" as from published.stage; create temp view v as select count(*) as n from \"自用 表\"; from v";
        foreach (var statement in SqlScript.Split(script))
            Assert.NotEqual("", Write(session, session.Judge(statement)) + ".");
        Assert.Equal(StatementKind.Temporary, session.Judge(new("drop table if exists temp.\"自用 表\"")).Kind);
        using var other = new DuckDB.NET.Data.DuckDBConnection(release.Connection.ConnectionString);
        other.Open();
        Assert.Throws<QueryRefusedException>(() => Write(new(release, other), session.Judge(new("from v"))));
    }

    [Theory]
    [InlineData("select 1;\nselect '中文', nope from published.figure", 2, 14)]
    [InlineData("select 1 +", 1, 11)]
    [InlineData("\n\n  create temp table t as\n select nope from published.stage", 4, 9)]
    [InlineData("describe published.nothing", 1, 10)]
    [InlineData("select $y", 1, 8)]
    [InlineData("select 'open", 1, 13)]
    public void A_fault_says_where_it_is(string script, int line, int column)
    {
        using var release = _workspace.Open();
        var session = new QuerySession(release, release.Connection);
        var fault = Assert.Throws<QueryRefusedException>(() =>
        {
            foreach (var statement in SqlScript.Split(script))
                Write(session, session.Judge(statement));
        });
        Assert.Equal((line, column), (fault.Line, fault.Column));
    }

    [Theory]
    [InlineData("select sum(value) from published.figure where metric = 'rd_expense' and period = '2024'", "adds up across breakdowns")]
    [InlineData("select sum(value) from published.figure where metric = 'rd_intensity' and breakdown = 'group' and period = '2024'", "must not be added up")]
    [InlineData("select period, sum(f.value) from published.figure f where breakdown = 'group' group by period", "adds up different metrics")]
    [InlineData("select sum(value) from published.figure where metric = 'rd_expense' and breakdown = 'group'", "years, months")]
    [InlineData("select period, sum(value) from published.figure where metric = 'rd_expense' and breakdown = 'group' group by all", null)]
    [InlineData("select metric, period, breakdown, category, max(value) from published.figure group by all", null)]
    [InlineData("select sum(value) from published.figure where metric = 'rd_intensity' and breakdown = 'total' and period = '2024'", null)]
    public void A_sum_of_what_is_not_to_be_summed_is_warned_about(string query, string? warning)
    {
        using var release = _workspace.Open();
        var session = new QuerySession(release, release.Connection);
        var told = session.Warnings(session.Judge(new(query)), Nothing);
        if (warning is null)
            Assert.Empty(told);
        else
            Assert.Contains(told, w => w.En.Contains(warning, StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_tells_release_units_and_flags_of_what_it_touched()
    {
        using var release = _workspace.Open();
        var session = new QuerySession(release, release.Connection);
        var values = new Dictionary<string, object?> { ["m"] = "rd_intensity" };
        var about = session.About(session.Judge(new("select value from published.figure where metric = $m and breakdown = 'total'")), values);
        Assert.Equal((release.Manifest.Id, true, "rd_intensity percent"), (about.Release, about.IsSynthetic, about.Units));
        Assert.Contains("missing", about.Flags, StringComparison.Ordinal);
        Assert.Null(session.About(session.Judge(new("from core.finance")), values).Units);
    }

    private static Dictionary<string, object?> Nothing => [];

    private static string Write(QuerySession session, GatedStatement statement)
    {
        using var stream = new MemoryStream();
        session.Write(statement, Nothing, TableFormats.Csv, session.About(statement, Nothing), stream, new(), TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
