using System.Globalization;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Dissemination;

/// <summary>
/// <c>datapackage.json</c> (Data Package 2.0): of every table its file with length and hash, its columns with type and meaning, its key and
/// what it refers to. A reference stands there only where it holds in every row.
/// </summary>
internal static class DataPackage
{
    private const string Profiles = "https://datapackage.org/profiles/2.0/";

    public static void Write(DuckDBConnection release, Manifest manifest, IReadOnlyList<CanonicalTable> tables, string folder)
    {
        var references = CanonicalTable.References(release, tables);
        var package = new JsonObject
        {
            ["$schema"] = Profiles + "datapackage.json",
            ["name"] = "innovation1551",
            ["version"] = manifest.Id,
            ["title"] = Title(manifest).ToString(),
            ["description"] =
                "发布版本的全部表：核心事实与维度、指标、发布数字、代码表；金额为十进制定点数 / every table of the release: facts and dimensions, metrics, published figures, code lists; money is decimal",
            ["is_synthetic"] = manifest.IsSynthetic,
            ["content_hash"] = manifest.ContentHash,
        };
        // Real figures are their publisher's: which licence they are under is for him to say.
        if (manifest.IsSynthetic)
            package["licenses"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "Apache-2.0",
                    ["title"] = "Apache License 2.0",
                    ["path"] = "https://www.apache.org/licenses/LICENSE-2.0",
                }
            );
        package["sources"] = Sources(release, manifest);
        package["resources"] = DisseminationJson.Array(tables.Select(t => Resource(t, references[t.FullName], folder)));
        DisseminationJson.Write(Path.Combine(folder, "datapackage.json"), package);
    }

    internal static Text Title(Manifest manifest)
    {
        var title = new Text("省属企业科技创新统计", "Science and technology statistics of provincial state-owned enterprises");
        return manifest.IsSynthetic ? new(title.Zh + "（示例数据 synthetic）", title.En + " (示例数据 synthetic)") : title;
    }

    /// <summary>The returns, and where published plan targets were found.</summary>
    private static JsonArray Sources(DuckDBConnection release, Manifest manifest) =>
        DisseminationJson.Array(
            release
                .Rows("select distinct source_zh, source_en from seed.plan_target where source_zh is not null order by all")
                .Select(r => new Text((string)r[0]!, (string?)r[1] ?? (string)r[0]!).ToString())
                .Prepend(
                    new Text(
                        $"企业报表 {manifest.Inputs.Count.ToString(CultureInfo.InvariantCulture)} 份{(manifest.IsSynthetic ? "（示例数据 synthetic）" : "")}，其哈希见 manifest.json",
                        $"{manifest.Inputs.Count.ToString(CultureInfo.InvariantCulture)} returns of enterprises{(manifest.IsSynthetic ? " (示例数据 synthetic)" : "")}, by hash in manifest.json"
                    ).ToString()
                )
                .Select(title => new JsonObject { ["title"] = title })
        );

    private static JsonObject Resource(CanonicalTable table, IEnumerable<ForeignKey> references, string folder)
    {
        var file = Path.Combine(folder, table.FileName);
        var units = ColumnMeaning.Of(new Dictionary<string, string>(), [.. table.Columns.Select(c => (c.Name, c.Type))]);
        var schema = new JsonObject
        {
            ["$schema"] = Profiles + "tableschema.json",
            ["fields"] = DisseminationJson.Array(table.Columns.Select((c, i) => Field(c, units[i].Unit))),
        };
        if (table.Key.Count > 0)
            schema["primaryKey"] = DisseminationJson.Texts(table.Key);
        if (
            DisseminationJson.Array(
                references.Select(r => new JsonObject
                {
                    ["fields"] = DisseminationJson.Texts(r.Columns),
                    ["reference"] = new JsonObject { ["resource"] = r.Table, ["fields"] = DisseminationJson.Texts(r.Keys) },
                })
            ) is
            { Count: > 0 } keys
        )
            schema["foreignKeys"] = keys;
        return new()
        {
            ["name"] = table.FullName,
            ["type"] = "table",
            ["path"] = table.FileName,
            ["description"] = table.Meaning,
            ["format"] = "parquet",
            ["mediatype"] = "application/vnd.apache.parquet",
            ["bytes"] = new FileInfo(file).Length,
            ["hash"] = "sha256:" + FileHash.Of(file),
            ["schema"] = schema,
        };
    }

    private static JsonObject Field(CanonicalColumn column, Text? unit)
    {
        var field = new JsonObject { ["name"] = column.Name, ["type"] = Type(column.Type) };
        if (column.Meaning.Length > 0)
            field["description"] = column.Meaning;
        if (unit is not null)
            field["unit"] = unit.ToString();
        return field;
    }

    /// <summary>The field type of Table Schema for a type of DuckDB.</summary>
    private static string Type(string type) =>
        type switch
        {
            "VARCHAR" => "string",
            "BOOLEAN" => "boolean",
            "DATE" => "date",
            "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" => "integer",
            "FLOAT" or "DOUBLE" => "number",
            _ when type.StartsWith("DECIMAL(", StringComparison.Ordinal) => "number",
            _ when type.StartsWith("TIMESTAMP", StringComparison.Ordinal) => "datetime",
            _ => "any",
        };
}
