using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Disclosure;

/// <summary>What an attacker could do with the figures that are told.</summary>
/// <param name="Targets">Sums and enterprises that are protected.</param>
/// <param name="Out">Figures that a rule forbids and that an earlier edition has told: nothing protects them any more.</param>
/// <param name="Exposed">What he could reckon more closely than the rules allow; empty where all is safe.</param>
public sealed record Attack(int Targets, int Out, IReadOnlyList<string> Exposed, TimeSpan Taken);

/// <summary>
/// The gate between what is measured and what is published. It suppresses the figures that a rule forbids, then as many others as it takes that nobody can
/// reckon them from all tables of the release and the earlier editions, then whatever else would tell of them.
/// </summary>
public static class DisclosureGate
{
    /// <summary>The gate that the definitions ask for; null where there is no rule, and then nothing is looked at.</summary>
    /// <param name="earlier">Finds the editions that have been published.</param>
    /// <exception cref="DefinitionException">A rule does not hold together.</exception>
    public static FigureGate? Of(
        Definitions definitions,
        Func<IReadOnlyList<EarlierEdition>> earlier,
        CancellationToken cancel,
        IProgress<(int Done, int Total, string What)>? progress = null
    ) =>
        DisclosureRules.AreThere(definitions)
            ? new(warehouse => Suppress(warehouse, definitions, earlier(), cancel, progress), warehouse => warehouse.Run(definitions["gate/withhold.sql"]))
            : null;

    private static void Suppress(
        DuckDBConnection warehouse,
        Definitions definitions,
        IReadOnlyList<EarlierEdition> earlier,
        CancellationToken cancel,
        IProgress<(int Done, int Total, string What)>? progress
    )
    {
        warehouse.Run(definitions["gate/member.sql"]);
        var figures = Protect(warehouse, definitions, Editions(warehouse, earlier), cancel, progress);
        using (var appender = warehouse.CreateAppender("seed", "suppressed_figure"))
            foreach (var (figure, (reason, rule, why)) in figures.Suppressed)
                appender.CreateRow().AppendValue(figure).AppendValue(reason).AppendValue(rule).AppendValue(why).EndRow();
        warehouse.Run(definitions["gate/figure.sql"]);
        foreach (var row in warehouse.Rows("select table_name from duckdb_tables() where temporary and starts_with(table_name, 'gate_')"))
            warehouse.Run($"drop table {Sql.Name((string)row[0]!)}");
    }

    /// <summary>What goes, of the figures whose contributions stand in the temporary table <c>gate_member</c>, by the rules of <c>seed.disclosure_rule</c>.</summary>
    /// <param name="earlier">For each figure of earlier editions: was it told?</param>
    /// <exception cref="DisclosureException">Something can be reckoned whatever goes, or time is up.</exception>
    internal static LinkedFigures Protect(
        DuckDBConnection connection,
        Definitions definitions,
        IReadOnlyDictionary<string, bool> earlier,
        CancellationToken cancel,
        IProgress<(int Done, int Total, string What)>? progress = null
    )
    {
        connection.Run(definitions["gate/primary.sql"]);
        var figures = new LinkedFigures(connection, earlier.Where(e => e.Value).Select(e => e.Key).ToHashSet());
        var deadline = new Deadline(DisclosureRules.Limit(definitions), cancel);
        figures.SuppressForbidden();
        // Whoever holds the edition in which a figure was hidden must not find it in the next.
        foreach (var (figure, _) in earlier.Where(e => !e.Value))
            figures.Suppress(figure, "earlier");
        foreach (var table in Counted(figures.Tables, progress))
        {
            figures.Weigh(table);
            SecondarySuppression.Protect(table, deadline, sum => figures.Hide(sum, "secondary"));
        }
        return figures;
    }

    /// <summary>Attacks figures as they were handed out, whatever was meant to be suppressed in them.</summary>
    /// <param name="release">A connection whose database is the release; it takes temporary tables.</param>
    /// <param name="figures">The table of figures that readers get.</param>
    public static Attack Audit(
        DuckDBConnection release,
        string figures,
        IReadOnlyList<EarlierEdition> earlier,
        CancellationToken cancel,
        IProgress<(int Done, int Total, string What)>? progress = null
    )
    {
        var definitions = Definitions.Of(release);
        release.Run(definitions["gate/member.sql"]);
        release.Run(definitions["gate/primary.sql"]);
        var linked = new LinkedFigures(release, Editions(release, earlier).Where(e => e.Value).Select(e => e.Key).ToHashSet());
        foreach (
            var row in release.Rows(
                $"select distinct figure_id from gate_figure where figure_id not in (select figure_id from {figures} where value is not null or numerator is not null or denominator is not null)"
            )
        )
            linked.Suppress((string)row[0]!, "absent");
        var deadline = new Deadline(DisclosureRules.Limit(definitions), cancel);
        var exposed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var table in Counted(linked.Tables, progress))
        {
            using var attacker = new Attacker(table, deadline);
            foreach (var doubt in attacker.Unprotected())
                exposed.Add(doubt.Target.Name);
        }
        return new(linked.Tables.Sum(t => t.Targets.Length), linked.Out.Count, [.. exposed], deadline.Taken);
    }

    /// <summary>The tables one by one, each told when its turn comes.</summary>
    private static IEnumerable<LinkedTable> Counted(IReadOnlyList<LinkedTable> tables, IProgress<(int Done, int Total, string What)>? progress)
    {
        for (var i = 0; i < tables.Count; i++)
        {
            progress?.Report((i, tables.Count, tables[i].Name));
            yield return tables[i];
        }
        progress?.Report((tables.Count, tables.Count, ""));
    }

    /// <summary>The figures of earlier editions that matter: those told, those of single enterprises aside because no edition shows them, and those suppressed.</summary>
    private static Dictionary<string, bool> Editions(DuckDBConnection warehouse, IReadOnlyList<EarlierEdition> earlier)
    {
        var told = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var edition in earlier)
        {
            warehouse.Run($"attach {Sql.Literal(edition.Warehouse)} as edition (read_only)");
            foreach (
                var row in warehouse.Rows(
                    """
                    select figure_id, status <> 'suppressed' from edition.published.figure
                    where status <> 'missing' and breakdown <> 'enterprise' and figure_id in (select figure_id from gate_member) order by figure_id
                    """
                )
            )
                told[(string)row[0]!] = told.GetValueOrDefault((string)row[0]!) || (bool)row[1]!;
            warehouse.Run("detach edition");
        }
        return told;
    }
}
