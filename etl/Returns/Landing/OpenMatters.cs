using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Landing;

/// <summary>Where the thing to be decided stands: the file as it was received, and in it the sheet and the cell.</summary>
/// <param name="Cell">B7; null where the row alone is known.</param>
public sealed record Place(int FileNo, string FileName, string Sha256, string Format, string? Sheet, long Row, string? Cell);

/// <summary>One thing to be decided: the row of the decision's form with all but the decision filled in, and where it stands.</summary>
public sealed record OpenMatter(IReadOnlyDictionary<string, object?> Values, Place Place);

/// <summary>What waits for a reviewer: findings without explanation, explanations not judged, corrections, appeals. Reads only.</summary>
public sealed class OpenMatters : IDisposable
{
    /// <summary>The forms on which decisions come back, in the order in which they are shown.</summary>
    public static IReadOnlyList<Form> Forms { get; } = [ReviewForm.Form, CorrectionDecisionForm.Form, EvaluationDecisionForm.Form];

    private readonly DuckDBConnection _connection;

    private OpenMatters(DuckDBConnection connection) => _connection = connection;

    /// <summary>Opens landing, which a load has brought up to date.</summary>
    public static OpenMatters Open(string landing, string scratch)
    {
        LandingSeal.Demand(landing);
        return new(Database.OpenForReading(landing, scratch));
    }

    /// <summary>True where any return is constructed.</summary>
    public bool IsSynthetic => _connection.Scalar<bool>("select coalesce(bool_or(is_synthetic), false) from file");

    /// <summary>Warnings beyond those that are listed with their place: they can be decided by mending or explaining the return only.</summary>
    public long Unlisted =>
        _connection.Scalar<long>("select cast(coalesce(sum(more), 0) as bigint) from finding where severity = 'warning' and origin <> 'read'");

    /// <summary>What is open on a form, the gravest kinds together, in the order of enterprise, file and row.</summary>
    public IReadOnlyList<OpenMatter> On(Form form) =>
        form == ReviewForm.Form ? Findings()
        : form == CorrectionDecisionForm.Form ? Corrections()
        : Appeals();

    public void Dispose() => _connection.Dispose();

    /// <summary>Columns of every query that tell the place; the values of the form follow.</summary>
    private const string PlaceColumns = "f.file_no, f.name, f.sha256, f.format";

    private const string NameOfEnterprise =
        "(select arg_max(e.enterprise_name, e.valid_from) from register_in_force as e where e.enterprise_code = l.enterprise_code)";

    private const string Period =
        "case when l.period_month is null then l.period_year || '年' when l.period_month = 1 then l.period_year || '年1月' else l.period_year || '年1-' || l.period_month || '月' end";

    /// <summary>
    /// A finding on a return that another has replaced needs no decision any more. What a rule finds twice at one cell is decided in one go, because a decision
    /// names rule and cell.
    /// </summary>
    private List<OpenMatter> Findings() =>
        Read(
            ReviewForm.Form,
            $"""
            select
                {PlaceColumns}, x.sheet, x.source_row, x.column_letters || x.source_row,
                coalesce({NameOfEnterprise}, l.enterprise_code) as enterprise_name, {Period} as finding_period, l.form as finding_form, f.name as file_name,
                x.sheet as finding_sheet, x.source_row as finding_row, x.code as finding_code, x.heading as finding_heading, x.column_letters || x.source_row as finding_cell,
                any_value(x.read) as value_read, string_agg(x.problem_zh || chr(10) || x.problem_en, chr(10) order by x.problem_zh) as problem, x.explanation, f.sha256 as file_hash
            from finding as x
            join file as f using (file_no)
            join any_row as l using (file_no, sheet_no, source_row)
            where x.origin <> 'read' and x.scope = 'row' and (x.severity = 'warning' and x.decision is null or x.decision = 'EXPLAINED')
                and (l.kind not in ('State', 'Event') or exists (
                    from return_version as v where v.is_in_force and v.form = l.form and v.file_no = l.file_no and v.sheet_no = l.sheet_no
                        and v.enterprise_code is not distinct from l.enterprise_code and v.period_year is not distinct from l.period_year
                        and v.period_month is not distinct from l.period_month))
            group by f.file_no, f.name, f.sha256, f.format, x.sheet_no, x.sheet, x.source_row, x.column_letters, x.code, x.heading, x.explanation, l.form, l.enterprise_code,
                l.period_year, l.period_month
            order by x.explanation is null, enterprise_name, l.form, f.file_no, x.sheet_no, x.source_row, x.code, x.column_letters
            """
        );

    private List<OpenMatter> Corrections() =>
        Read(
            CorrectionDecisionForm.Form,
            $"""
            select
                {PlaceColumns}, s.sheet_name, l.source_row, y.letters || l.source_row,
                l.enterprise_code, coalesce({NameOfEnterprise}, l.enterprise_name) as enterprise_name, {Period} as period, l.corrected_form, l.corrected_field,
                l.old_value, l.new_value, l.reason as correction_reason, f.name as file_name
            from correction_in_force as l
            join file as f using (file_no)
            join sheet as s using (file_no, sheet_no)
            {LettersOf("new_value")}
            anti join correction_decision_in_force as d on d.enterprise_code = l.enterprise_code and d.period_year = l.period_year
                and d.period_month is not distinct from l.period_month and d.corrected_form = l.corrected_form and d.corrected_field = l.corrected_field
                and d.old_value = l.old_value and d.new_value = l.new_value
            order by enterprise_name, l.period_year, l.period_month, f.file_no, l.source_row
            """
        );

    /// <summary>An appeal that was filled in after the last decision on the same thing is a new one.</summary>
    private List<OpenMatter> Appeals() =>
        Read(
            EvaluationDecisionForm.Form,
            $"""
            select
                {PlaceColumns}, s.sheet_name, l.source_row, y.letters || l.source_row,
                l.enterprise_code, coalesce({NameOfEnterprise}, l.enterprise_name) as enterprise_name, {Period} as period, l.indicator, l.published_value, l.claimed_value,
                l.reason as appeal_reason
            from evaluation_appeals as l
            join file as f using (file_no)
            join sheet as s using (file_no, sheet_no)
            {LettersOf("claimed_value")}
            anti join refused_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row
            anti join (
                select d.enterprise_code, d.period_year, d.indicator, d.decided_on from evaluation_decisions as d
                anti join refused_row as x on x.file_no = d.file_no and x.sheet_no = d.sheet_no and x.source_row = d.source_row
            ) as d on d.enterprise_code = l.enterprise_code and d.period_year = l.period_year and d.indicator = l.indicator
                and d.decided_on >= coalesce(s.filled_on, date '1900-01-01')
            order by enterprise_name, l.period_year, l.indicator, f.file_no, l.source_row
            """
        );

    private static string LettersOf(string field) =>
        $"left join (select file_no, sheet_no, letters(column_no) as letters from layout where field = '{field}') as y on y.file_no = l.file_no and y.sheet_no = l.sheet_no";

    private List<OpenMatter> Read(Form form, string query)
    {
        // The columns after the place are those fields of the form that the list fills in, under their names.
        var names = _connection
            .Rows($"select column_name from (describe {query})")
            .Skip(PlaceColumns.Split(',').Length + 3)
            .Select(r => (string)r[0]!)
            .ToList();
        return
        [
            .. _connection
                .Rows(query)
                .Select(r => new OpenMatter(
                    names.Select((name, i) => (name, Value: r[i + 7])).ToDictionary(v => v.name, v => Shown(form, v.name, v.Value), StringComparer.Ordinal),
                    new((int)r[0]!, (string)r[1]!, (string)r[2]!, (string?)r[3] ?? "", (string?)r[4], (long)r[5]!, (string?)r[6])
                )),
        ];
    }

    private static object? Shown(Form form, string name, object? value) =>
        form == ReviewForm.Form && name == "finding_form" && value is string id ? FormCatalogue.Find(id)!.Name.Zh : value;
}
