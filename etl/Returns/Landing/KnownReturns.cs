using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Landing;

/// <summary>What landing already knows of an enterprise when a template is made for it. Reads only.</summary>
public sealed class KnownReturns : IDisposable
{
    private readonly DuckDBConnection? _connection;
    private readonly Dictionary<int, IReadOnlyList<IReadOnlyDictionary<string, object?>>> _registers = [];

    private KnownReturns(DuckDBConnection? connection) => _connection = connection;

    /// <summary>Opens landing; where it is absent or was made by other forms, nothing is known.</summary>
    public static KnownReturns Open(string landing, string scratch)
    {
        if (!File.Exists(landing))
            return new(null);
        LandingSeal.Demand(landing);
        var connection = Database.OpenForReading(landing, scratch);
        if (connection.Scalar<string>("select max(forms_hash) from meta") == LandingTables.Hash)
            return new(connection);
        connection.Dispose();
        return new(null);
    }

    /// <summary>True where what is known comes from constructed data.</summary>
    public bool IsSynthetic => _connection is not null && _connection.Scalar<bool>("select coalesce(bool_or(is_synthetic), false) from file");

    /// <summary>The enterprise as the register has it in a year; null where it has not.</summary>
    public TemplateUnit? Unit(string code, int year) => Register(year).Where(r => (string)r["enterprise_code"]! == code).Select(Unit).FirstOrDefault();

    /// <summary>The enterprise and all below it in the register of a year, the enterprise first, then by code.</summary>
    public IReadOnlyList<TemplateUnit> Group(string code, int year)
    {
        var register = Register(year);
        var found = register.Where(r => (string)r["enterprise_code"]! == code).ToList();
        for (var i = 0; i < found.Count; i++)
            found.AddRange(register.Where(r => r["parent_code"] as string == (string)found[i]["enterprise_code"]! && !found.Contains(r)));
        return [.. found.Take(1).Concat(found.Skip(1).OrderBy(r => (string)r["enterprise_code"]!, StringComparer.Ordinal)).Select(Unit)];
    }

    /// <summary>The register's rows in force in a year, one for each enterprise, by field.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Register(int year) =>
        _registers.TryGetValue(year, out var known) ? known : _registers[year] = ReadRegister(year);

    private List<IReadOnlyDictionary<string, object?>> ReadRegister(int year) =>
        Rows(
            EnterpriseRegisterForm.Form,
            $"""
            register_in_force as l where valid_from <= make_date({Year(year)}, 12, 31) and (valid_to is null or valid_to >= make_date({Year(year)}, 1, 1))
            qualify row_number() over (partition by l.enterprise_code order by l.valid_from desc) = 1
            """
        );

    /// <summary>The enterprises of the register as the survey plan looks at them, by code.</summary>
    /// <param name="lists">The forms whose lists decide who owes another one.</param>
    public IReadOnlyDictionary<string, SurveyedUnit> Surveyed(int year, int? month, IEnumerable<Form> lists)
    {
        var register = Register(year).ToDictionary(r => (string)r["enterprise_code"]!, StringComparer.Ordinal);
        var end = $"last_day(make_date({Year(year)}, {Year(month ?? 12)}, 1))";
        var titles = Pairs(
            $"select enterprise_code, enterprise_title from {ReturnsInForce.Prefix}enterprise_titles where valid_from <= {end} and coalesce(valid_to, {end}) >= {end}"
        );
        var listed = lists
            .Select(l =>
                $"select enterprise_code, '{l.Id}' from {ReturnsInForce.Prefix}{l.Id} where period_year = {Year(year)} and coalesce(period_month, 1) <= {Year(month ?? 12)}"
            )
            .ToList();
        var lines = listed.Count == 0 ? Array.Empty<string>().ToLookup(l => l) : Pairs(string.Join(" union ", listed));
        return register.ToDictionary(
            r => r.Key,
            r => new SurveyedUnit(
                r.Key,
                r.Value["enterprise_level"] as string,
                r.Value["industry"] as string,
                Head(r.Key),
                titles[r.Key].ToHashSet(StringComparer.Ordinal),
                lines[r.Key].ToHashSet(StringComparer.Ordinal)
            ),
            StringComparer.Ordinal
        );

        // Upwards from parent to parent, as far as the first group; the register may go round in a circle.
        string Head(string code)
        {
            for (var depth = 0; depth < 10; depth++)
                if (register.TryGetValue(code, out var row) && row["enterprise_level"] as string != "G" && row["parent_code"] is string above)
                    code = above;
                else
                    break;
            return code;
        }
    }

    /// <summary>What an enterprise returned for a whole year, or its first months, on a form that states a condition; by code, then by field. In canonical units.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, object?>> OfYear(Form form, int year, int? month = null) =>
        form.Kind != FormKind.State
            ? new Dictionary<string, IReadOnlyDictionary<string, object?>>()
            : Rows(
                    form,
                    $"{ReturnsInForce.Prefix}{form.Id} as l where l.period_year = {Year(year)} and l.period_month is not distinct from {(month is { } m ? Year(m) : "null")}"
                )
                .ToDictionary(r => (string)r["enterprise_code"]!, StringComparer.Ordinal);

    /// <summary>The lines of a list that still run when a year is reported, as they were reported last; empty for other forms.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Running(Form form, int year)
    {
        if (RunningList.Of(form) is not { } list)
            return [];
        var thing = string.Join(", ", list.Thing.Prepend("enterprise_code"));
        // Of two steps in one return the later one is the last.
        var last = form.Fields.Any(f => f.Name == "event_date") ? "period_year desc, event_date desc" : "period_year desc";
        var first = $"make_date({Year(year)}, 1, 1)";
        return Rows(
            form,
            $"""
            (
                from {ReturnsInForce.Prefix}{form.Id} where period_month is null and period_year {(list.EveryYear ? "=" : "<=")} {Year(year - 1)}
                qualify row_number() over (partition by {thing} order by {last}, file_no desc, source_row desc) = 1
            ) as l where {string.Format(System.Globalization.CultureInfo.InvariantCulture, list.Runs, first)}
            """,
            list.Thing
        );
    }

    private ILookup<string, string> Pairs(string sql) =>
        (_connection is null ? [] : _connection.Rows(sql)).ToLookup(r => (string)r[0]!, r => (string)r[1]!, StringComparer.Ordinal);

    public void Dispose() => _connection?.Dispose();

    private static string Year(int year) => year.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static TemplateUnit Unit(IReadOnlyDictionary<string, object?> row) => new((string)row["enterprise_code"]!, (string)row["enterprise_name"]!);

    /// <param name="from">Where the rows stand and which of them are meant, as SQL behind <c>from</c>, under the alias l.</param>
    /// <param name="order">Fields that order the rows, after the enterprise.</param>
    private List<IReadOnlyDictionary<string, object?>> Rows(Form form, string from, params IEnumerable<string> order)
    {
        if (_connection is null)
            return [];
        var fields = form.Fields.Where(f => f.Type != FieldType.Period).ToList();
        return
        [
            .. _connection
                .Rows(
                    $"select {string.Join(", ", fields.Select(f => "l." + f.Name))} from {from} order by {string.Join(", ", order.Prepend("enterprise_code").Select(f => "l." + f))}"
                )
                .Select(r =>
                    (IReadOnlyDictionary<string, object?>)
                        fields.Select((f, i) => (f.Name, Value: r[i])).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal)
                ),
        ];
    }
}
