using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns;
using Innovation1551.Returns.Receiving;

namespace Innovation1551.Pipeline.Work;

/// <summary>Response to one form for one period, of all or of one group. Rates are in percent of the enterprises that owe it, by number and by revenue; whoever is excused is not owed, and its revenue stays uncovered.</summary>
public sealed record ResponseLine(
    string Form,
    string FormZh,
    string FormEn,
    string Period,
    DateOnly Due,
    string? GroupCode,
    string? GroupName,
    int Expected,
    int Received,
    int Accepted,
    int WithWarnings,
    int Late,
    int Missing,
    int Waived,
    decimal? RateByCount,
    decimal? RateByValue
);

/// <summary>An enterprise that owes a return: <paramref name="State"/> is missing, refused or not_due. <paramref name="Contact"/> is whom it asks, by the survey plan.</summary>
public sealed record Reminder(
    string Form,
    string FormZh,
    string FormEn,
    string Period,
    DateOnly Due,
    string GroupCode,
    string GroupName,
    string EnterpriseCode,
    string EnterpriseName,
    string State,
    bool IsExtended,
    string? ExceptionReason,
    string? Contact
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
    /// <summary>A period is spoken of once it is over or its returns have begun to come.</summary>
    private const string Spoken = "(is_collected or period_end < $1)";

    /// <summary>By form and period: how many owe, sent, were accepted. The weight of a return is the last revenue accepted up to that year, so that a missing one still has a size.</summary>
    public List<ResponseLine> Response() => Lines("null, null", "");

    /// <summary>The same for each group.</summary>
    public List<ResponseLine> ResponseByGroup() => Lines("group_code, any_value(group_name)", ", group_code");

    private List<ResponseLine> Lines(string group, string by) =>
        [
            .. release
                .Rows(
                    $"""
                    select form, any_value(form_zh), any_value(form_en), any_value(period), min(due_on), {group}, count(*) filter (where state <> 'waived'), count(*) filter (where is_received),
                        count(*) filter (where state = 'accepted'), count(*) filter (where is_warned), count(*) filter (where days_late > 0), count(*) filter (where state in ('missing', 'refused')),
                        count(*) filter (where state = 'waived'),
                        cast(round(count(*) filter (where state = 'accepted') * 100.0 / nullif(count(*) filter (where state <> 'waived'), 0), 1) as decimal(9, 1)),
                        cast(round(100 * coalesce(sum(last_revenue_wan) filter (where state = 'accepted'), 0) / nullif(sum(last_revenue_wan), 0), 1) as decimal(9, 1))
                    from published.obligation_wide where {Spoken} group by form, period_key{by} order by form, period_key{by}
                    """,
                    today
                )
                .Select(r => new ResponseLine(
                    (string)r[0]!,
                    (string)r[1]!,
                    (string)r[2]!,
                    (string)r[3]!,
                    (DateOnly)r[4]!,
                    r[5] as string,
                    r[6] as string,
                    Count(r[7]),
                    Count(r[8]),
                    Count(r[9]),
                    Count(r[10]),
                    Count(r[11]),
                    Count(r[12]),
                    Count(r[13]),
                    (decimal?)r[14],
                    (decimal?)r[15]
                )),
        ];

    /// <summary>The enterprises without an accepted return, the latest due day first.</summary>
    public List<Reminder> Reminders() =>
        [
            .. release
                .Rows(
                    $"""
                    select o.form, form_zh, form_en, period, due_on, group_code, group_name, enterprise_code, enterprise_name,
                        case when state = 'refused' then 'refused' when due_on < $1 then 'missing' else 'not_due' end, is_extended, exception_reason, p.contact
                    from published.obligation_wide as o join seed.survey_plan as p using (plan_line)
                    where state in ('missing', 'refused') and {Spoken} order by due_on desc, o.form, group_name, enterprise_code
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
                    (string?)r[6] ?? "",
                    (string)r[7]!,
                    (string)r[8]!,
                    (string)r[9]!,
                    (bool)r[10]!,
                    r[11] as string,
                    r[12] as string
                )),
        ];

    /// <summary>What was granted and touches nothing: the enterprise does not owe the form for that period, perhaps because its code is mistyped.</summary>
    public List<(string Exception, string Form, string Period, string Code)> WithoutEffect() =>
        [
            .. release
                .Rows(
                    """
                    select x.exception, x.form, x.period, x.code from seed.survey_exception as x
                    anti join (select o.form, p.period, o.enterprise_code, d.group_code from core.obligation as o join core.dim_period as p using (period_key) join core.dim_enterprise as d using (enterprise_key)) as o
                        on (x.form = o.form or x.form = '*') and x.period = o.period and x.code = case x.scope when 'GROUP' then o.group_code else o.enterprise_code end
                    order by x.exception
                    """
                )
                .Select(r => ((string)r[0]!, (string)r[1]!, (string)r[2]!, (string)r[3]!)),
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

    private static int Count(object? n) => (int)(long)n!;
}
