using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Dissemination.Sdmx;

/// <summary>
/// The published figures as SDMX-CSV 2.0 and as a data message of SDMX-JSON 2.0, with the structure that both refer to. Each figure is an
/// observation, those without a value too; values are decimals as they stand in the release.
/// </summary>
internal static class SdmxData
{
    private const string CsvName = "figures.csv";

    private static readonly Text FewResponses = new("应答不足，不据以说明增减", "too few have reported to tell growth");

    /// <summary>A figure: its place in each dimension, its value, its attributes in the order of the structure; null for none.</summary>
    private sealed record Observation(string[] Key, string? Value, string?[] Attributes);

    /// <exception cref="DisseminationException">A file read back is not what the release has.</exception>
    public static void Write(
        DuckDBConnection release,
        Manifest manifest,
        string folder,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel
    )
    {
        var asOf = release.Scalar<string>("select strftime(as_of, '%Y-%m-%d') from published.release") is { } day
            ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : throw new DisseminationException(new($"{manifest.Id} 没有数字可发布", $"{manifest.Id} has no figures to publish"));
        var structure = SdmxStructure.Of(release, manifest);
        progress?.Report((0, 3, "structure.json"));
        DisseminationJson.Write(Path.Combine(folder, "structure.json"), SdmxStructureMessage.Of(structure, asOf));
        progress?.Report((1, 3, CsvName));
        WriteCsv(structure, Observations(release, structure, cancel), Path.Combine(folder, CsvName));
        progress?.Report((2, 3, "figures.json"));
        WriteJson(structure, Observations(release, structure, cancel), asOf, Path.Combine(folder, "figures.json"));
        Hold(release, Path.Combine(folder, CsvName));
        progress?.Report((3, 3, ""));
    }

    /// <summary>Of several flags the first that SDMX has a code for; without any the value is normal, without a value it is missing.</summary>
    private const string Status = """
        coalesce(
            (select arg_min(g.obs_status, g.sort_order) from published.flag as g where g.obs_status is not null and list_contains(string_split(flags, ';'), g.flag)),
            case when value is null then 'O' else 'A' end
        )
        """;

    private const string Confidentiality =
        "coalesce((select min(g.conf_status) from published.flag as g where list_contains(string_split(flags, ';'), g.flag)), 'F')";

    private static IEnumerable<Observation> Observations(DuckDBConnection release, SdmxStructure structure, CancellationToken cancel)
    {
        var metrics = structure.Metrics.ToDictionary(m => m.Id, StringComparer.Ordinal);
        foreach (
            var row in release.Stream(
                $"""
                select case period_kind when 'year' then 'A' else 'M' end, metric, breakdown, {SdmxStructure.MemberSql}, period, value, {Status}, stage,
                    response_percent, coverage_percent, is_synthetic, may_tell_growth, unshared_splits, {Confidentiality}, flags, imputed_percent
                from published.figure order by figure_id
                """
            )
        )
        {
            cancel.ThrowIfCancellationRequested();
            var metric = metrics[(string)row[1]!];
            yield return new(
                [.. row[..5].Select(v => (string)v!)],
                Plain(row[5]),
                [
                    (string)row[6]!,
                    (string)row[13]!,
                    (string?)row[14] is { Length: > 0 } flags ? flags : null,
                    metric.BaseUnit,
                    metric.PowerOfTen.ToString(CultureInfo.InvariantCulture),
                    metric.Decimals.ToString(CultureInfo.InvariantCulture),
                    (string?)row[7],
                    Plain(row[8]),
                    Plain(row[9]),
                    Plain(row[15]),
                    row[10] is bool synthetic ? (synthetic ? "true" : "false") : null,
                    Footnote(row[10] is true, row[5] is not null && row[11] is false, row[12] as int? ?? 0),
                ]
            );
        }
    }

    private static string? Footnote(bool synthetic, bool fewResponses, int splits)
    {
        List<Text> notes = [];
        if (synthetic)
            notes.Add(new("示例数据 synthetic", "示例数据 synthetic"));
        if (fewResponses)
            notes.Add(FewResponses);
        if (splits > 0)
            notes.Add(
                new(
                    $"比较期内有 {splits} 次分立没有划分比例，两方合并为一计",
                    $"{splits} splits without a share lie between the years compared; both sides count as one"
                )
            );
        return notes.Count == 0 ? null : string.Join("; ", notes.Select(n => n.Zh == n.En ? n.Zh : n.ToString()));
    }

    private static string? Plain(object? value) => value is decimal number ? number.ToString("0.######", CultureInfo.InvariantCulture) : null;

    private static void WriteCsv(SdmxStructure structure, IEnumerable<Observation> observations, string path)
    {
        using var csv = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\r\n" };
        csv.WriteLine(
            string.Join(
                ',',
                (string[])
                    ["STRUCTURE", "STRUCTURE_ID", "ACTION", .. structure.Dimensions.Append(structure.Measure).Concat(structure.Attributes).Select(c => c.Id)]
            )
        );
        var head = $"dataflow,{SdmxStructure.Agency}:{SdmxStructure.Dataflow}({structure.Version}),I,";
        foreach (var o in observations)
            csv.WriteLine(head + string.Join(',', o.Key.Append(o.Value).Concat(o.Attributes).Select(v => CsvText.Quoted(v ?? ""))));
    }

    private static void WriteJson(SdmxStructure structure, IEnumerable<Observation> observations, DateOnly asOf, string path)
    {
        var periods = structure.Periods.Select((p, i) => (p, i)).ToDictionary(p => p.p, p => p.i, StringComparer.Ordinal);
        var ofFigure = structure.Attributes.Select((a, i) => (Attribute: a, Place: i)).Where(a => !a.Attribute.IsOfMetric).ToList();
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new() { Encoder = DisseminationJson.Encoder });
        json.WriteStartObject();
        json.WritePropertyName("meta");
        SdmxStructureMessage.Meta(structure.Manifest, "data", asOf).WriteTo(json);
        json.WriteStartObject("data");
        json.WritePropertyName("structures");
        new JsonArray(Structure(structure)).WriteTo(json);
        json.WriteStartArray("dataSets");
        json.WriteStartObject();
        json.WriteNumber("structure", 0);
        json.WriteString("action", "Information");
        json.WritePropertyName("links");
        new JsonArray(new JsonObject { ["urn"] = SdmxStructureMessage.DataflowUrn(structure), ["rel"] = "dataflow" }).WriteTo(json);
        json.WriteStartObject("dimensionGroupAttributes");
        var places = structure.Attributes.ToDictionary(a => a.Id, a => a.Places, StringComparer.Ordinal);
        foreach (var (metric, place) in structure.Metrics.Select((m, i) => (m, i)))
        {
            // The second of five dimensions; the others may be any.
            json.WriteStartArray($":{place.ToString(CultureInfo.InvariantCulture)}:::");
            json.WriteNumberValue(places["UNIT_MEASURE"][metric.BaseUnit]);
            json.WriteNumberValue(places["UNIT_MULT"][metric.PowerOfTen.ToString(CultureInfo.InvariantCulture)]);
            json.WriteNumberValue(metric.Decimals);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteStartObject("observations");
        foreach (var o in observations)
        {
            json.WriteStartArray(string.Join(':', structure.Dimensions.Select((d, i) => (d.Codes is null ? periods : d.Places)[o.Key[i]])));
            Raw(o.Value);
            foreach (var (attribute, place) in ofFigure)
                if (o.Attributes[place] is { } value && attribute.Codes is not null)
                    json.WriteNumberValue(attribute.Places[value]);
                else if (o.Attributes[place] is { } text && attribute.DataType == "String")
                    json.WriteStringValue(text);
                else
                    Raw(o.Attributes[place]);
            json.WriteEndArray();
            // What is written is not kept: there may be millions.
            if (json.BytesPending > 1 << 20)
                json.Flush();
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();

        void Raw(string? number)
        {
            if (number is null)
                json.WriteNullValue();
            else
                json.WriteRawValue(number);
        }
    }

    private static JsonObject Structure(SdmxStructure structure)
    {
        return new()
        {
            ["links"] = new JsonArray(new JsonObject { ["urn"] = SdmxStructureMessage.DataStructureUrn(structure), ["rel"] = "datastructure" }),
            ["dataSets"] = new JsonArray(0),
            ["dimensions"] = new JsonObject
            {
                ["observation"] = DisseminationJson.Array(
                    structure.Dimensions.Select(
                        (d, i) =>
                        {
                            var dimension = Component(d);
                            dimension["keyPosition"] = i;
                            dimension["values"] ??= DisseminationJson.Array(structure.Periods.Select(p => new JsonObject { ["value"] = p }));
                            return dimension;
                        }
                    )
                ),
            },
            ["measures"] = new JsonObject { ["observation"] = new JsonArray(Component(structure.Measure)) },
            ["attributes"] = new JsonObject { ["dimensionGroup"] = Attributes(true), ["observation"] = Attributes(false) },
        };

        JsonArray Attributes(bool ofMetric) =>
            DisseminationJson.Array(
                structure
                    .Attributes.Where(a => a.IsOfMetric == ofMetric)
                    .Select(a =>
                    {
                        var attribute = Component(a);
                        attribute["relationship"] = SdmxStructureMessage.Relationship(a);
                        return attribute;
                    })
            );

        static JsonObject Component(SdmxComponent component)
        {
            var made = SdmxStructureMessage.Name(new() { ["id"] = component.Id }, component.Name);
            if (component.Codes is { } list)
                made["values"] = DisseminationJson.Array(list.Codes.Select(c => SdmxStructureMessage.Name(new() { ["id"] = c.Id }, c.Name)));
            else
                made["format"] = new JsonObject { ["dataType"] = component.DataType };
            return made;
        }
    }

    /// <summary>Each figure by its key, value and status, and how many there are.</summary>
    private static void Hold(DuckDBConnection release, string csv)
    {
        using var reader = new DuckDBConnection("DataSource=:memory:");
        reader.Open();
        const string total =
            "select cast(count(*) as varchar) || ' ' || cast(sum(cast(hash(metric, breakdown, member, period, value, status) as hugeint)) as varchar)";
        var wanted = release.Scalar<string>(
            $"{total} from (select metric, breakdown, {SdmxStructure.MemberSql} as member, period, value, {Status} as status from published.figure)"
        );
        var found = reader.Scalar<string>(
            $"""
            {total} from (
                select METRIC as metric, BREAKDOWN as breakdown, CATEGORY as member, TIME_PERIOD as period, cast(OBS_VALUE as decimal(28, 6)) as value, OBS_STATUS as status
                from read_csv({Sql.Literal(csv)}, header = true, all_varchar = true))
            """
        );
        if (wanted != found)
            throw new DisseminationException(
                new(
                    $"{CsvName} 读回后与发布版本不符（{found}，应为 {wanted}），没有发布；请检查磁盘后重试",
                    $"{CsvName} read back differs from the release ({found} for {wanted}); nothing was published: check the disk and try again"
                )
            );
    }
}
