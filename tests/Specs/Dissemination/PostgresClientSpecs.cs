using System.Diagnostics;
using System.Globalization;
using Innovation1551.Models.Dissemination.Engines;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Dissemination;

/// <summary>Programs that are not ours reach a published release by Debian's drivers: Python, ODBC and JDBC; each sees the rows, and those that ask for them keys and meanings.</summary>
[Collection(EngineDataCollection.Name)]
public sealed class PostgresClientSpecs
{
    private const string Python = "/usr/bin/python3",
        Jdbc = "/usr/share/java/postgresql.jar",
        Total = "select cast(sum(amount_wan) as text) from core.rd_cost";

    private readonly EngineData _data;

    public PostgresClientSpecs(EngineData data)
    {
        Assert.SkipWhen(data.Postgres.Missing is not null, data.Postgres.Missing ?? "");
        _data = data;
        Assert.True(data.PublishedBefore.IsTurned);
    }

    private string Schema => EngineData.Own(_data.Before, "core");

    private string Wanted => (string)_data.Workspace.Query("select cast(sum(amount_wan) as varchar) from core.rd_cost", _data.Before).Single()[0]!;

    private string Port => _data.Postgres.Port.ToString(CultureInfo.InvariantCulture);

    [Fact]
    public void Python_reads_rows_and_meanings_by_psycopg()
    {
        Assert.SkipUnless(
            File.Exists(Python) && Run(Python, null, "-c", "import psycopg2").Code == 0,
            "there is no psycopg (Debian: apt-get install python3-psycopg2)"
        );
        var (code, said) = Run(
            Python,
            $"""
            import psycopg2
            c = psycopg2.connect("host=127.0.0.1 port={Port} dbname=before user=boss").cursor()
            c.execute("{Total}"); print(c.fetchone()[0])
            c.execute("select col_description('{Schema}.rd_cost'::regclass, attnum) from pg_attribute where attrelid = '{Schema}.rd_cost'::regclass and attname = 'amount_wan'"); print(c.fetchone()[0])
            """,
            "-"
        );
        Assert.True(code == 0, said);
        Assert.Contains(Wanted, said, StringComparison.Ordinal);
        Assert.Contains("金额（万元） / amount in 10,000 yuan", said, StringComparison.Ordinal);
    }

    /// <summary>What Superset and others that stand on SQLAlchemy ask for when a database is added.</summary>
    [Fact]
    public void Sqlalchemy_lists_tables_with_keys_references_and_meanings()
    {
        Assert.SkipUnless(
            File.Exists(Python) && Run(Python, null, "-c", "import sqlalchemy, psycopg2").Code == 0,
            "there is no SQLAlchemy (Debian: apt-get install python3-sqlalchemy python3-psycopg2)"
        );
        var (code, said) = Run(
            Python,
            $"""
            import sqlalchemy as sa
            e = sa.create_engine("postgresql+psycopg2://boss@127.0.0.1:{Port}/before")
            i = sa.inspect(e)
            print("schemas", *[s for s in ("core", "fact", "metric", "published", "seed") if s in i.get_schema_names()])
            print("tables", sorted(i.get_table_names("{Schema}")) == sorted(i.get_view_names("core")), len(i.get_view_names("core")) > 20)
            print("meaning", i.get_table_comment("rd_cost", "{Schema}")["text"])
            print("key", *i.get_pk_constraint("rd_cost", "{Schema}")["constrained_columns"])
            for f in i.get_foreign_keys("rd_cost", "{Schema}"): print("reference", *f["constrained_columns"], "to", f["referred_schema"] + "." + f["referred_table"], *f["referred_columns"])
            for c in i.get_columns("rd_cost", "{Schema}") + i.get_columns("rd_cost", "core"):
                if c["name"] == "amount_wan": print("column", c["type"], c["comment"])
            t = sa.Table("rd_cost", sa.MetaData(), schema="core", autoload_with=e)
            with e.connect() as c: print("row", c.execute(sa.select(sa.cast(sa.func.sum(t.c.amount_wan), sa.Text))).scalar())
            """,
            "-"
        );
        Assert.True(code == 0, said);
        foreach (
            var line in (string[])
                [
                    "schemas core fact metric published seed",
                    "tables True True",
                    "meaning ",
                    "key return_id",
                    $"reference return_id to {Schema}.dim_return return_id",
                    "column NUMERIC(18, 6) 金额（万元） / amount in 10,000 yuan",
                    "row " + Wanted,
                ]
        )
            Assert.Contains(line, said, StringComparison.Ordinal);
        Assert.DoesNotContain("meaning None", said, StringComparison.Ordinal);
        Assert.Equal(2, said.Split("column NUMERIC").Length - 1);
    }

    [Fact]
    public void Odbc_reads_rows()
    {
        Assert.SkipUnless(
            File.Exists("/usr/bin/isql")
                && File.Exists("/etc/odbcinst.ini")
                && File.ReadAllText("/etc/odbcinst.ini").Contains("[PostgreSQL Unicode]", StringComparison.Ordinal),
            "there is no ODBC driver (Debian: apt-get install unixodbc odbc-postgresql)"
        );
        var (code, said) = Run(
            "/usr/bin/isql",
            Total,
            "-b",
            "-k",
            $"Driver={{PostgreSQL Unicode}};Server=127.0.0.1;Port={Port};Database=before;Uid=boss;Pwd={{{PostgresServer.Password}}}"
        );
        Assert.True(code == 0, said);
        Assert.Contains(Wanted, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Jdbc_reads_rows_keys_references_and_meanings()
    {
        Assert.SkipUnless(
            File.Exists(Jdbc)
                && File.Exists("/usr/bin/java")
                && Run("/usr/bin/java", null, "--list-modules").Said.Contains("jdk.compiler", StringComparison.Ordinal),
            "there is no JDBC driver, or no Java that compiles (Debian: apt-get install libpostgresql-jdbc-java default-jdk-headless)"
        );
        var (code, said) = Run(
            "/usr/bin/java",
            null,
            "-Dstdout.encoding=UTF-8",
            "-cp",
            Jdbc,
            House.At("tests", "Specs", "Dissemination", "Reach.java"),
            $"jdbc:postgresql://127.0.0.1:{Port}/before",
            "boss",
            Schema,
            "rd_cost",
            Total
        );
        Assert.True(code == 0, said);
        Assert.Contains("row " + Wanted, said, StringComparison.Ordinal);
        Assert.Contains("key return_id", said, StringComparison.Ordinal);
        Assert.Contains("reference enterprise_key to dim_enterprise", said, StringComparison.Ordinal);
        Assert.Contains("column amount_wan numeric 金额（万元） / amount in 10,000 yuan", said, StringComparison.Ordinal);
    }

    private static (int Code, string Said) Run(string program, string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = PostgresServer.Password;
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        var ended = ProgramRun.Ended(process);
        return (ended.ExitCode, ended.Output + ended.Error);
    }
}
