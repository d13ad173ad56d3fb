using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>What a table was made from and what it says.</summary>
/// <param name="From">A mark of all that its model read: the same as long as the model would give the same rows.</param>
public readonly record struct Made(string From, TableDigest Says);

/// <summary>
/// What each table of a release was made from, kept in the release itself as <c>seed.made</c>: the next build starts from there and makes again
/// only what would come out different.
/// </summary>
/// <param name="program">The program and the engine that make it: what another one made is not built on.</param>
/// <param name="landing">A mark of what each table and view of landing says.</param>
/// <param name="build">A mark of this build, which is the only one to have it.</param>
public sealed class BuildAccount(string program, IReadOnlyDictionary<string, string> landing, string build, ModelGraph graph)
{
    public const string Relation = "seed.made";

    /// <summary>The table, empty.</summary>
    public const string Table = $"create table {Relation} (relation varchar, made_from varchar, row_count bigint, content_sum hugeint, exact_sum hugeint)";

    /// <summary>In the place of a table: the line that says which program made them all.</summary>
    private const string OfAll = "";

    /// <summary>The tables that say which returns there are, which of their rows are out and which of their cells are corrected: what changes in rows of a table made by return.</summary>
    internal static readonly ImmutableArray<string> Returns = ["core.dim_return", "core.rejected_row", "core.corrected_cell"];

    /// <summary>The tables that say which events patents have, in which returns, and whose they are: what changes in tables made by patent.</summary>
    internal static readonly ImmutableArray<string> Patents = [PatentEvents, "core.dim_return", "core.dim_enterprise"];

    internal const string PatentEvents = "core.patent_event";

    /// <summary>What each table of this build says, as far as it is made.</summary>
    public SortedDictionary<string, TableDigest> Says { get; } = new(StringComparer.Ordinal);

    /// <summary>A mark of what a model reads, where everything that it reads is made. The texts of the definitions are not in it: they are the same or nothing is built on.</summary>
    internal string From(Model model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var read in graph.Tables[model.Relation])
            if (
                model.IsByReturn ? !read.StartsWith("landing.", StringComparison.Ordinal) && !Returns.Contains(read)
                : model.IsByPatent ? !Patents.Contains(read)
                : true
            )
                hash.AppendData(Encoding.UTF8.GetBytes($"{read}={Mark(read)}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private string Mark(string relation) =>
        relation.StartsWith("landing.", StringComparison.Ordinal) ? landing[relation["landing.".Length..]]
        : relation == "seed.build" ? build
        : relation.StartsWith("seed.", StringComparison.Ordinal) ? ""
        : Says[relation].ToString();

    /// <summary>Writes the account into the open warehouse.</summary>
    public void Keep(DuckDBConnection connection)
    {
        connection.Run($"delete from {Relation}");
        using var appender = connection.CreateAppender("seed", "made");
        appender.CreateRow().AppendValue(OfAll).AppendValue(program).AppendNullValue().AppendNullValue().AppendNullValue().EndRow();
        foreach (var model in graph.Ordered)
        {
            var says = Says[model.Relation];
            appender
                .CreateRow()
                .AppendValue(model.Relation)
                .AppendValue(From(model))
                .AppendValue(says.Rows)
                .AppendValue(says.Content)
                .AppendValue(says.Exact)
                .EndRow();
        }
    }

    /// <summary>The account that a release keeps: the program that made it, null where it keeps none, and what each table was made from and says.</summary>
    public static (string? Program, IReadOnlyDictionary<string, Made> Tables) Of(DuckDBConnection release)
    {
        if (
            release.Scalar<long>(
                "select count(*) from duckdb_tables() where database_name = current_database() and schema_name = 'seed' and table_name = 'made'"
            ) == 0
        )
            return (null, ImmutableDictionary<string, Made>.Empty);
        var rows = release.Rows($"select relation, made_from, row_count, content_sum, exact_sum from {Relation}").ToLookup(r => (string)r[0]! == OfAll);
        return (
            (string?)rows[true].SingleOrDefault()?[1],
            rows[false]
                .ToDictionary(r => (string)r[0]!, r => new Made((string)r[1]!, new((long)r[2]!, (BigInteger)r[3]!, (BigInteger)r[4]!)), StringComparer.Ordinal)
        );
    }
}
