using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>
/// How wide each slot of the axis is: a slot with figures takes one part, one with nothing but a target somewhat less, an empty one
/// little. Empty years stay visible as such and do not take a third of the picture.
/// </summary>
internal sealed class SlotWidths
{
    private const double TargetOnly = 0.7,
        Empty = 0.38;
    private readonly double[] _ends;

    public SlotWidths(ChartScene scene)
    {
        _ends = new double[scene.Slots.Count];
        var at = 0.0;
        for (var i = 0; i < _ends.Length; i++)
            _ends[i] = at += Width(scene, i);
    }

    public int Count => _ends.Length;

    /// <summary>Parts in all.</summary>
    public double Total => _ends.Length == 0 ? 1 : _ends[^1];

    /// <summary>Where slots begin and end, in parts from the left.</summary>
    public double Start(int slot) => slot == 0 ? 0 : _ends[slot - 1];

    public double End(int slot) => _ends[slot];

    public double Of(int slot) => End(slot) - Start(slot);

    /// <summary>A place on the axis in parts; between two slots it lies on the way from middle to middle.</summary>
    public double At(double slot)
    {
        var low = Math.Clamp((int)Math.Floor(slot), 0, _ends.Length - 1);
        var high = Math.Min(low + 1, _ends.Length - 1);
        return Middle(low) + (slot - low) * (slot < low ? Of(low) : Middle(high) - Middle(low));

        double Middle(int i) => (Start(i) + End(i)) / 2;
    }

    private static double Width(ChartScene scene, int slot)
    {
        if (scene.SlotKind != SlotKind.Years || scene.Series.Any(s => s.Value(slot) is not null))
            return 1;
        if (scene.Forecasts.Any(f => f.Points.Any(p => p.Slot == slot)))
            return 1;
        return scene.Paths.Any(p => p.Points.Any(v => v.Slot == slot)) || scene.Aims.Any(a => a.Slot == slot) ? TargetOnly : Empty;
    }
}

/// <summary>Where a slot and a value lie on the picture: the one place where a decimal becomes a pixel.</summary>
internal sealed record PlotMap(SKRect Data, SlotWidths Slots)
{
    /// <summary>A part of the axis in pixels.</summary>
    private float Part => (float)(Data.Width / Slots.Total);

    public float WidthOf(int slot) => (float)Slots.Of(slot) * Part;

    public float X(double slot) => Data.Left + (float)Slots.At(slot) * Part;

    public float Left(int slot) => Data.Left + (float)Slots.Start(slot) * Part;

    public float Right(int slot) => Data.Left + (float)Slots.End(slot) * Part;

    public float Y(decimal value, AxisScale scale) => (float)(Data.Bottom - (double)((value - scale.Low) / (scale.High - scale.Low)) * Data.Height);

    public SKPoint Point(int slot, decimal value, AxisScale scale) => new(X(slot), Y(value, scale));
}
