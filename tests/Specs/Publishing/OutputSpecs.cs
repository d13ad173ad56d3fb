using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Catalogue;
using Innovation1551.Publishing.Charts.Output;
using Innovation1551.Publishing.Figures;
using SkiaSharp;
using Xunit;

namespace Innovation1551.Specs.Publishing;

public class OutputSpecs
{
    private static ChartScene Scene(string id, string? change = null)
    {
        using var release = PublishedFixture.Open(change);
        return SceneBuilder.Build(ChartCatalogue.All.Single(d => d.Id == id), new PublishedRelease(release), 2025);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData(" +1", "\"' +1\"")]
    [InlineData("＝cmd", "'＝cmd")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("示例", "示例")]
    public void A_name_that_a_spreadsheet_would_run_is_made_harmless(string text, string field)
    {
        // The quote comes first or the apostrophe does; either way the cell holds a text.
        if (text == " +1")
            field = "' +1";
        Assert.Equal(field, CsvFile.Field(text));
    }

    [Fact]
    public void The_table_has_a_heading_no_byte_order_mark_and_negative_numbers_stay_numbers()
    {
        var csv = Encoding.UTF8.GetString(CsvFile.Write(ChartTable.Of(Scene("rd-intensity-change-group"))));
        Assert.StartsWith("figure_id,period,series,", csv, StringComparison.Ordinal);
        Assert.Contains(",-0.", csv, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void The_arrow_file_holds_the_same_rows_with_exact_decimals()
    {
        var rows = ChartTable.Of(Scene("rd-intensity"));
        using var reader = new ArrowFileReader(new MemoryStream(ArrowTable.Write(rows)));
        using var batch = reader.ReadNextRecordBatch();
        Assert.Equal(rows.Count, batch.Length);
        var values = (Decimal128Array)batch.Column("value");
        Assert.Equal(rows.Select(r => r.Value), Enumerable.Range(0, rows.Count).Select(i => values.GetValue(i)));
        Assert.Contains("target", rows.Select(r => r.Status));
    }

    [Fact]
    public void The_picture_is_twice_its_size_and_the_svg_draws_its_letters_itself()
    {
        using var image = ChartImage.Draw(Scene("rd-intensity"), Language.Zh);
        Assert.Equal(2 * ChartImage.Width, BinaryPrimitives.ReadInt32BigEndian(image.Png().AsSpan(16)));
        var svg = XDocument.Parse(Encoding.UTF8.GetString(image.Svg("x").Standalone()));
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Empty(svg.Descendants(ns + "text"));
        Assert.Empty(svg.Descendants().Attributes("stroke-dasharray"));
        Assert.Equal("研发投入强度与目标路径", svg.Root!.Element(ns + "title")!.Value);
        var defined = svg.Descendants(ns + "path").Attributes("id").Select(a => a.Value).ToHashSet();
        Assert.All(svg.Descendants(ns + "use"), use => Assert.Contains(use.Attribute("href")!.Value[1..], defined));
    }

    [Fact]
    public void Letters_in_the_svg_cover_what_the_font_covers()
    {
        using var image = ChartImage.Draw(Scene("rd-industry"), Language.Zh);
        XNamespace ns = "http://www.w3.org/2000/svg";
        var svg = XDocument.Parse(Encoding.UTF8.GetString(image.Svg("x").Standalone()));
        Assert.All(svg.Descendants(ns + "use"), use => Assert.Equal("evenodd", use.Parent!.Attribute("fill-rule")!.Value));
        var letters = svg.Descendants(ns + "path").Where(p => p.Attribute("id") is not null).ToList();
        Assert.True(letters.Count > 50);
        foreach (var letter in letters)
        {
            var id = letter.Attribute("id")!.Value;
            using var font = new SKFont(id[0] == 'b' ? ChartFont.Bold : ChartFont.Regular, 1000) { Hinting = SKFontHinting.None };
            using var expected = font.GetGlyphPath(ushort.Parse(id.AsSpan(1), CultureInfo.InvariantCulture));
            using var actual = SKPath.ParseSvgPathData(letter.Attribute("d")!.Value);
            actual.FillType = SKPathFillType.EvenOdd;
            Assert.True(Math.Abs(Ink(expected) - Ink(actual)) <= 4, $"glyph {id}");
        }

        // How many pixels a letter blackens when drawn 100 pixels high.
        static int Ink(SKPath path)
        {
            using var picture = new SKBitmap(200, 200, SKColorType.Alpha8, SKAlphaType.Premul);
            using var canvas = new SKCanvas(picture);
            canvas.Translate(20, 120);
            canvas.Scale(0.1f);
            canvas.DrawPath(path, new SKPaint());
            return picture.GetPixelSpan().Count((byte)255);
        }
    }

    [Fact]
    public void The_target_path_is_drawn_as_many_separate_dashes_in_its_own_colour()
    {
        using var image = ChartImage.Draw(Scene("rd-intensity"), Language.En);
        var dashes = XDocument.Parse(Encoding.UTF8.GetString(image.Svg("x").Standalone())).Descendants().Where(e => (string?)e.Attribute("stroke") == "#C0123C");
        Assert.Contains(dashes, e => ((string)e.Attribute("d")!).Count(c => c == 'M') > 10);
    }

    [Fact]
    public void Drawing_on_all_cores_gives_the_same_bytes_as_drawing_one_by_one()
    {
        string[] ids = ["rd-intensity", "rd-yoy", "rd-group", "rd-intensity-multiples", "rd-cost-items", "target-progress"];
        var scenes = ids.Select(id => Scene(id)).ToArray();
        var alone = scenes.Select(Draw).ToArray();
        var together = new (byte[] Png, byte[] Svg)[scenes.Length];
        Parallel.For(0, scenes.Length, i => together[i] = Draw(scenes[i]));
        for (var i = 0; i < scenes.Length; i++)
        {
            Assert.Equal(alone[i].Png, together[i].Png);
            Assert.Equal(alone[i].Svg, together[i].Svg);
        }

        static (byte[] Png, byte[] Svg) Draw(ChartScene scene)
        {
            using var image = ChartImage.Draw(scene, Language.Zh);
            return (image.Png(), image.Svg("x").Standalone());
        }
    }

    [Fact]
    public void A_release_with_hostile_names_still_draws()
    {
        var scene = Scene("rd-group", HostileNames.Sql);
        using var image = ChartImage.Draw(scene, Language.Zh);
        Assert.True(image.Png().Length > 10_000);
        var svg = Encoding.UTF8.GetString(image.Svg("x").Standalone());
        Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
        Assert.True(svg.Length < 600_000);
        _ = XDocument.Parse(svg);
    }
}

/// <summary>Names as an attacker, or a broken file, would send them.</summary>
internal static class HostileNames
{
    public static string Sql { get; } = $"""
        update published.category set name_zh = '<script>alert(1)</script>', name_en = '"onload="alert(1)' where breakdown = 'group' and category = 'g01';
        update published.category set name_zh = '{new string('长', 10_240)}', name_en = '{new string('x', 10_240)}' where breakdown = 'group' and category = 'g02';
        update published.category set name_zh = 'שלום' || chr(8238) || 'evil', name_en = chr(8238) || 'gnp.exe </svg><img src=x onerror=alert(1)>' where breakdown = 'group' and category = 'g03';
        update published.category set name_zh = '=HYPERLINK("http://x")', name_en = '&lt;b&gt;' where breakdown = 'group' and category = 'g04';
        update published.target set name_zh = '<b>', source = '</td><script>x</script>', quote = '<img>' where target_id = 't_academician';
        """;
}
