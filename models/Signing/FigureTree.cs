using System.Security.Cryptography;
using System.Text;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Signing;

/// <summary>
/// A hash tree over the published figures of a release, in the order of their identifiers, so that one figure can be proved to somebody who has
/// nothing but the root (Merkle; leaves and nodes are told apart by their first byte as in RFC 6962, section 2.1).
/// </summary>
public static class FigureTree
{
    /// <summary>A figure as it is hashed: identifier, value, unit, status and stage, separated by tabs; nothing for null.</summary>
    private const string Canonical = """
        select concat_ws(chr(9), figure_id, coalesce(cast(value as varchar), ''), unit, coalesce(cast(status as varchar), ''), coalesce(cast(stage as varchar), '')), figure_id
        from published.figure order by figure_id
        """;

    /// <summary>The figures of a release as they are hashed, in order.</summary>
    public static IReadOnlyList<(string Line, string Id)> Figures(DuckDBConnection release) =>
        [.. release.Rows(Canonical).Select(r => ((string)r[0]!, (string)r[1]!))];

    public static byte[] Root(IReadOnlyList<string> lines) => Root(Leaves(lines));

    /// <summary>The hashes beside the way from a leaf to the root, from below.</summary>
    public static IReadOnlyList<byte[]> Path(IReadOnlyList<string> lines, int index)
    {
        var path = new List<byte[]>();
        Beside(Leaves(lines), index, path);
        return path;
    }

    /// <summary>The root that a line and its path give (RFC 9162, section 2.1.3.2).</summary>
    /// <param name="count">Lines of the tree.</param>
    /// <returns>Null where such a path cannot be.</returns>
    public static byte[]? Root(string line, int index, int count, IReadOnlyList<byte[]> path)
    {
        if (index < 0 || index >= count)
            return null;
        var (hash, at, last) = (Leaf(line), index, count - 1);
        foreach (var beside in path)
        {
            if (last == 0)
                return null;
            if ((at & 1) == 1 || at == last)
            {
                hash = Node(beside, hash);
                while ((at & 1) == 0 && at != 0)
                    (at, last) = (at >> 1, last >> 1);
            }
            else
                hash = Node(hash, beside);
            (at, last) = (at >> 1, last >> 1);
        }
        return last == 0 ? hash : null;
    }

    private static byte[][] Leaves(IReadOnlyList<string> lines) => [.. lines.AsParallel().AsOrdered().Select(Leaf)];

    private static byte[] Leaf(string line) => SHA256.HashData([0, .. Encoding.UTF8.GetBytes(line)]);

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    private static byte[] Root(ReadOnlySpan<byte[]> leaves) =>
        leaves.Length switch
        {
            0 => SHA256.HashData([]),
            1 => leaves[0],
            _ => Node(Root(leaves[..Split(leaves.Length)]), Root(leaves[Split(leaves.Length)..])),
        };

    private static void Beside(ReadOnlySpan<byte[]> leaves, int index, List<byte[]> path)
    {
        if (leaves.Length < 2)
            return;
        var split = Split(leaves.Length);
        if (index < split)
        {
            Beside(leaves[..split], index, path);
            path.Add(Root(leaves[split..]));
        }
        else
        {
            Beside(leaves[split..], index - split, path);
            path.Add(Root(leaves[..split]));
        }
    }

    /// <summary>The greatest power of two below the number of leaves.</summary>
    private static int Split(int count) => 1 << (31 - int.LeadingZeroCount(count - 1));
}
