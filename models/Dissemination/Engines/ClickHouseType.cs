using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>What becomes of a column in ClickHouse, by the server's version: days reach to 2299 since 21.9, to 2105 before.</summary>
internal sealed class ClickHouseType
{
    /// <summary>The day that stands for "while it lasts" in a release; no day of ClickHouse reaches it.</summary>
    private const string Open = "9999-12-31";

    private static readonly Version WithLongDays = new(21, 9);
    private readonly bool _isNew;

    public ClickHouseType(Version version) => _isNew = version >= WithLongDays;

    /// <summary>The first two numbers of what a server says its version is.</summary>
    public static Version VersionOf(string text)
    {
        var numbers = text.Split('.');
        return new(int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    private string First => _isNew ? "1900-01-01" : "1970-01-01";

    private string Last => _isNew ? "2299-12-31" : "2105-12-31";

    /// <summary>The column as it is read for this server.</summary>
    public EngineColumn Fit(EngineColumn column) =>
        column.Kind switch
        {
            EngineKind.Day => column with { Read = $"case when {column.Read} = date '{Open}' then date '{Last}' else {column.Read} end" },
            EngineKind.Moment when !_isNew => column with { Kind = EngineKind.Text, Read = $"cast({column.Read} as varchar)" },
            _ => column,
        };

    public string Of(EngineColumn column) =>
        column.Kind switch
        {
            EngineKind.Whole => $"Int{column.Precision.ToString(CultureInfo.InvariantCulture)}",
            EngineKind.Decimal => $"Decimal({column.Precision}, {column.Scale})",
            EngineKind.Text => "String",
            EngineKind.Day => _isNew ? "Date32" : "Date",
            EngineKind.Moment => "DateTime64(6, 'UTC')",
            EngineKind.Truth => "UInt8",
            _ => "Float64",
        };

    /// <summary>What of the values is not as in the release; empty where all is.</summary>
    public string Note(EngineColumn column) =>
        column.Kind switch
        {
            EngineKind.Day => $"{Open} 记作 {Last} / {Open} is {Last}",
            EngineKind.Truth => "真为 1，假为 0 / 1 is true, 0 is false",
            _ => "",
        };

    /// <summary>The sum of a column, as text.</summary>
    public static string Total(EngineColumn column)
    {
        var name = ClickHouseEngine.Name(column.Name);
        return column.Kind switch
        {
            // A sum of Int64 is an Int64, and goes round where it does not fit: two thousand keys of returns do not. As a text 18.16 gives a long decimal with a NUL in it.
            EngineKind.Whole => $"sum(toDecimal128({name}, 0))",
            EngineKind.Decimal => $"sum({name})",
            EngineKind.Text => $"toString(sum(length({name})))",
            EngineKind.Day => $"toString(sum(toInt64(toInt32({name}))))",
            EngineKind.Moment => $"toString(sum(toUnixTimestamp64Micro({name})))",
            EngineKind.Truth => $"toString(sum({name}))",
            _ => "''",
        };
    }

    /// <exception cref="DisseminationException">A day lies where the server has none; it would come out as another.</exception>
    public void DemandDays(DuckDBConnection release, EngineTable table)
    {
        var days = table.Table.Columns.Where(c => c.Type == "DATE").Select(c => c.Name).ToList();
        if (days.Count == 0)
            return;
        var strays = release.Rows(
            $"select {string.Join(", ", days.Select(d => $"cast(any_value({Sql.Name(d)}) filter ({Sql.Name(d)} <> date '{Open}' and {Sql.Name(d)} not between date '{First}' and date '{Last}') as varchar)"))} from {table.Table.Relation}"
        )[0];
        for (var i = 0; i < days.Count; i++)
            if (strays[i] is string stray)
                throw new DisseminationException(
                    new(
                        $"{table.FullName} 的 {days[i]} 有 {stray}，该服务器的日期只到 {First} 至 {Last}，未发布；请换用 21.9 以上的版本，或先核实该日期",
                        $"{days[i]} of {table.FullName} has {stray}; days of this server go from {First} to {Last}, so nothing was published: use 21.9 or later, or look into that day"
                    )
                );
    }
}
