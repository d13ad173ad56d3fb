using System.Collections.Immutable;

namespace Innovation1551.Returns.Forms;

/// <summary>
/// Which lines of a list go on from year to year, so that a template can begin with them: of each thing the line that was reported last, where it
/// still runs. What belongs to one year is left blank, to be stated anew; where the state of the thing is required, a line that nobody looked at is asked about.
/// </summary>
/// <param name="Thing">The fields that tell one thing from another, after the enterprise.</param>
/// <param name="Runs">Whether a line still runs, as a condition on l; {0} is the first day of the year that is to be reported.</param>
/// <param name="OfTheYear">Fields that are not carried over.</param>
/// <param name="EveryYear">The thing has a line each year: one that was missing last year is over. Otherwise a line stands until another follows it.</param>
public sealed record RunningList(ImmutableArray<string> Thing, string Runs, ImmutableArray<string> OfTheYear, bool EveryYear = true)
{
    private static readonly Dictionary<string, RunningList> All = new(StringComparer.Ordinal)
    {
        ["projects"] = new(
            ["project_no"],
            "l.project_status = 'RUN'",
            ["project_status", "participants_persons", "person_months", "funds_arrived_wan", "expense_wan", "expense_gov_wan"]
        ),
        ["platforms"] = new(["platform_no"], "l.platform_event <> 'REVOKE'", ["upgrade_readiness"], EveryYear: false),
        ["talent"] = new([], "true", [.. TalentForm.Form.Fields.Select(f => f.Name).Where(n => n.EndsWith("_persons", StringComparison.Ordinal))]),
        ["enterprise_titles"] = new(["enterprise_title", "title_certificate_no"], "l.valid_to is null or l.valid_to >= {0}", [], EveryYear: false),
        ["digital_scenes"] = new(["scene_no"], "true", ["scene_status", "scene_investment_wan"]),
        ["origin_sources"] = new(["source_no", "origin_project_no"], "l.origin_stage <> 'STOP'", ["origin_stage", "origin_funds_wan"]),
        ["consortia"] = new(["consortium_no"], "l.ended_on is null or l.ended_on >= {0}", [], EveryYear: false),
        ["policy_uptake"] = new(["policy"], "true", ["uptake_status", "policy_amount_wan", "policy_persons"]),
    };

    /// <summary>The running list of a form; null for one whose lines are events of a single year.</summary>
    public static RunningList? Of(Form form) => All.GetValueOrDefault(form.Id);

    /// <summary>Whether the value of a field goes over to the next year.</summary>
    public bool Carries(Field field) => field != CommonFields.Note && !OfTheYear.Contains(field.Name);
}
