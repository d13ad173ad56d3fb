using DuckDB.NET.Data;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Dissemination;

/// <summary>What was written is not what the release has, or cannot be written.</summary>
public sealed class DisseminationException(Text problem) : Refusal(problem);

/// <summary>
/// The canonical data of a release: a Parquet file for each table, its rows in the order of its key, read back and held against the release
/// row by row, and <c>datapackage.json</c> that says what they are.
/// </summary>
internal static class ParquetData
{
    /// <exception cref="DisseminationException">A file read back is not what the release has.</exception>
    public static void Write(
        DuckDBConnection release,
        Manifest manifest,
        string folder,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel
    )
    {
        var tables = CanonicalTable.All(release);
        var stage = ColumnMeaning.Stage(release);
        using var files = new ParquetFolder(folder);
        foreach (var (table, done) in tables.Select((t, i) => (t, i)))
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report((done, tables.Count, table.FullName));
            var path = Path.Combine(folder, table.FileName);
            var about = new TableAbout(manifest.Id, stage, manifest.IsSynthetic, table.Query, [], Title(table));
            var query = new QueryTable(release, table.Query, new Dictionary<string, object?>())
            {
                Meanings = table.Columns.Where(c => c.Meaning.Length > 0).ToDictionary(c => c.Name, c => c.Meaning, StringComparer.Ordinal),
            };
            // DuckDB writes the file by its name.
            using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
                query.Write(files.Format, about, file, new TableNotes(), cancel);
            Hold(release, files.Connection, table, path);
        }
        DataPackage.Write(release, manifest, tables, folder);
        progress?.Report((tables.Count, tables.Count, ""));
    }

    private static Text? Title(CanonicalTable table) =>
        table.Meaning.Split(" / ", 2) is [var zh, var en] ? new(zh, en)
        : table.Meaning.Length > 0 ? Text.Same(table.Meaning)
        : null;

    /// <summary>Rows, values of each column, exact sums of each number, and the sum of the hashes of whole rows: figures by identifier are among them.</summary>
    private static void Hold(DuckDBConnection release, DuckDBConnection reader, CanonicalTable table, string path)
    {
        var file = $"read_parquet({Sql.Literal(path)})";
        var columns = reader.Rows($"describe from {file}").Select(r => (Name: (string)r[0]!, Type: (string)r[1]!)).ToList();
        if (!columns.Select(c => c.Name).SequenceEqual(table.Columns.Select(c => c.Name)))
            throw Differs(table, new("列", "the columns"));
        var (wanted, found) = (Totals(release, table.Source), Totals(reader, file));
        for (var i = 0; i < wanted.Length; i++)
            if (!Equals(wanted[i], found[i]))
                throw Differs(
                    table,
                    i == 0
                        ? new($"行数 {found[i]}（应为 {wanted[i]}）", $"the number of rows, {found[i]} for {wanted[i]}")
                        : new($"内容：{found[i]}（应为 {wanted[i]}）", $"a total, {found[i]} for {wanted[i]}")
                );

        object?[] Totals(DuckDBConnection connection, string from)
        {
            var cast = columns.ToDictionary(c => c.Name, c => $"cast({Sql.Name(c.Name)} as {c.Type})", StringComparer.Ordinal);
            return connection.Rows(
                "select cast(count(*) as varchar), "
                    + string.Concat(
                        columns.Select(c =>
                            $"cast(count({Sql.Name(c.Name)}) as varchar), {(IsNumber(c.Type) ? $"cast(sum({cast[c.Name]}) as varchar)" : "''")}, "
                        )
                    )
                    + $"cast(sum(cast(hash({string.Join(", ", columns.Select(c => cast[c.Name]))}) as hugeint)) as varchar) from {from}"
            )[0];
        }
    }

    private static bool IsNumber(string type) =>
        type.StartsWith("DECIMAL(", StringComparison.Ordinal) || type is "INTEGER" or "BIGINT" or "SMALLINT" or "TINYINT" or "HUGEINT";

    private static DisseminationException Differs(CanonicalTable table, Text what) =>
        new(
            new(
                $"{table.FileName} 读回后{what.Zh}与发布版本不符，没有发布；请检查磁盘后重试",
                $"{table.FileName} read back differs from the release in {what.En}; nothing was published: check the disk and try again"
            )
        );
}
