namespace Innovation1551.Returns.Feedback;

/// <summary>The elements of a sheet in the order that the standard lays down: a program refuses a workbook in which they stand otherwise.</summary>
internal static class SheetOrder
{
    private static readonly string[] Elements =
    [
        "sheetPr",
        "dimension",
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "sheetData",
        "sheetCalcPr",
        "sheetProtection",
        "protectedRanges",
        "scenarios",
        "autoFilter",
        "sortState",
        "dataConsolidate",
        "customSheetViews",
        "mergeCells",
        "phoneticPr",
        "conditionalFormatting",
        "dataValidations",
        "hyperlinks",
        "printOptions",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "rowBreaks",
        "colBreaks",
        "customProperties",
        "cellWatches",
        "ignoredErrors",
        "smartTags",
        "drawing",
        "legacyDrawing",
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
        "AlternateContent",
    ];

    /// <summary>The elements that stand behind one.</summary>
    public static IReadOnlySet<string> Behind(string element) => Elements.SkipWhile(e => e != element).Skip(1).ToHashSet(StringComparer.Ordinal);
}
