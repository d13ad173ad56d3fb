using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Innovation1551.Specs.Dissemination;

/// <summary>
/// What the schemas of SDMX-JSON 2.0.0 (data and structure message) and the field guide of SDMX-CSV 2.0 demand, written as rules: the schemas
/// themselves are in no package that a build can fetch. Names in quotes are those of the schemas.
/// </summary>
[Collection(PublishedDataCollection.Name)]
public sealed class SdmxSpecs(PublishedData data)
{
    private const string IdType = "^[A-Za-z0-9_@$-]+$",
        NcNameId = "^[A-Za-z][A-Za-z0-9_-]*$",
        Urn = @"^urn:sdmx:org\.sdmx\.infomodel\.[a-z]+\.[A-Za-z]+=[A-Za-z][A-Za-z0-9_.-]*:[A-Za-z0-9_@$-]+\(\d+\.\d+\.\d+\)(\.[A-Za-z0-9_@$-]+)?$";

    [Fact]
    public void The_structure_message_is_as_the_standard_wants_it_and_every_reference_in_it_leads_somewhere()
    {
        using var message = JsonDocument.Parse(File.ReadAllBytes(data.Sdmx("structure.json")));
        Head(message.RootElement);
        var content = message.RootElement.GetProperty("data");
        var urns = new HashSet<string>(StringComparer.Ordinal);
        foreach (
            var (collection, kind) in new[]
            {
                ("dataflows", "datastructure.Dataflow"),
                ("dataStructures", "datastructure.DataStructure"),
                ("conceptSchemes", "conceptscheme.ConceptScheme"),
                ("codelists", "codelist.Codelist"),
            }
        )
        foreach (var artefact in content.GetProperty(collection).EnumerateArray())
        {
            // "MaintainableType"
            Named(artefact, NcNameId);
            Assert.Matches(NcNameId, Text(artefact, "agencyID"));
            Assert.Matches(@"^\d+\.\d+\.\d+$", Text(artefact, "version"));
            var of = $"{Text(artefact, "agencyID")}:{Text(artefact, "id")}({Text(artefact, "version")})";
            Assert.True(urns.Add($"urn:sdmx:org.sdmx.infomodel.{kind}={of}"));
            if (collection == "conceptSchemes")
                foreach (var concept in artefact.GetProperty("concepts").EnumerateArray())
                {
                    Named(concept, NcNameId);
                    Assert.True(urns.Add($"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={of}.{Text(concept, "id")}"));
                }
        }
        foreach (var list in content.GetProperty("codelists").EnumerateArray())
        {
            var codes = list.GetProperty("codes").EnumerateArray().ToDictionary(c => Text(c, "id"), StringComparer.Ordinal);
            Assert.NotEmpty(codes);
            foreach (var (id, code) in codes)
            {
                Named(code, IdType);
                // No code is above itself, by whatever way.
                var (above, steps) = (code, 0);
                while (above.TryGetProperty("parent", out var parent))
                {
                    Assert.True(++steps < codes.Count, $"{id} is above itself");
                    above = codes[parent.GetString()!];
                }
            }
        }
        Assert.Contains(Text(content.GetProperty("dataflows")[0], "structure"), urns);
        var components = content.GetProperty("dataStructures")[0].GetProperty("dataStructureComponents");
        var dimensions = components.GetProperty("dimensionList").GetProperty("dimensions").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, dimensions.Count), dimensions.Select(d => d.GetProperty("position").GetInt32()));
        var time = components.GetProperty("dimensionList").GetProperty("timeDimension");
        Assert.Equal("TIME_PERIOD", Text(time, "id"));
        var attributes = components.GetProperty("attributeList").GetProperty("attributes").EnumerateArray().ToList();
        Assert.Equal(
            ["DimensionDescriptor", "MeasureDescriptor", "AttributeDescriptor"],
            ((string[])["dimensionList", "measureList", "attributeList"]).Select(l => Text(components.GetProperty(l), "id"))
        );
        foreach (
            var component in dimensions.Append(time).Concat(components.GetProperty("measureList").GetProperty("measures").EnumerateArray()).Concat(attributes)
        )
        {
            Assert.Matches(NcNameId, Text(component, "id"));
            Assert.Matches(Urn, Text(component, "conceptIdentity"));
            Assert.Contains(Text(component, "conceptIdentity"), urns);
            var representation = component.GetProperty("localRepresentation");
            if (representation.TryGetProperty("enumeration", out var list))
                Assert.Contains(list.GetString()!, urns);
            else
                Assert.Contains(
                    Text(representation.GetProperty("format"), "dataType"),
                    (string[])["ObservationalTimePeriod", "Decimal", "Integer", "Boolean", "String"]
                );
        }
        foreach (var attribute in attributes)
        {
            Assert.Contains(Text(attribute, "usage"), (string[])["mandatory", "optional"]);
            Relationship(attribute.GetProperty("attributeRelationship"), dimensions);
        }
    }

    [Fact]
    public void The_data_message_is_as_the_standard_wants_it_and_every_index_leads_somewhere()
    {
        using var message = JsonDocument.Parse(File.ReadAllBytes(data.Sdmx("figures.json")));
        Head(message.RootElement);
        var structure = Assert.Single(message.RootElement.GetProperty("data").GetProperty("structures").EnumerateArray());
        Links(structure);
        var dimensions = structure.GetProperty("dimensions").GetProperty("observation").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, dimensions.Count), dimensions.Select(d => d.GetProperty("keyPosition").GetInt32()));
        foreach (var dimension in dimensions)
        {
            Named(dimension, NcNameId);
            Values(dimension);
        }
        var measure = Assert.Single(structure.GetProperty("measures").GetProperty("observation").EnumerateArray());
        Named(measure, NcNameId);
        var (ofMetric, ofFigure) = (Attributes("dimensionGroup"), Attributes("observation"));
        var set = Assert.Single(message.RootElement.GetProperty("data").GetProperty("dataSets").EnumerateArray());
        Assert.Equal((0, "Information"), (set.GetProperty("structure").GetInt32(), Text(set, "action")));
        Links(set);
        var sizes = dimensions.Select(d => d.GetProperty("values").GetArrayLength()).ToList();
        foreach (var group in set.GetProperty("dimensionGroupAttributes").EnumerateObject())
        {
            Assert.Matches("^([0-9]+(:[0-9]*)*)|((:[0-9]*)*(:[0-9]+)+(:[0-9]*)*)$", group.Name);
            Assert.Equal(dimensions.Count - 1, group.Name.Count(c => c == ':'));
            Assert.InRange(int.Parse(group.Name.Trim(':'), CultureInfo.InvariantCulture), 0, sizes[1] - 1);
            Of(ofMetric, [.. group.Value.EnumerateArray()]);
            // "dimensionGroupAttributes": "minimum": 0, so that what may be negative is a code.
            Assert.All(group.Value.EnumerateArray(), v => Assert.True(v.GetInt32() >= 0));
        }
        Assert.Equal(sizes[1], set.GetProperty("dimensionGroupAttributes").EnumerateObject().Count());
        var observations = 0;
        foreach (var observation in set.GetProperty("observations").EnumerateObject())
        {
            observations++;
            var key = observation.Name.Split(':').Select(i => int.Parse(i, NumberStyles.None, CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(sizes.Count, key.Count);
            for (var i = 0; i < key.Count; i++)
                Assert.InRange(key[i], 0, sizes[i] - 1);
            var values = observation.Value.EnumerateArray().ToList();
            Assert.Contains(values[0].ValueKind, (JsonValueKind[])[JsonValueKind.Number, JsonValueKind.Null]);
            Of(ofFigure, values[1..]);
        }
        Assert.Equal(data.Release.Manifest.Tables["published.figure"], observations);

        List<JsonElement> Attributes(string level)
        {
            var attributes = structure.GetProperty("attributes").GetProperty(level).EnumerateArray().ToList();
            foreach (var attribute in attributes)
            {
                Named(attribute, NcNameId);
                Relationship(attribute.GetProperty("relationship"), dimensions);
                if (attribute.TryGetProperty("values", out _))
                    Values(attribute);
            }
            return attributes;
        }

        static void Of(List<JsonElement> attributes, List<JsonElement> values)
        {
            Assert.Equal(attributes.Count, values.Count);
            foreach (var (attribute, value) in attributes.Zip(values).Where(p => p.Second.ValueKind != JsonValueKind.Null))
                if (attribute.TryGetProperty("values", out var codes))
                    Assert.InRange(value.GetInt32(), 0, codes.GetArrayLength() - 1);
                else
                    Assert.Contains(value.ValueKind, (JsonValueKind[])[JsonValueKind.Number, JsonValueKind.String, JsonValueKind.True, JsonValueKind.False]);
        }
    }

    [Fact]
    public void The_csv_has_the_columns_of_the_structure_and_no_two_rows_of_one_key()
    {
        using var message = JsonDocument.Parse(File.ReadAllBytes(data.Sdmx("structure.json")));
        var components = message.RootElement.GetProperty("data").GetProperty("dataStructures")[0].GetProperty("dataStructureComponents");
        var lines = File.ReadAllText(data.Sdmx("figures.csv")).Split("\r\n");
        Assert.Equal("", lines[^1]);
        Assert.Equal(
            [
                "STRUCTURE",
                "STRUCTURE_ID",
                "ACTION",
                .. components.GetProperty("dimensionList").GetProperty("dimensions").EnumerateArray().Select(d => Text(d, "id")),
                "TIME_PERIOD",
                .. components.GetProperty("measureList").GetProperty("measures").EnumerateArray().Select(m => Text(m, "id")),
                .. components.GetProperty("attributeList").GetProperty("attributes").EnumerateArray().Select(a => Text(a, "id")),
            ],
            lines[0].Split(',')
        );
        var rows = lines[1..^1].Select(l => l.Split(',')).ToList();
        Assert.All(rows, r => Assert.Matches(@"^[A-Za-z][A-Za-z0-9_-]*:[A-Za-z0-9_@$-]+\(\d+\.\d+\.\d+\)$", r[1]));
        Assert.Equal(rows.Count, rows.Select(r => string.Join(',', r[3..8])).Distinct().Count());
        Assert.All(rows, r => Assert.Matches(@"^\d{4}(-(0[1-9]|1[0-2]))?$", r[7]));
        // A value where there is one, and a status that says so where there is none.
        Assert.All(rows, r => Assert.Equal(r[8].Length == 0, r[9] is "O" or "Q"));
        Assert.All(rows.Where(r => r[8].Length > 0), r => Assert.Matches(@"^-?\d+(\.\d{1,6})?$", r[8]));
        Assert.Contains(
            rows,
            r => r[4] == "rd_expense" && r[10] == "F" && r[12] == "CNY" && r[13] == "4" && r[^1].Contains("示例数据 synthetic", StringComparison.Ordinal)
        );
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>"meta": what a message is and who sends it, at no hour of any clock.</summary>
    private void Head(JsonElement message)
    {
        var meta = message.GetProperty("meta");
        Assert.Equal(data.Release.Manifest.Id, Text(meta, "id"));
        Assert.Matches(IdType, Text(meta, "id"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT00:00:00Z$", Text(meta, "prepared"));
        Assert.True(meta.GetProperty("test").GetBoolean());
        Assert.Matches(IdType, Text(meta.GetProperty("sender"), "id"));
        Assert.Equal(["zh", "en"], meta.GetProperty("contentLanguages").EnumerateArray().Select(l => l.GetString()));
        Assert.Contains("示例数据 synthetic", Text(meta, "name"), StringComparison.Ordinal);
    }

    /// <summary>"NameableType": an identifier, a name, and the name in both languages.</summary>
    private static void Named(JsonElement thing, string id)
    {
        Assert.Matches(id, Text(thing, "id"));
        Assert.NotEmpty(Text(thing, "name"));
        Assert.Equal(["zh", "en"], thing.GetProperty("names").EnumerateObject().Select(n => n.Name));
        Assert.All(thing.GetProperty("names").EnumerateObject(), n => Assert.NotEmpty(n.Value.GetString()!));
    }

    /// <summary>"dimValues" and "compValues": codes with names or plain values, never both, each once.</summary>
    private static void Values(JsonElement component)
    {
        var values = component.GetProperty("values").EnumerateArray().ToList();
        Assert.NotEmpty(values);
        foreach (var value in values)
            // A number would be an integer and a number, and a value is one of them.
            if (value.TryGetProperty("value", out var plain))
                Assert.Equal((JsonValueKind.String, false), (plain.ValueKind, value.TryGetProperty("id", out _)));
            else
                Named(value, IdType);
        Assert.Equal(values.Count, values.Select(v => v.GetRawText()).Distinct().Count());
    }

    /// <summary>"AttributeRelationshipType": one of the ways to hang on something, with dimensions that there are.</summary>
    private static void Relationship(JsonElement relationship, List<JsonElement> dimensions)
    {
        var way = Assert.Single(relationship.EnumerateObject());
        if (way.Name == "dimensions")
            Assert.All(way.Value.EnumerateArray(), d => Assert.Contains(d.GetString(), dimensions.Select(x => Text(x, "id"))));
        else
            Assert.Equal(("observation", 0), (way.Name, way.Value.EnumerateObject().Count()));
    }

    private static void Links(JsonElement thing)
    {
        var link = Assert.Single(thing.GetProperty("links").EnumerateArray());
        Assert.Matches(Urn, Text(link, "urn"));
        Assert.Contains(Text(link, "rel"), (string[])["dataflow", "datastructure"]);
    }
}
