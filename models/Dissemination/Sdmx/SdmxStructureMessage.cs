using System.Globalization;
using System.Text.Json.Nodes;
using Innovation1551.Models.Releases;

namespace Innovation1551.Models.Dissemination.Sdmx;

/// <summary>The structure message of SDMX-JSON 2.0: dataflow, data structure definition, concepts and code lists, named in Chinese and English.</summary>
internal static class SdmxStructureMessage
{
    private const string Concepts = "CS_FIGURES",
        Dsd = "DSD_FIGURES";

    public static JsonObject Of(SdmxStructure structure, DateOnly asOf) =>
        new()
        {
            ["meta"] = Meta(structure.Manifest, "structure", asOf),
            ["data"] = new JsonObject
            {
                ["dataflows"] = new JsonArray(Dataflow(structure)),
                ["dataStructures"] = new JsonArray(DataStructure(structure)),
                ["conceptSchemes"] = new JsonArray(ConceptScheme(structure)),
                ["codelists"] = DisseminationJson.Array(structure.Codelists.Select(l => Codelist(structure, l))),
            },
        };

    /// <summary>The head of a message. The time of its making is the day of the data: the same figures make the same file at any hour.</summary>
    public static JsonObject Meta(Manifest manifest, string message, DateOnly asOf)
    {
        var meta = new JsonObject
        {
            ["schema"] = $"https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/{message}-message/tools/schemas/2.0.0/sdmx-json-{message}-schema.json",
            ["id"] = manifest.Id,
            ["test"] = manifest.IsSynthetic,
            ["prepared"] = asOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z",
            ["contentLanguages"] = DisseminationJson.Texts(["zh", "en"]),
            ["sender"] = Name(new() { ["id"] = SdmxStructure.Agency }, new("科技创新统计", "Innovation1551.Analytics")),
        };
        return Name(meta, DataPackage.Title(manifest));
    }

    public static string DataflowUrn(SdmxStructure structure) => structure.Urn("datastructure", "Dataflow", SdmxStructure.Dataflow);

    public static string DataStructureUrn(SdmxStructure structure) => structure.Urn("datastructure", "DataStructure", Dsd);

    /// <summary>Adds a name in the language that the reader is taken to have, and in both.</summary>
    public static JsonObject Name(JsonObject thing, Text name)
    {
        thing["name"] = name.Zh;
        thing["names"] = Both(name);
        return thing;
    }

    private static JsonObject Both(Text text) => new() { ["zh"] = text.Zh, ["en"] = text.En };

    private static JsonObject Maintained(SdmxStructure structure, string id, Text name) =>
        Name(
            new()
            {
                ["id"] = id,
                ["agencyID"] = SdmxStructure.Agency,
                ["version"] = structure.Version,
            },
            name
        );

    private static JsonObject Dataflow(SdmxStructure structure)
    {
        var flow = Maintained(structure, SdmxStructure.Dataflow, DataPackage.Title(structure.Manifest));
        flow["structure"] = DataStructureUrn(structure);
        return flow;
    }

    private static JsonObject DataStructure(SdmxStructure structure)
    {
        var dsd = Maintained(structure, Dsd, new("发布数字的结构", "Structure of the published figures"));
        dsd["dataStructureComponents"] = new JsonObject
        {
            ["dimensionList"] = new JsonObject
            {
                ["id"] = "DimensionDescriptor",
                ["dimensions"] = DisseminationJson.Array(
                    structure
                        .Dimensions.SkipLast(1)
                        .Select(
                            (d, i) =>
                            {
                                var dimension = Component(structure, d);
                                dimension["position"] = i;
                                return dimension;
                            }
                        )
                ),
                ["timeDimension"] = Component(structure, structure.Dimensions[^1]),
            },
            ["measureList"] = new JsonObject { ["id"] = "MeasureDescriptor", ["measures"] = new JsonArray(Component(structure, structure.Measure)) },
            ["attributeList"] = new JsonObject
            {
                ["id"] = "AttributeDescriptor",
                ["attributes"] = DisseminationJson.Array(
                    structure.Attributes.Select(a =>
                    {
                        var attribute = Component(structure, a);
                        attribute["usage"] = a.Id is "OBS_STATUS" or "UNIT_MEASURE" ? "mandatory" : "optional";
                        attribute["attributeRelationship"] = Relationship(a);
                        return attribute;
                    })
                ),
            },
        };
        return dsd;
    }

    /// <summary>Whether an attribute varies with the metric or with the figure.</summary>
    public static JsonObject Relationship(SdmxComponent attribute) =>
        attribute.IsOfMetric ? new() { ["dimensions"] = DisseminationJson.Texts(["METRIC"]) } : new() { ["observation"] = new JsonObject() };

    private static JsonObject Component(SdmxStructure structure, SdmxComponent component) =>
        new()
        {
            ["id"] = component.Id,
            ["conceptIdentity"] = structure.Urn("conceptscheme", "Concept", Concepts) + "." + component.Id,
            ["localRepresentation"] = component.Codes is { } list
                ? new JsonObject { ["enumeration"] = structure.Urn("codelist", "Codelist", list.Id) }
                : new JsonObject { ["format"] = new JsonObject { ["dataType"] = component.DataType } },
        };

    private static JsonObject ConceptScheme(SdmxStructure structure)
    {
        var scheme = Maintained(structure, Concepts, new("发布数字的概念", "Concepts of the published figures"));
        scheme["concepts"] = DisseminationJson.Array(
            structure.Dimensions.Append(structure.Measure).Concat(structure.Attributes).Select(c => Name(new() { ["id"] = c.Id }, c.Name))
        );
        return scheme;
    }

    private static JsonObject Codelist(SdmxStructure structure, SdmxCodelist list)
    {
        var made = Maintained(structure, list.Id, list.Name);
        made["codes"] = DisseminationJson.Array(
            list.Codes.Select(c =>
            {
                var code = Name(new() { ["id"] = c.Id }, c.Name);
                if (c.Description is { } description)
                {
                    code["description"] = description.Zh;
                    code["descriptions"] = Both(description);
                }
                if (c.Parent is { } parent)
                    code["parent"] = parent;
                return code;
            })
        );
        return made;
    }
}
