using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;

namespace Innovation1551.Returns.Rules;

/// <summary>
/// The rows that others may be compared with, of each form that is compared with: <c>accepted_FORM</c> are those in force, <c>accepted_FORM_before</c>
/// all accepted ones of a form that states a condition, with the revision of the version after it. Which returns there are is counted once for all forms.
/// </summary>
internal sealed class AcceptedRows(DuckDBConnection connection, IReadOnlyList<Form> compared, IReadOnlySet<string> landed)
{
    /// <summary>The table of all returns.</summary>
    public const string Stated = "stated_return";

    /// <summary>Counts the rows of every return: what one sheet of one file says of one enterprise and period.</summary>
    public static void Count(DuckDBConnection connection, IEnumerable<string> landed)
    {
        var forms = landed.Where(f => FormCatalogue.Find(f)!.Kind is FormKind.State or FormKind.Event).Order(StringComparer.Ordinal).ToList();
        connection.Run(
            $"""
            create or replace temp table {Stated} as
            select '' as form, 0 as file_no, 0 as sheet_no, '' as enterprise_code, 0 as period_year, 0 as period_month, count(*) as row_count, min(0::bigint) as first_row where false group by all
            {string.Concat(
                forms.Select(f =>
                    $"union all select '{f}', file_no, sheet_no, enterprise_code, period_year, period_month, count(*), min(source_row) from landing.{f} group by all\n"
                )
            )}
            """
        );
    }

    /// <summary>
    /// Makes the rows, taken as refused what is, and what was when the rules ran last (<c>refused_before</c>): mostly it is again, and one round is enough.
    /// </summary>
    public void Begin()
    {
        connection.Run("create or replace temp table refused as select * from landing.refused_row union select * from refused_before");
        Make(compared);
    }

    /// <summary>Makes them again where others are refused now than was taken. False where none are that anything is compared with.</summary>
    public bool Change()
    {
        connection.Run("create or replace temp table refused_now as from landing.refused_row");
        var changed = connection
            .Rows(
                """
                select distinct form from ((from refused except from refused_now) union all (from refused_now except from refused))
                join landing.sheet using (file_no, sheet_no)
                """
            )
            .Select(r => (string)r[0]!)
            .ToHashSet();
        var forms = compared.Where(f => changed.Contains(f.Id)).ToList();
        if (forms.Count == 0)
            return false;
        connection.Run("create or replace temp table refused as from refused_now");
        Make(forms);
        return true;
    }

    private void Make(IReadOnlyList<Form> forms)
    {
        Place();
        foreach (var form in forms)
        {
            var places = $"(from place where form = '{form.Id}')";
            if (!landed.Contains(form.Id))
                connection.Run($"create or replace temp view {Rule.Accepted}{form.Id} as from landing.{form.Id} where false");
            else if (form.Kind == FormKind.State)
                connection.Run(
                    $"""
                    create or replace temp table {Rule.Accepted}{form.Id}_before as
                    select l.*, k.next_revision, k.is_in_force from landing.{form.Id} as l
                    join {places} as k on {ReturnsInForce.SameReturn}
                    anti join refused as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
                    create or replace temp view {Rule.Accepted}{form.Id} as select * exclude (next_revision, is_in_force) from {Rule.Accepted}{form.Id}_before where is_in_force
                    """
                );
            else
                connection.Run($"create or replace temp view {Rule.Accepted}{form.Id} as {ReturnsInForce.Accepted(form, places, "refused")}");
        }
    }

    /// <summary>Gives every return its place. Only forms of which some row is refused are looked through for the returns that these stand in.</summary>
    private void Place()
    {
        var forms = connection
            .Rows("select distinct form from refused join landing.sheet using (file_no, sheet_no)")
            .Select(r => (string)r[0]!)
            .Where(f => landed.Contains(f) && FormCatalogue.Find(f)!.Kind is FormKind.State or FormKind.Event)
            .Order(StringComparer.Ordinal)
            .Select(f =>
                $"select '{f}' as form, file_no, sheet_no, enterprise_code, period_year, period_month, count(*) as row_count from landing.{f} semi join refused using (file_no, sheet_no, source_row) group by all"
            )
            .ToList();
        connection.Run(
            $"""
            create or replace temp table place as
            {ReturnsInForce.Places(
                forms.Count == 0
                    ? $"(select * exclude (row_count, first_row), row_count as rows_accepted from {Stated})"
                    : $"(select k.* exclude (row_count, first_row), k.row_count - coalesce(l.row_count, 0) as rows_accepted from {Stated} as k left join ({string.Join(" union all ", forms)}) as l on l.form = k.form and {ReturnsInForce.SameReturn})"
            )}
            """
        );
    }
}
