using System.Globalization;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Writing;

/// <summary>A balance rule as a spreadsheet formula that is true where the row does not balance. It allows for rounding as the rule does.</summary>
internal static class BalanceFormula
{
    /// <summary>Decimals that landing keeps; the formula looks no further for a row's last place.</summary>
    private const int Decimals = 6;

    /// <summary>Spreadsheets calculate in binary: differences below this are none.</summary>
    private const string Noise = "0.0000001";

    /// <summary>The formula for a row, columns fixed and the row relative. Names of functions and commas are those of the file format, whatever the reader's language.</summary>
    public static string Broken(Form form, Balance balance, Func<string, int> column, int row)
    {
        string Cell(string field) => string.Create(CultureInfo.InvariantCulture, $"${ColumnName.Of(column(field))}{row}");
        var total = Cell(balance.Total);
        var parts = balance.Parts.Select(Cell).ToList();
        var minus = balance.Minus.Select(Cell).ToList();
        var sum = $"SUM({string.Join(",", parts)})" + (minus.Count == 0 ? "" : $"-SUM({string.Join(",", minus)})");
        return $"AND(COUNT({string.Join(",", parts.Concat(minus))})>0,ABS(N({total})-({sum}))>{Tolerance(form, balance, [total, .. parts, .. minus])}+{Noise})";
    }

    /// <summary>Half a unit of the last place in use for each cell; whole numbers must agree exactly.</summary>
    private static string Tolerance(Form form, Balance balance, List<string> cells)
    {
        if (balance.IsExact(form))
            return "0";
        var used = Enumerable
            .Range(0, Decimals)
            .Select(places =>
                $"(SUM({string.Join(",", cells.Select(c => string.Create(CultureInfo.InvariantCulture, $"ABS(N({c})-ROUND(N({c}),{places}))")))})>{Noise})"
            );
        return string.Create(CultureInfo.InvariantCulture, $"{cells.Count}/2*10^-({string.Join("+", used)})");
    }
}
