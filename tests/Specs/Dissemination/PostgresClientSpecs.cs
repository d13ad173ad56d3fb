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
