using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Innovation1551.Returns.Writing;

/// <summary>How the sheets that we make are printed, and how wide their columns are.</summary>
internal static class SheetPaper
{
    /// <summary>Sizes of paper as the standard numbers them.</summary>
    public const uint A3 = 8,
        A4 = 9;

    /// <summary>Margins and page, sideways, so many pages across and as many down as it takes.</summary>
    public static OpenXmlElement[] Landscape(uint paper, uint across = 1) =>
        [
            new PageMargins
            {
                Left = 0.4,
                Right = 0.4,
                Top = 0.5,
                Bottom = 0.5,
                Header = 0.3,
                Footer = 0.3,
            },
            new PageSetup
            {
                PaperSize = paper,
                Orientation = OrientationValues.Landscape,
                FitToWidth = across,
                FitToHeight = 0,
            },
        ];

    /// <summary>Columns of these widths in characters.</summary>
    public static Columns Columns(IReadOnlyList<double> widths) =>
        new(
            widths.Select(
                (w, i) =>
                    new Column
                    {
                        Min = (uint)i + 1,
                        Max = (uint)i + 1,
                        Width = w,
                        CustomWidth = true,
                    }
            )
        );

    /// <summary>Room for the longest text of a row when it is wrapped; a Chinese character is two wide. Not every program works it out.</summary>
    public static double Height(IReadOnlyList<string> texts, IReadOnlyList<double> widths) =>
        Math.Min(
            400,
            16
                * texts
                    .Select((t, i) => t.Split('\n').Sum(l => Math.Max(1, Math.Ceiling(l.Sum(c => c < 0x2E80 ? 1.1 : 2.1) / widths[i]))))
                    .DefaultIfEmpty(1)
                    .Max()
                + 4
        );
}
