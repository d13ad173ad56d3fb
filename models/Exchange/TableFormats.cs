namespace Innovation1551.Models.Exchange;

/// <summary>The formats that there are.</summary>
public static class TableFormats
{
    public static ITableFormat Csv { get; } = new CsvFormat();

    /// <summary>What the table is at the head, its rows beside it.</summary>
    public static ITableFormat Json { get; } = new JsonFormat(head: true);

    /// <summary>An array of rows and nothing else, for programs that take JSON from a pipe.</summary>
    public static ITableFormat JsonRows { get; } = new JsonFormat(head: false);
    public static ITableFormat Parquet { get; } = new ParquetFormat();
    public static ITableFormat Arrow { get; } = new ArrowFormat();

    /// <summary>For a reader at the other end of a line, who takes the rows as they come.</summary>
    public static ITableFormat ArrowStream { get; } = new ArrowFormat(streams: true);
    public static ITableFormat Xlsx { get; } = new XlsxFormat();

    public static IReadOnlyList<ITableFormat> All { get; } = [Csv, Json, Parquet, Arrow, Xlsx];

    /// <summary>The columns of formats that hold texts: DuckDB's own text of each value, and what it stands for.</summary>
    internal static ColumnFit AsText(string type) =>
        new(
            type == "VARCHAR" ? null : "VARCHAR",
            type switch
            {
                "TINYINT"
                or "SMALLINT"
                or "INTEGER"
                or "BIGINT"
                or "HUGEINT"
                or "UTINYINT"
                or "USMALLINT"
                or "UINTEGER"
                or "UBIGINT"
                or "UHUGEINT"
                or "BIGNUM" => HeldAs.Number,
                "FLOAT" or "DOUBLE" => HeldAs.Float,
                "BOOLEAN" => HeldAs.Truth,
                "DATE" => HeldAs.Date,
                "UUID" or "TIME" or "TIME_NS" or "TIME WITH TIME ZONE" => HeldAs.Moment,
                "JSON" => HeldAs.Json,
                _ when type.StartsWith("DECIMAL(", StringComparison.Ordinal) && !DuckType.IsNested(type) => HeldAs.Number,
                _ when type.StartsWith("TIMESTAMP", StringComparison.Ordinal) && !DuckType.IsNested(type) => HeldAs.Moment,
                _ => HeldAs.Text,
            }
        );

    /// <summary>
    /// The columns of formats that hold types. Whole numbers of 128 bits become decimals of 38 digits, which hold all but the longest;
    /// what has no counterpart becomes its text, and that is said.
    /// </summary>
    /// <param name="lacking">Types that this format has not, beside those that none has.</param>
    internal static ColumnFit AsTyped(string type, params string[] lacking)
    {
        var leaves = DuckType.Leaves(type);
        if (leaves.Any(l => l.StartsWith("UNION(", StringComparison.Ordinal) || l is "VARIANT"))
            return new("VARCHAR", HeldAs.Typed, AsJson: true, c => new($"{c} 列（{type}）写为 JSON 文本", $"the column {c} ({type}) is written as JSON text"));
        var mayFail = false;
        var lost = new SortedSet<string>(StringComparer.Ordinal);
        var rewritten = DuckType.Rewrite(
            type,
            l =>
            {
                if (l is "HUGEINT" or "UHUGEINT")
                    mayFail = true;
                if (l is "BIT" or "BIGNUM" or "TIME WITH TIME ZONE" || lacking.Contains(l))
                    lost.Add(l);
                return l is "HUGEINT" or "UHUGEINT" ? "DECIMAL(38,0)"
                    : lost.Contains(l) || l.StartsWith("ENUM(", StringComparison.Ordinal) ? "VARCHAR"
                    : l;
            }
        );
        return new(
            rewritten == type ? null : rewritten,
            HeldAs.Typed,
            MayFail: mayFail,
            Note: lost.Count == 0
                ? null
                : c => new($"{c} 列的 {string.Join("、", lost)} 写为文本", $"{string.Join(", ", lost)} in the column {c} is written as text")
        );
    }

    /// <summary>The same column where a whole number of 128 bits is too long for a decimal.</summary>
    internal static ColumnFit Wide(ColumnFit fit, string type)
    {
        if (!fit.MayFail)
            return fit;
        var wide = (fit.Type ?? type).Replace("DECIMAL(38,0)", "VARCHAR", StringComparison.Ordinal);
        return fit with
        {
            Type = wide,
            MayFail = false,
            Note = c =>
                new(
                    $"{c} 列的 128 位整数写为文本：此表有超过 38 位的整数",
                    $"whole numbers of 128 bits in the column {c} are written as text, because some in this table have more than 38 digits"
                ),
        };
    }
}
