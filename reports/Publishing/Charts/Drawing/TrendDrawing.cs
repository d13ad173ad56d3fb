using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>Charts over years or months: one plot, or panels side by side.</summary>
internal static class TrendDrawing
{
    private const float Height = 480,
        PanelGap = 26,
        PanelTitle = 26;

    public static float HeightOf(ChartScene scene) => Height;

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
        var title =
            scene.Definition.PanelTitles[index].In(language)
            + (
                unit.Length == 0 ? ""
                : language == Language.Zh ? $"（{unit}）"
                : $" ({unit})"
            );
        sheet.Text(ChartText.Fit(title, 13.5f, width, bold: true), left, top + 14, 13.5f, ChartStyle.Ink, Bound.Words(Prose.Name), bold: true);
    }

    private static string Subtitle(ChartScene scene, TrendPanel[] panels, Language language)
    {
        var broken = panels.Any(p => !p.StartsAtZero);
        var axis = broken
            ? language == Language.Zh
                ? "（纵轴不从0开始）"
                : " (axis does not start at zero)"
            : "";
        return scene.Unit.In(language) + axis;
    }

    private static List<LegendKey> Legend(ChartScene scene, Language language)
    {
        var keys = new List<LegendKey>();
        var zh = language == Language.Zh;
        var synthetic =
            scene.IsSynthetic && scene.Paths.Count + scene.Aims.Count + scene.References.Count > 0
                ? zh
                    ? "（示例数据）"
                    : " (synthetic)"
                : "";
        if (!TrendPanel.NamesDirectly(scene) && (scene.Series.Count > scene.PanelCount || synthetic.Length > 0))
        {
            var line = 0;
            foreach (var (s, i) in scene.Series.Select((s, i) => (s, i)))
                keys.Add(
                    new LegendKey(
                        s.Name.In(language) + synthetic,
                        s.Mark == Mark.Line ? KeyShape.Line : KeyShape.Box,
                        TrendPanel.ColorOf(s, i),
                        ChartStyle.Shape(s.Mark == Mark.Line ? line++ : 0),
                        Bound.Words(Prose.Name)
                    )
                );
        }

        keys.AddRange(scene.Paths.Select(p => new LegendKey(p.Name.In(language), KeyShape.Dashes, ChartStyle.Target, Bound: Bound.Target(p.Target.Id))));
        keys.AddRange(
            scene.Aims.Select(a => new LegendKey(
                Panel(a.Panel) + a.Name.In(language),
                scene.Series.Any(s => s.Value(a.Slot) is not null) ? KeyShape.Dashes : KeyShape.Diamond,
                ChartStyle.Target,
                Bound: Bound.Target(a.Target.Id)
            ))
        );
        keys.AddRange(
            scene.References.Select(r => new LegendKey(
                Panel(r.Panel) + r.Name.In(language),
                KeyShape.Diamond,
                ChartStyle.Reference,
                Bound: Bound.Target(r.Target.Id)
            ))
        );
        if (scene.Forecasts.Count > 0)
            keys.Add(new LegendKey(Wording.Projection.In(language), KeyShape.Dashes, ChartStyle.Projection));
        if (scene.HasProvisional)
            keys.Add(LegendKey.Provisional(scene, language));
        if (scene.Series.Any(s => s.Mark == Mark.Stack) && Enumerable.Range(0, scene.Slots.Count).Any(i => TrendPanel.IsIncomplete(scene, i)))
            keys.Add(new LegendKey(zh ? "† 有分项缺失或不予公布" : "† a part is missing or suppressed", KeyShape.None, ChartStyle.Ink));
        return keys;

        string Panel(int panel) => scene.PanelCount > 1 ? scene.Definition.PanelTitles[panel].In(language) + (zh ? "，" : ", ") : "";
    }
}
