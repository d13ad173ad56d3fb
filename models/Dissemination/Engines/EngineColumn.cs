using System.Globalization;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>A column as every engine can have it.</summary>
/// <param name="Precision">Bits of a whole number (16, 32, 64), digits of a decimal; 0 for others.</param>
/// <param name="Scale">Digits after the point of a decimal.</param>
/// <param name="Read">The expression that gives its values in DuckDB, in a type that the kind stands for.</param>
internal sealed record EngineColumn(string Name, EngineKind Kind, int Precision, int Scale, string Read, string Meaning)
{
    /// <summary>What no engine has a type for (lists, structs) becomes the text that DuckDB shows of it.</summary>
    public static EngineColumn Of(CanonicalColumn column)
    {
        var name = Sql.Name(column.Name);
        EngineColumn Column(EngineKind kind, int precision, int scale, string? cast = null) =>
            new(column.Name, kind, precision, scale, cast is null ? name : $"cast({name} as {cast})", column.Meaning);
        if (column.Type.StartsWith("DECIMAL(", StringComparison.Ordinal))
        {
            var digits = column.Type["DECIMAL(".Length..^1].Split(',');
            return Column(EngineKind.Decimal, int.Parse(digits[0], CultureInfo.InvariantCulture), int.Parse(digits[1], CultureInfo.InvariantCulture));
        }
        return column.Type switch
        {
            "VARCHAR" => Column(EngineKind.Text, 0, 0),
            "TINYINT" or "UTINYINT" => Column(EngineKind.Whole, 16, 0, "smallint"),
            "SMALLINT" => Column(EngineKind.Whole, 16, 0),
            "USMALLINT" => Column(EngineKind.Whole, 32, 0, "integer"),
            "INTEGER" => Column(EngineKind.Whole, 32, 0),
            "UINTEGER" => Column(EngineKind.Whole, 64, 0, "bigint"),
            "BIGINT" => Column(EngineKind.Whole, 64, 0),
            "HUGEINT" or "UBIGINT" => Column(EngineKind.Decimal, 38, 0, "decimal(38, 0)"),
            "BOOLEAN" => Column(EngineKind.Truth, 0, 0),
            "DATE" => Column(EngineKind.Day, 0, 0),
            "DOUBLE" => Column(EngineKind.Floating, 0, 0),
            "FLOAT" => Column(EngineKind.Floating, 0, 0, "double"),
            _ when column.Type.StartsWith("TIMESTAMP", StringComparison.Ordinal) => Column(EngineKind.Moment, 0, 0, "timestamp"),
            _ => Column(EngineKind.Text, 0, 0, "varchar"),
        };
    }
}
