using System.Globalization;

namespace Innovation1551.Models.Warehouse;

/// <summary>A line of a table that a statistician edits, read by column; what is wrong in it is told with file and line.</summary>
public sealed record SeedLine(string Path, int No, string[] Header, string[] Cells)
{
    /// <summary>The text of a cell, empty where nothing stands.</summary>
    /// <exception cref="DefinitionException">The table has no such column.</exception>
    public string this[string column] => Array.IndexOf(Header, column) is >= 0 and var at ? Cells[at] : throw Missing(column);

    public static IReadOnlyList<SeedLine> Of(Definitions definitions, string path)
    {
        var rows = Seed.Parse(path, definitions[path]);
        return [.. rows.Skip(1).Select((cells, i) => new SeedLine(path, i + 2, rows[0], cells))];
    }

    public DefinitionException Fault(Text problem) => new(Path, No, problem);

    /// <exception cref="DefinitionException">The cell says something else.</exception>
    public void OneOf(string column, params IReadOnlyCollection<string> allowed)
    {
        if (!allowed.Contains(this[column]))
            throw Fault(
                new(
                    $"{column} 应为 {string.Join("、", allowed)} 之一，现为“{this[column]}”{Meant(this[column], allowed).Zh}",
                    $"{column} must be one of {string.Join(", ", allowed)} and is \"{this[column]}\"{Meant(this[column], allowed).En}"
                )
            );
    }

    /// <exception cref="DefinitionException">The cell names what another table does not have.</exception>
    public void Known(string column, IReadOnlyCollection<string> known, string path) => Known(column, this[column], known, path);

    /// <summary>The same for each of the names in a cell, separated by ;.</summary>
    public void AllKnown(string column, IReadOnlyCollection<string> known, string path)
    {
        foreach (var name in List(column))
            Known(column, name, known, path);
    }

    /// <summary>The names in a cell, separated by ;.</summary>
    public IReadOnlyList<string> List(string column) => this[column].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <exception cref="DefinitionException">The cell holds no number.</exception>
    public decimal Number(string column) =>
        decimal.TryParse(this[column], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Fault(new($"{column} 应为数字", $"{column} must be a number"));

    /// <exception cref="DefinitionException">The cell holds no whole number between the two, both included.</exception>
    public int Whole(string column, int least, int most) =>
        Number(column) is var n && n >= least && n <= most && n == decimal.Truncate(n)
            ? (int)n
            : throw Fault(new($"{column} 应为 {least} 至 {most} 的整数", $"{column} must be a whole number from {least} to {most}"));

    /// <exception cref="DefinitionException">The cell holds no day.</exception>
    public DateOnly Day(string column) =>
        DateOnly.TryParseExact(this[column], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Fault(new($"{column} 应为日期，如 2026-03-10", $"{column} must be a date such as 2026-03-10"));

    private void Known(string column, string name, IReadOnlyCollection<string> known, string path)
    {
        if (!known.Contains(name))
            throw Fault(new($"{column}：{path} 中没有“{name}”{Meant(name, known).Zh}", $"{column}: {path} has no \"{name}\"{Meant(name, known).En}"));
    }

    private static Text Meant(string name, IReadOnlyCollection<string> allowed) =>
        Nearest.Of(name, allowed) is { } near ? new($"，是否指 {near}？", $": did you mean {near}?") : new("", "");

    private DefinitionException Missing(string column) => new(Path, 1, new($"缺少列 {column}", $"the column {column} is missing"));
}
