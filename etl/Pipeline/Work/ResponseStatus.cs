using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns;
using Innovation1551.Returns.Receiving;

namespace Innovation1551.Pipeline.Work;

/// <summary>Response to one form for one period. Rates are in percent of the enterprises owed, by number and by revenue.</summary>
public sealed record ResponseLine(
    string Form,
    string FormZh,
    string FormEn,
    string Period,
    DateOnly Due,
    int Expected,
    int Received,
    int Accepted,
    int WithWarnings,
    int Late,
    int Missing,
    decimal? RateByCount,
    decimal? RateByValue
);

/// <summary>An enterprise that owes a return: <paramref name="State"/> is missing, refused or not_due.</summary>
public sealed record Reminder(
    string Form,
    string FormZh,
    string FormEn,
    string Period,
    DateOnly Due,
    string GroupName,
    string EnterpriseCode,
    string EnterpriseName,
    string State
);

/// <summary>What became of one file.</summary>
/// <param name="State">withdrawn, not_built, no_rows (unreadable, or said before by another file), refused, superseded, partly, loaded.</param>
public sealed record FileHistory(
    int No,
    string Name,
    string Sha256,
    DateTimeOffset ReceivedAt,
    string State,
    long RowsIn,
    long RowsLoaded,
    long RowsRejected,
    long RowsSuperseded,
    string? SupersededBy,
    string? WhyWithdrawn = null
);

/// <summary>Who has sent what, what is late and what was refused, as one release knows it.</summary>
public sealed class ResponseStatus(DuckDBConnection release, DateOnly today)
{
    /// <summary>
    /// For each enterprise that owes a form for a period: when it was due, whether it came, in time, was accepted, with open warnings.
    /// The weight is the last revenue accepted up to that year, so that a missing return still has a size.
    /// </summary>
    private const string Owed = """
        with obligation as (
            select o.form, o.enterprise_code, o.enterprise_key, p.period_key, p.period_year, p.period,
                cast(date_trunc('month', p.period_end) + to_months(cast(d.months_after as integer)) + to_days(cast(d.day as integer) - 1) as date) as due
            from core.obligation as o join core.dim_period as p using (period_key) join seed.deadline as d on d.period_kind = p.period_kind
        ),
        sent as (
            select form, enterprise_code, period_key, bool_or(is_latest) as is_accepted, min(filled_on) as first_filled_on
            from core.dim_return group by all
        ),
        faulty as (
            select f.form, f.enterprise_code, p.period_key, bool_or(f.is_rejected) as is_refused,
                bool_or(f.open_warnings > 0 and not f.is_rejected and coalesce(r.is_latest, false)) as is_warned
            from core.faulty_row as f
            join core.dim_period as p on p.period_year = f.period_year and p.period_month is not distinct from f.period_month and p.period_kind in ('year', 'ytd')
            left join core.dim_return as r on r.form = f.form and r.enterprise_code = f.enterprise_code and r.period_key = p.period_key and r.file_no = f.file_no and r.sheet_no = f.sheet_no
            group by all
        ),
        weight as (
            select r.enterprise_code, p.period_year, max(x.revenue_wan) as revenue_wan
            from core.finance as x join core.dim_return as r using (return_id)
            join core.dim_period as p on p.period_key = r.period_key
            where r.is_latest and p.period_kind = 'year' group by all
        ),
        owed as (
            select o.form, f.name_zh, f.name_en, o.period_key, o.period, o.period_year, o.due, o.enterprise_code, d.enterprise_name, d.group_name,
                coalesce(s.is_accepted, false) as is_accepted, s.form is not null or x.is_refused is not null as is_received,
                coalesce(x.is_refused, false) as is_refused, coalesce(x.is_warned, false) and coalesce(s.is_accepted, false) as is_warned,
                coalesce(s.first_filled_on > o.due, false) as is_late
            from obligation as o
            join seed.form as f using (form)
            join core.dim_enterprise as d on d.enterprise_key = o.enterprise_key
            left join sent as s on s.form = o.form and s.enterprise_code = o.enterprise_code and s.period_key = o.period_key
            left join faulty as x on x.form = o.form and x.enterprise_code = o.enterprise_code and x.period_key = o.period_key
        )
        """;

    public List<ResponseLine> Response() =>
        [
            .. release
                .Rows(
                    Owed
                        + """
                        ,
                        weighed as (
                            select o.form, o.name_zh, o.name_en, o.period_key, o.period, o.due, o.is_received, o.is_accepted, o.is_warned, o.is_late, o.enterprise_code,
                                arg_max(w.revenue_wan, w.period_year) as weight
                            from owed as o left join weight as w on w.enterprise_code = o.enterprise_code and w.period_year <= o.period_year
                            group by all
                        )
                        select form, any_value(name_zh), any_value(name_en), any_value(period), any_value(due), count(*), count(*) filter (where is_received), count(*) filter (where is_accepted),
                            count(*) filter (where is_warned), count(*) filter (where is_late), count(*) filter (where not is_accepted),
                            cast(round(count(*) filter (where is_accepted) * 100.0 / count(*), 1) as decimal(9, 1)),
                            cast(round(100 * sum(weight) filter (where is_accepted) / nullif(sum(weight), 0), 1) as decimal(9, 1))
                        from weighed group by form, period_key order by form, period_key
                        """
                )
                .Select(r => new ResponseLine(
                    (string)r[0]!,
                    (string)r[1]!,
                    (string)r[2]!,
                    (string)r[3]!,
                    (DateOnly)r[4]!,
                    (int)(long)r[5]!,
                    (int)(long)r[6]!,
                    (int)(long)r[7]!,
                    (int)(long)r[8]!,
                    (int)(long)r[9]!,
                    (int)(long)r[10]!,
                    (decimal?)r[11],
                    (decimal?)r[12]
                )),
        ];

    /// <summary>The enterprises without an accepted return, the latest deadline first.</summary>
    public List<Reminder> Reminders() =>
        [
            .. release
                .Rows(
                    Owed
                        + """
                        select form, name_zh, name_en, period, due, group_name, enterprise_code, enterprise_name,
                            case when is_refused then 'refused' when due < $1 then 'missing' else 'not_due' end
                        from owed where not is_accepted order by due desc, form, group_name, enterprise_code
                        """,
                    today
                )
                .Select(r => new Reminder(
                    (string)r[0]!,
                    (string)r[1]!,
                    (string)r[2]!,
                    (string)r[3]!,
                    (DateOnly)r[4]!,
                    (string?)r[5] ?? "",
                    (string)r[6]!,
                    (string)r[7]!,
                    (string)r[8]!
                )),
        ];

    /// <summary>Every file in the order of receipt, with what became of it. A file received since the release was built says so.</summary>
    public List<FileHistory> Files(IEnumerable<Receipt> receipts, IReadOnlyDictionary<string, Withdrawal> withdrawn)
    {
        var known = release
            .Rows(
                """
                with replaced as (
                    select o.file_no, string_agg(distinct n.file_name, '；' order by n.file_name) as by_whom
                    from core.dim_return as o
                    join core.dim_return as n on n.form = o.form and n.enterprise_code = o.enterprise_code and n.period_key = o.period_key and n.is_latest and n.file_no <> o.file_no
                    where not o.is_latest group by all
                )
                select a.file_sha256, a.rows_in, a.rows_loaded, a.rows_rejected, a.rows_superseded, r.by_whom
                from core.file_account as a left join replaced as r using (file_no)
                """
            )
            .ToDictionary(r => (string)r[0]!, r => r, StringComparer.Ordinal);
        return
        [
            .. receipts.Select(receipt =>
            {
                if (withdrawn.TryGetValue(receipt.Sha256, out var withdrawal))
                    return new FileHistory(receipt.Seq, receipt.Name, receipt.Sha256, receipt.ReceivedAt, "withdrawn", 0, 0, 0, 0, null, withdrawal.Why);
                if (!known.TryGetValue(receipt.Sha256, out var a))
                    return new FileHistory(receipt.Seq, receipt.Name, receipt.Sha256, receipt.ReceivedAt, "not_built", 0, 0, 0, 0, null);
                var (rowsIn, loaded, rejected, superseded) = ((long)a[1]!, (long)a[2]!, (long)a[3]!, (long)a[4]!);
                var state =
                    rowsIn == 0 ? "no_rows"
                    : loaded == 0 && superseded == 0 ? "refused"
                    : loaded == 0 ? "superseded"
                    : rejected + superseded > 0 ? "partly"
                    : "loaded";
                return new FileHistory(
                    receipt.Seq,
                    receipt.Name,
                    receipt.Sha256,
                    receipt.ReceivedAt,
                    state,
                    rowsIn,
                    loaded,
                    rejected,
                    superseded,
                    (string?)a[5]
                );
            }),
        ];
    }
}
