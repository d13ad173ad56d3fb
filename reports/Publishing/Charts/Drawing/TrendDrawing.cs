using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>Charts over years or months: one plot, or panels side by side.</summary>
internal static class TrendDrawing
{
    private const float Height = 480, PanelGap = 26, PanelTitle = 26;

    public static float HeightOf(ChartScene scene) => Height + (scene.Series.Count > 4 ? 24 : 0);

    public static void Draw(ChartSheet sheet, ChartScene scene, Language language, float height)
    {
        var panels = Enumerable.Range(0, scene.PanelCount).Select(i => new TrendPanel(scene, i, language)).ToArray();
        var area = new ChartFrame(scene, language).Draw(sheet, height, Legend(scene, language), Subtitle(scene, panels, language));
        var width = (area.Width - PanelGap * (panels.Length - 1)) / panels.Length;
        for (var i = 0; i < panels.Length; i++)
        {
            var left = area.Left + i * (width + PanelGap);
            var top = area.Top;
            if (panels.Length > 1)
            {
                DrawPanelTitle(sheet, scene, panels[i], i, language, left, top, width);
                top += PanelTitle;
            }

            panels[i].Draw(sheet, new SKRect(left, top, left + width, area.Bottom));
        }
    }

    private static void DrawPanelTitle(ChartSheet sheet, ChartScene scene, TrendPanel panel, int index, Language language, float left, float top, float width)
    {
        var unit = panel.Series.Length > 0 ? panel.Series[0].Show.Unit.In(language) : "";
        var title = scene.Definition.PanelTitles[index].In(language) + (unit.Length == 0 ? "" : language == Language.Zh ? $"（{unit}）" : $" ({unit})");
        sheet.Text(ChartText.Fit(title, 13.5f, width, bold: true), left, top + 14, 13.5f, ChartStyle.Ink, bold: true);
    }

    private static string Subtitle(ChartScene scene, TrendPanel[] panels, Language language)
    {
        var broken = panels.Any(p => !p.LeftStartsAtZero);
        var axis = broken ? language == Language.Zh ? "（纵轴不从0开始）" : " (axis does not start at zero)" : "";
        return scene.Unit.In(language) + axis;
    }

    /// <summary>Is there a column some of whose parts have no value? Its height is then less than the whole, and that must be said.</summary>
    private static bool HasIncompleteStack(ChartScene scene)
    {
        var parts = scene.Series.Where(s => s.Mark == Mark.Stack).ToArray();
        return Enumerable.Range(0, scene.Slots.Count).Any(i => parts.Any(p => p.Value(i) is null) && parts.Any(p => p.Value(i) is not null));
    }

    private static List<LegendKey> Legend(ChartScene scene, Language language)
    {
        var keys = new List<LegendKey>();
        var data = scene.Series.Select((s, i) => (Series: s, Index: i)).ToArray();
        if (data.Length > scene.PanelCount || data.Length > 1 && scene.PanelCount == 1 || scene.Paths.Count + scene.References.Count > 0)
        {
            var line = 0;
            foreach (var (s, i) in data)
                keys.Add(new LegendKey(s.Name.In(language) + (scene.IsSynthetic && scene.References.Count > 0 ? language == Language.Zh ? "（示例数据）" : " (synthetic)" : ""),
                    s.Mark == Mark.Line ? KeyShape.Line : KeyShape.Box, ChartStyle.Of(scene, i), ChartStyle.Shape(s.Mark == Mark.Line ? line++ : 0)));
        }

        keys.AddRange(scene.Paths.Select(p => new LegendKey(p.Name.In(language), KeyShape.Dashes, ChartStyle.Target)));
        keys.AddRange(scene.References.Select(r => new LegendKey((scene.PanelCount > 1 ? scene.Definition.PanelTitles[r.Panel].In(language) + (language == Language.Zh ? "，" : ", ") : "") + r.Name.In(language), KeyShape.Diamond, ChartStyle.Reference)));
        if (scene.HasProvisional)
            keys.Add(scene.Series.Any(s => s.Mark == Mark.Stack)
                ? new LegendKey($"{FigureText.ProvisionalMark} = {Wording.Provisional.In(language)}", KeyShape.None, ChartStyle.Axis)
                : new LegendKey(Wording.Provisional.In(language), scene.Series.Any(s => s.Mark == Mark.Column) ? KeyShape.HollowBox : KeyShape.HollowMarker, ChartStyle.Of(scene, 0)));
        if (HasIncompleteStack(scene))
            keys.Add(new LegendKey(language == Language.Zh ? "† = 有分项缺失或不予公布" : "† = a part is missing or suppressed", KeyShape.None, ChartStyle.Axis));
        return keys;
    }
}
