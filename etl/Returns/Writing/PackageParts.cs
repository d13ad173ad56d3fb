using System.Text;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.CustomProperties;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.VariantTypes;

namespace Innovation1551.Returns.Writing;

/// <summary>The parts of a workbook that are not sheets: what the package holds, how its parts relate, what it says of itself.</summary>
internal static class PackageParts
{
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/";
    private const string Main = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /// <summary>The format id that the standard lays down for custom properties.</summary>
    private const string CustomPropertySet = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";

    public static byte[] ContentTypes(int sheets, bool synthetic)
    {
        XNamespace ns = Package + "content-types";
        var types = new XElement(
            ns + "Types",
            new XElement(
                ns + "Default",
                new XAttribute("Extension", "rels"),
                new XAttribute("ContentType", "application/vnd.openxmlformats-package.relationships+xml")
            ),
            new XElement(ns + "Default", new XAttribute("Extension", "xml"), new XAttribute("ContentType", "application/xml"))
        );
        void Override(string part, string type) =>
            types.Add(new XElement(ns + "Override", new XAttribute("PartName", part), new XAttribute("ContentType", type)));
        Override("/xl/workbook.xml", Main + "sheet.main+xml");
        Override("/xl/styles.xml", Main + "styles+xml");
        Override("/xl/sharedStrings.xml", Main + "sharedStrings+xml");
        for (var i = 1; i <= sheets; i++)
            Override($"/xl/worksheets/sheet{i}.xml", Main + "worksheet+xml");
        Override("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        if (synthetic)
            Override("/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml");
        return Bytes(types);
    }

    public static byte[] RootRelations(bool synthetic)
    {
        List<(string, string)> relations =
        [
            (Office + "officeDocument", "xl/workbook.xml"),
            (Package + "relationships/metadata/core-properties", "docProps/core.xml"),
        ];
        if (synthetic)
            relations.Add((Office + "custom-properties", "docProps/custom.xml"));
        return Relations(relations);
    }

    public static byte[] WorkbookRelations(int sheets) =>
        Relations([
            .. Enumerable.Range(1, sheets).Select(i => (Office + "worksheet", $"worksheets/sheet{i}.xml")),
            (Office + "styles", "styles.xml"),
            (Office + "sharedStrings", "sharedStrings.xml"),
        ]);

    public static byte[] Workbook(IReadOnlyList<string> names) =>
        Part(
            new Workbook(
                new DocumentFormat.OpenXml.Spreadsheet.Sheets(
                    names.Select(
                        (name, i) =>
                            new DocumentFormat.OpenXml.Spreadsheet.Sheet
                            {
                                Name = name,
                                SheetId = (uint)i + 1,
                                Id = $"rId{i + 1}",
                            }
                    )
                )
            )
        );

    public static byte[] CoreProperties(ReturnHeader header)
    {
        XNamespace cp = Package + "metadata/core-properties",
            dc = "http://purl.org/dc/elements/1.1/";
        return Bytes(
            new XElement(
                cp + "coreProperties",
                new XAttribute(XNamespace.Xmlns + "cp", cp.NamespaceName),
                new XAttribute(XNamespace.Xmlns + "dc", dc.NamespaceName),
                new XElement(dc + "title", $"{header.ReporterName} {header.Period}"),
                new XElement(dc + "creator", "Innovation1551.Analytics"),
                header.Synthetic ? new XElement(cp + "keywords", SheetLayout.SyntheticMark) : null,
                header.Synthetic ? new XElement(dc + "description", SheetLayout.SyntheticMark) : null
            )
        );
    }

    public static byte[] SyntheticProperty() =>
        Part(
            new Properties(
                new CustomDocumentProperty(new VTBool("true"))
                {
                    FormatId = CustomPropertySet,
                    PropertyId = 2,
                    Name = "synthetic",
                }
            )
        );

    /// <summary>The bytes of a part given as the standard's own types.</summary>
    public static byte[] Part(OpenXmlElement root)
    {
        var buffer = new MemoryStream();
        using (var writer = new OpenXmlPartWriter(buffer, new UTF8Encoding(false)))
        {
            writer.WriteStartDocument(standalone: true);
            writer.WriteElement(root);
        }
        return buffer.ToArray();
    }

    /// <summary>The relations of a sheet: files outside the workbook that its cells lead to, numbered from 1.</summary>
    public static byte[] Links(IReadOnlyList<string> targets) => Relations([.. targets.Select(t => (Office + "hyperlink", t))], outside: true);

    private static byte[] Relations(IReadOnlyList<(string Type, string Target)> relations, bool outside = false)
    {
        XNamespace ns = Package + "relationships";
        return Bytes(
            new XElement(
                ns + "Relationships",
                relations.Select(
                    (relation, i) =>
                        new XElement(
                            ns + "Relationship",
                            new XAttribute("Id", $"rId{i + 1}"),
                            new XAttribute("Type", relation.Type),
                            new XAttribute("Target", relation.Target),
                            outside ? new XAttribute("TargetMode", "External") : null
                        )
                )
            )
        );
    }

    /// <summary>On one line: an indented document would take the machine's line ends.</summary>
    private static byte[] Bytes(XElement root) =>
        Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="utf-8" standalone="yes"?>""" + root.ToString(SaveOptions.DisableFormatting));
}
