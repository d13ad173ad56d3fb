using System.Globalization;
using System.Text;

namespace Innovation1551.Specs.Rehearsal;

/// <summary>A row of the table by centre: a centre, a class of administrator, or all.</summary>
/// <param name="Class">The class that the table lists the centre under; null in tables without classes, for classes and for all.</param>
/// <param name="Depth">1 for all, 2 for a class, 3 for a centre.</param>
internal sealed record FfrdcTrendRow(string Name, string? Class, int Depth, IReadOnlyDictionary<int, long?> ByYear);

/// <summary>A row of the table by source of funds: the total, then federal, state and local, business, nonprofit, all other.</summary>
internal sealed record FfrdcFundsRow(string Name, string? Class, int Depth, IReadOnlyList<long?> Values);

/// <summary>The published tables of the FFRDC survey, read without any code of the product.</summary>
internal static class FfrdcTables
{
    public const int FirstVintage = 2019,
        LastVintage = 2023;

    private static readonly Dictionary<int, (int Trend, int Funds, int Published)> Numbers = new()
    {
        [2019] = (2517, 2777, 2782),
        [2020] = (4839, 4575, 4578),
        [2021] = (7083, 6876, 6873),
        [2022] = (9325, 9272, 9269),
        [2023] = (11336, 11316, 11313),
    };

    public static int TrendTable(int vintage) => Numbers[vintage].Trend;

    public static int FundsTable(int vintage) => Numbers[vintage].Funds;

    public static IReadOnlyList<FfrdcTrendRow> Trend(int vintage)
    {
        var (head, rows) = Read(Numbers[vintage].Trend);
        var years = Enumerable
            .Range(0, head.Count)
            .Where(i => head[i].StartsWith("field_2", StringComparison.Ordinal))
            .ToDictionary(i => int.Parse(head[i].AsSpan("field_".Length), CultureInfo.InvariantCulture));
        return
        [
            .. rows.Select(row =>
            {
                var (name, above, depth) = Place(head, row);
                return new FfrdcTrendRow(name, above, depth, years.ToDictionary(y => y.Key, y => Number(row[y.Value])));
            }),
        ];
    }

    public static IReadOnlyList<FfrdcFundsRow> Funds(int vintage)
    {
        var (head, rows) = Read(Numbers[vintage].Funds);
        var first = head.IndexOf("field_all_r_d_expenditures");
        return
        [
            .. rows.Select(row =>
            {
                var (name, above, depth) = Place(head, row);
                return new FfrdcFundsRow(name, above, depth, [.. Enumerable.Range(first, 6).Select(i => Number(row[i]))]);
            }),
        ];
    }

    /// <summary>All centres by year: total and five sources, as the survey's own trend table has them.</summary>
    public static IReadOnlyDictionary<int, IReadOnlyList<long?>> Published(int vintage)
    {
        var (_, rows) = Read(Numbers[vintage].Published);
        return rows.GroupBy(row => int.Parse(row[2], CultureInfo.InvariantCulture))
            .ToDictionary(year => year.Key, year => (IReadOnlyList<long?>)[.. year.Select(row => Number(row[3]))]);
    }

    /// <summary>The deepest name of a row and the one above it. The FY 2023 table has no classes, so its second level is the centre.</summary>
    private static (string Name, string? Class, int Depth) Place(List<string> head, List<string> row)
    {
        var levels = Enumerable
            .Range(0, head.Count)
            .Where(i => head[i].Contains("_level_", StringComparison.Ordinal))
            .Select(i => row[i])
            .Where(text => text.Length > 0)
            .ToList();
        var name = FfrdcNames.Clean(levels[^1]);
        if (levels.Count == 2 && !name.EndsWith("-administered FFRDCs", StringComparison.Ordinal))
            return (name, null, 3);
        return (name, levels.Count == 3 ? levels[1] : null, levels.Count);
    }

    /// <summary>Cells read 22737500, na, NA, or ['22,737,500', ' '] with a flag in the second place.</summary>
    private static long? Number(string cell)
    {
        var text = cell.StartsWith("['", StringComparison.Ordinal) ? cell[2..cell.IndexOf('\'', 2)] : cell;
        return text.Equals("na", StringComparison.OrdinalIgnoreCase) ? null : long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    private static (List<string> Head, List<List<string>> Rows) Read(int table)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "ncses_ffrdc", $"{table}.csv"));
        return (Split(lines[0]), [.. lines.Skip(1).Where(line => line.Length > 0).Select(Split)]);
    }

    private static List<string> Split(string line)
    {
        List<string> cells = [];
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
                cell.Append(c);
        }
        cells.Add(cell.ToString());
        return cells;
    }
}
