using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>Where a slot and a value lie on the picture: the one place where a decimal becomes a pixel.</summary>
internal sealed record PlotMap(SKRect Data, int Slots)
{
    public float SlotWidth => Data.Width / Slots;

    public float X(double slot) => (float)(Data.Left + (slot + 0.5) / Slots * Data.Width);

    public float Y(decimal value, AxisScale scale) => (float)(Data.Bottom - (double)((value - scale.Low) / (scale.High - scale.Low)) * Data.Height);

    public SKPoint Point(int slot, decimal value, AxisScale scale) => new(X(slot), Y(value, scale));
}
