using System.Collections.Immutable;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Landing;

/// <summary>
/// Which return counts, said once, as views of landing: rules compare with it, feedback and templates show it, the models load it.
/// A return is what one sheet of one file says of one enterprise and period. It has a place once a row of it is accepted; the later one follows from its
/// revision, then its fill date; where both are the same, from the hash of its file, so that the order of arrival says nothing.
/// </summary>
internal static class ReturnsInForce
{
    /// <summary>Prefix of the views of rows in force, one for each form that enterprises return: accepted, and of the return that counts.</summary>
    public const string Prefix = "in_force_";

    /// <summary>The forms of which one return takes the place of another.</summary>
    public static ImmutableArray<Form> Forms { get; } = [.. FormCatalogue.All.Where(f => f.Kind is FormKind.State or FormKind.Event)];

    /// <summary>Holds rows l against returns k.</summary>
    public const string SameReturn = """
        k.file_no = l.file_no and k.sheet_no = l.sheet_no and k.enterprise_code is not distinct from l.enterprise_code
            and k.period_year is not distinct from l.period_year and k.period_month is not distinct from l.period_month
        """;

    /// <summary>What is out because of an error, and every return with its place; then the rows in force of each form. They follow the views of <see cref="LandingTables"/>.</summary>
    public static string Views =>
        $"""
            -- Every received row that has an error; a sheet with an error of its own lists all its rows.
            create view refused_row as
                select file_no, sheet_no, source_row from finding where severity = 'error' and scope = 'row' and sheet_no is not null and source_row is not null
                union
                select file_no, sheet_no, source_row from fault where severity = 'error'
                union
                select file_no, sheet_no, source_row from any_row
                semi join (select file_no, sheet_no from finding where severity = 'error' and scope = 'sheet' and sheet_no is not null) using (file_no, sheet_no);
            -- Of each enterprise and first day of a stretch the last word of the register.
            create view register_in_force as
                select l.* from enterprise_register as l join sheet as s using (file_no, sheet_no) join file as f using (file_no)
                anti join refused_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row
                qualify row_number() over (partition by l.enterprise_code, l.valid_from
                    order by s.revision desc, coalesce(s.filled_on, date '1900-01-01') desc, f.sha256 desc, l.sheet_no desc, l.source_row desc) = 1;
            create view return_version as {Versions("any_row where kind in ('State', 'Event')")};
            {string.Concat(Forms.Select(form => $"create view {Prefix}{form.Id} as {Accepted(form, $"({Versions(Of(form))})", "refused_row")};\n"))}
            """;

    /// <summary>The rows of one form as <see cref="Versions"/> takes them.</summary>
    public static string Of(Form form) =>
        $"(select '{form.Id}' as form, file_no, sheet_no, source_row, enterprise_code, period_year, period_month from {form.Id})";

    /// <summary>The rows of a form that count: without error, of a return in force.</summary>
    /// <param name="versions">Its returns with their places, as <see cref="Versions"/> gives them; a table or a query in brackets.</param>
    /// <param name="refused">The rows that are out.</param>
    public static string Accepted(Form form, string versions, string refused) =>
        $"""
            select l.* from {form.Id} as l
            semi join (from {versions} where is_in_force) as k on {SameReturn}
            anti join {refused} as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row
            """;

    /// <summary>
    /// Every return of which a row is accepted, with its place among those on the same form, enterprise and period: version_no from the first to the last,
    /// next_revision that of the one after it, is_in_force for the one that counts. A later file of the same reporter that no longer mentions an enterprise takes
    /// its rows out; what it mentions with an error stays as it was, and what another reporter still says stands.
    /// </summary>
    /// <param name="rows">Rows with form, place, enterprise and period, as SQL behind <c>from</c>.</param>
    /// <param name="refused">The rows that are out, by place.</param>
    public static string Versions(string rows, string refused = "refused_row") =>
        $"""
            with landed as (
                select form, file_no, sheet_no, source_row, enterprise_code, period_year, period_month from {rows}
            ),
            stated as (
                select l.form, l.file_no, l.sheet_no, l.enterprise_code, l.period_year, l.period_month, count(*) filter (where x.source_row is null) as rows_accepted
                from landed as l left join {refused} as x using (file_no, sheet_no, source_row)
                group by all
            ),
            {Placing}
            """;

    /// <summary>The same where the returns and their accepted rows have been counted already.</summary>
    /// <param name="stated">Every return with form, file, sheet, enterprise, period and rows_accepted, as SQL behind <c>from</c>.</param>
    public static string Places(string stated) =>
        $"""
            with stated as (from {stated}),
            {Placing}
            """;

    /// <summary>Gives the returns that <c>stated</c> lists their places.</summary>
    private const string Placing = """
        -- The place of each sheet among all, as a number: it is compared with many others.
        ranked as (
            select s.file_no, s.sheet_no, s.reporter_code, s.revision,
                row_number() over (order by s.revision, coalesce(s.filled_on, date '1900-01-01'), f.sha256, s.sheet_no) as rank_key
            from sheet as s join file as f using (file_no)
        ),
        ordered as (
            select l.*, s.reporter_code, s.revision, s.rank_key from stated as l join ranked as s using (file_no, sheet_no)
        ),
        -- Of which reporter several sheets came for one period: where one came, nothing is taken out.
        several as (
            select form, reporter_code, period_year, period_month from ordered where reporter_code is not null group by all having min(rank_key) <> max(rank_key)
        ),
        resent as (
            select o.* from ordered as o join several as n on n.form = o.form and n.reporter_code = o.reporter_code
                and n.period_year is not distinct from o.period_year and n.period_month is not distinct from o.period_month
        ),
        mentioned as (
            select form, file_no, enterprise_code, period_year, period_month from stated semi join resent using (file_no)
            union
            select form, file_no, enterprise_code, period_year, period_month from rejected where enterprise_code is not null
        ),
        -- The sheets of one file are one return: none of them takes out what another says.
        covered as (
            select distinct form, reporter_code, period_year, period_month, file_no, rank_key from resent where rows_accepted > 0
        ),
        dropped as (
            select distinct o.form, o.file_no, o.sheet_no, o.enterprise_code, o.period_year, o.period_month
            from resent as o
            join covered as c on c.form = o.form and c.reporter_code = o.reporter_code and c.period_year is not distinct from o.period_year
                and c.period_month is not distinct from o.period_month and c.rank_key > o.rank_key
            anti join mentioned as m on m.form = c.form and m.file_no = c.file_no and m.enterprise_code = o.enterprise_code
                and m.period_year is not distinct from o.period_year and m.period_month is not distinct from o.period_month
        ),
        marked as (
            select o.*, d.form is not null as is_dropped
            from ordered as o
            left join dropped as d on d.form = o.form and d.file_no = o.file_no and d.sheet_no = o.sheet_no and d.enterprise_code = o.enterprise_code
                and d.period_year is not distinct from o.period_year and d.period_month is not distinct from o.period_month
            where o.rows_accepted > 0
        ),
        -- Most returns are the only one of their enterprise and period: numbering them would sort them all.
        contested as (
            select form, enterprise_code, period_year, period_month from marked group by all having count(*) > 1
        ),
        numbered as (
            select
                o.*, row_number() over first_last as version_no, lead(o.revision) over first_last as next_revision,
                -- What one reporter has taken out does not hide what another still says.
                row_number() over (partition by o.form, o.enterprise_code, o.period_year, o.period_month, o.is_dropped order by o.rank_key desc) as from_last
            from marked as o
            semi join contested as n on n.form = o.form and n.enterprise_code is not distinct from o.enterprise_code
                and n.period_year is not distinct from o.period_year and n.period_month is not distinct from o.period_month
            window first_last as (partition by o.form, o.enterprise_code, o.period_year, o.period_month order by o.rank_key)
        )
        select form, file_no, sheet_no, enterprise_code, period_year, period_month, rows_accepted, version_no, next_revision, from_last = 1 and not is_dropped as is_in_force
        from numbered
        union all
        select o.form, o.file_no, o.sheet_no, o.enterprise_code, o.period_year, o.period_month, o.rows_accepted, 1, null, not o.is_dropped
        from marked as o
        anti join contested as n on n.form = o.form and n.enterprise_code is not distinct from o.enterprise_code
            and n.period_year is not distinct from o.period_year and n.period_month is not distinct from o.period_month
        """;
}
