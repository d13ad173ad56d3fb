namespace Innovation1551.Models;

/// <summary>Which of some names was meant by one that is not among them.</summary>
public static class Nearest
{
    /// <summary>The name that takes the fewest letters put in, left out or changed, a third of them at most; null where none is near.</summary>
    public static string? Of(string meant, IEnumerable<string> names) =>
        names
            .Select(name => (Name: name, Slips: Slips(meant, name)))
            .Where(n => n.Slips * 3 <= Math.Max(meant.Length, 3))
            .OrderBy(n => n.Slips)
            .ThenBy(n => n.Name, StringComparer.Ordinal)
            .FirstOrDefault()
            .Name;

    private static int Slips(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) * 3 > Math.Max(a.Length, 3))
            return int.MaxValue / 3;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
