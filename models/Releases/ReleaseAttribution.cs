using System.Collections.Immutable;
using DuckDB.NET.Data;
using Innovation1551.Models.Tracing;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Releases;

/// <summary>Why a figure differs between two releases.</summary>
public enum Cause
{
    /// <summary>Rules, models or forms were changed.</summary>
    Definition,

    /// <summary>Code lists or the register of enterprises were changed: who belongs where, and what counts as what.</summary>
    Perimeter,

    /// <summary>A return about an enterprise and period of which there was none before.</summary>
    LateReturn,

    /// <summary>Another file in the place of one, one that no longer mentions the enterprise, or one that was withdrawn.</summary>
    Resubmission,

    /// <summary>A return that states a higher number of revision than the one it replaces, or an approved correction of its cells.</summary>
    Correction,

    /// <summary>What returns of these three kinds did to the sum below the line of a ratio.</summary>
    Denominator,
}

/// <summary>A figure that differs, and the parts of the difference. A figure that stands in one release only counts as 0 in the other.</summary>
/// <param name="Kind">revised, added or removed.</param>
/// <param name="Parts">By cause, none of them 0; they sum to after less before exactly.</param>
public sealed record AttributedChange(string Figure, string Kind, decimal? Before, decimal? After, ImmutableSortedDictionary<Cause, decimal> Parts);

/// <summary>
/// Splits each changed figure by cause, by going from the one release to the other in fixed steps and measuring after each:
/// definitions, then code lists and register, then late returns, resubmissions, corrections. A step's part is what it adds to
/// those before it, so the parts sum exactly; what they do together falls to the later one.
/// </summary>
public static class ReleaseAttribution
{
    /// <summary>Return numbers of the newer release are lifted above those of the older one.</summary>
    private const int Lift = 1_000_000_000;

    /// <param name="older">The earlier release, open; <paramref name="newer"/> likewise.</param>
    public static IReadOnlyList<AttributedChange> Between(DuckDBConnection older, DuckDBConnection newer)
    {
        if (Database.FileOf(older) == Database.FileOf(newer))
            return [];
        var (before, was, rules) = (Published(older), Definitions.Of(older), RulesOf(older));
        var (after, now, newRules) = (Published(newer), Definitions.Of(newer), RulesOf(newer));
        var changed = before
            .Keys.Union(after.Keys)
            .Where(id => before.GetValueOrDefault(id)?.Value != after.GetValueOrDefault(id)?.Value)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (changed.Count == 0)
            return [];

        var parts = changed.ToDictionary(id => id, _ => new SortedDictionary<Cause, decimal>(), StringComparer.Ordinal);
        var last = before;
        foreach (var (cause, state) in States(older, newer, was, now))
        {
            foreach (var id in changed)
                Split(parts[id], cause, last.GetValueOrDefault(id), state.GetValueOrDefault(id));
            last = state;
        }
        // What is left did not come from a return: rows of the same files judged or read in another way.
        var rest = rules == newRules ? Cause.Perimeter : Cause.Definition;
        foreach (var id in changed)
            Add(parts[id], rest, (after.GetValueOrDefault(id)?.Value ?? 0) - (last.GetValueOrDefault(id)?.Value ?? 0));
        return
        [
            .. changed
                .Select(id => (Id: id, Before: before.GetValueOrDefault(id)?.Value, After: after.GetValueOrDefault(id)?.Value))
                .Select(f => new AttributedChange(
                    f.Id,
                    f.Before is null ? "added"
                        : f.After is null ? "removed"
                        : "revised",
                    f.Before,
                    f.After,
                    parts[f.Id].Where(p => p.Value != 0).ToImmutableSortedDictionary()
                )),
        ];
    }

    private static Dictionary<string, FigureValue> Published(DuckDBConnection release) =>
        release
            .Rows("select figure_id, value, numerator, denominator from published.figure where value is not null")
            .ToDictionary(r => (string)r[0]!, r => new FigureValue((decimal?)r[1], (decimal?)r[2], (decimal?)r[3]), StringComparer.Ordinal);

    private static string? RulesOf(DuckDBConnection release) => release.Scalar<string>("select definition_hash from published.release");

    /// <summary>The figures after each step.</summary>
    private static IEnumerable<(Cause, Dictionary<string, FigureValue>)> States(
        DuckDBConnection older,
        DuckDBConnection newer,
        Definitions was,
        Definitions now
    )
    {
        if (was.Hash() != now.Hash())
            yield return (Cause.Definition, State(older, newer, now.WithSeedsOf(was), newRegister: false, []));
        yield return (Cause.Perimeter, State(older, newer, now, newRegister: true, []));
        var taken = new List<Cause>();
        foreach (var cause in (Cause[])[Cause.LateReturn, Cause.Resubmission, Cause.Correction])
        {
            taken.Add(cause);
            yield return (cause, State(older, newer, now, newRegister: true, taken));
        }
    }

    /// <summary>Measures the older release with some of the newer one's returns in the place of its own.</summary>
    private static Dictionary<string, FigureValue> State(
        DuckDBConnection older,
        DuckDBConnection newer,
        Definitions definitions,
        bool newRegister,
        IReadOnlyCollection<Cause> taken
    )
    {
        using var replay = new Replay(definitions);
        replay.Attach(older, "older");
        replay.Attach(newer, "newer");
        var connection = replay.Connection;
        connection.Run(Causes);
        connection.Run(
            """
            create table main.taken as select form, enterprise_code, period_key from main.cause where list_contains($1, cause);
            """,
            taken.Select(c => c.ToString()).ToList()
        );
        var register = newRegister ? "newer" : "older";
        connection.Run(
            $"""
            create table main.kept as
            with mixed as (
                select return_id, return_id as lifted_id, 'older' as release, enterprise_code, period_key from older.core.dim_return anti join main.taken using (form, enterprise_code, period_key)
                union all
                select return_id, return_id + {Lift}, 'newer', enterprise_code, period_key from newer.core.dim_return semi join main.taken using (form, enterprise_code, period_key)
            )
            select
                m.release, m.return_id, any_value(m.lifted_id) as lifted_id,
                coalesce(arg_max(e.enterprise_key, e.valid_from) filter (where e.valid_from <= p.period_end), arg_min(e.enterprise_key, e.valid_from), 0) as enterprise_key
            from mixed as m
            join {register}.core.dim_period as p using (period_key)
            left join {register}.core.dim_enterprise as e on e.enterprise_code = m.enterprise_code and e.enterprise_key > 0
            group by all
            """
        );
        var (old, new_) = (replay.Core("older"), replay.Core("newer"));
        foreach (var (table, columns) in new_)
        {
            if (columns.All(c => c.Name != "return_id"))
            {
                connection.Run($"create view core.{table} as from {(newRegister || !old.ContainsKey(table) ? "newer" : "older")}.core.{table}");
                continue;
            }
            var replaced = columns.Any(c => c.Name == "enterprise_key")
                ? "k.lifted_id as return_id, k.enterprise_key as enterprise_key"
                : "k.lifted_id as return_id";
            connection.Run($"create table core.{table} as from newer.core.{table} limit 0");
            foreach (var release in old.ContainsKey(table) ? (string[])["older", "newer"] : ["newer"])
                connection.Run(
                    $"insert into core.{table} by name select f.* replace ({replaced}) from {release}.core.{table} as f join main.kept as k on k.release = '{release}' and k.return_id = f.return_id"
                );
        }
        var relations = Replay.FigureRelations(ModelGraph.Of(definitions));
        foreach (var relation in relations)
            replay.Measure(relation);
        return connection
            .Rows(
                $"""
                with measured as ({string.Join(" union all ", relations.Select(r => $"select * from {r}"))})
                select
                    case when p.period_kind = 'ytd' and not ends_with(m.metric, '_month') then m.metric || '_ytd' else m.metric end || ':' || m.breakdown || ':' || m.category || ':' || p.period,
                    m.value, m.numerator, m.denominator
                from measured as m join core.dim_period as p using (period_key)
                where m.value is not null
                """
            )
            .ToDictionary(r => (string)r[0]!, r => new FigureValue((decimal?)r[1], (decimal?)r[2], (decimal?)r[3]), StringComparer.Ordinal);
    }

    /// <summary>
    /// For each form, enterprise and period whose return in force is another one, why. Where no new file is behind it (the same files,
    /// judged otherwise) it has no cause here.
    /// </summary>
    private const string Causes = """
        create table main.cause as
        with known as (select file_sha256 from older.core.file_account),
        -- Files that were taken out of account since.
        gone as (select file_sha256 from known anti join newer.core.file_account using (file_sha256)),
        old_return as (select form, enterprise_code, period_key, file_sha256, sheet_no, revision, reporter_code from older.core.dim_return where is_latest),
        new_return as (select form, enterprise_code, period_key, file_sha256, sheet_no, revision, reporter_code from newer.core.dim_return where is_latest),
        ever as (select distinct form, enterprise_code, period_key from older.core.dim_return),
        -- Approved corrections of the cells of a return, which stands as it was received.
        was_corrected as (select r.file_sha256, r.sheet_no, r.enterprise_code, r.period_key, x.source_row, x.field, x.corrected_value from older.core.corrected_cell as x join older.core.dim_return as r using (return_id)),
        is_corrected as (select r.file_sha256, r.sheet_no, r.enterprise_code, r.period_key, x.source_row, x.field, x.corrected_value from newer.core.corrected_cell as x join newer.core.dim_return as r using (return_id)),
        corrected as (select distinct file_sha256, sheet_no, enterprise_code, period_key from ((from was_corrected except from is_corrected) union all (from is_corrected except from was_corrected))),
        -- A new file of the reporter for the form and period, which may have taken an enterprise out.
        arrived as (select distinct form, reporter_code, period_key from newer.core.dim_return anti join known using (file_sha256) where reporter_code is not null)
        select
            form, enterprise_code, period_key,
            case
                when (o.file_sha256, o.sheet_no) is not distinct from (n.file_sha256, n.sheet_no) then 'Correction'
                when g.file_sha256 is not null then 'Resubmission'
                when n.file_sha256 is null then case when a.form is not null then 'Resubmission' end
                when k.file_sha256 is not null then case when a.form is not null then 'Resubmission' end
                when o.file_sha256 is null then case when e.form is null then 'LateReturn' else 'Resubmission' end
                when n.revision > o.revision then 'Correction'
                else 'Resubmission'
            end as cause
        from old_return as o
        full join new_return as n using (form, enterprise_code, period_key)
        left join known as k on k.file_sha256 = n.file_sha256
        left join gone as g on g.file_sha256 = o.file_sha256
        left join ever as e using (form, enterprise_code, period_key)
        left join arrived as a on a.form = form and a.period_key = period_key and a.reporter_code = o.reporter_code
        left join corrected as x on x.file_sha256 = n.file_sha256 and x.sheet_no = n.sheet_no and x.enterprise_code = enterprise_code and x.period_key = period_key
        where (o.file_sha256, o.sheet_no) is distinct from (n.file_sha256, n.sheet_no) or x.file_sha256 is not null
        """;

    private static void Split(SortedDictionary<Cause, decimal> parts, Cause cause, FigureValue? from, FigureValue? to)
    {
        var difference = (to?.Value ?? 0) - (from?.Value ?? 0);
        if (difference == 0)
            return;
        // What the new sum above the line would have given over the old one below it.
        var over =
            cause > Cause.Perimeter && from is { Denominator: { } below } && to is { Denominator: { } other } && below != other
                ? Quotient(from, to, below)
                : null;
        Add(parts, cause, over is { } value ? value - from!.Value!.Value : difference);
        if (over is { } middle)
            Add(parts, Cause.Denominator, to!.Value!.Value - middle);
    }

    /// <summary>
    /// A ratio is value = a + b × numerator ÷ denominator with a and b the same for all figures of its kind; which of the kinds in use
    /// it is shows in both figures. Null where it is none of them: then the whole difference is the cause's.
    /// </summary>
    private static decimal? Quotient(FigureValue from, FigureValue to, decimal denominator)
    {
        foreach (var (constant, factor) in ((decimal, decimal)[])[(0, 100), (0, 1), (-100, 100), (0, 10_000)])
            if (Fits(from, constant, factor) && Fits(to, constant, factor))
                return Math.Round(constant + factor * to.Numerator!.Value / denominator, 6);
        return null;

        static bool Fits(FigureValue f, decimal constant, decimal factor) =>
            f is { Numerator: { } above, Denominator: not 0 and { } below, Value: { } value }
            && Math.Abs(constant + factor * above / below - value) <= 0.000002m;
    }

    private static void Add(SortedDictionary<Cause, decimal> parts, Cause cause, decimal part) => parts[cause] = parts.GetValueOrDefault(cause) + part;
}
