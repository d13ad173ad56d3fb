using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
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
        if (change is null)
            return PublishedFixture.Scene(id, 2025);
        using var release = PublishedFixture.Open(change);
        return SceneBuilder.Build(ChartCatalogue.All.Single(d => d.Id == id), new PublishedRelease(release), 2025);
    }

    private static readonly TableAbout About = new("r0001-abcd", "2024 final, 2025 preliminary", true, null, []);

    private static byte[] File(ChartScene scene, string ending, TableAbout? about = null) =>
        ChartTableFiles.Of(scene, about ?? About).Single(f => f.Name == $"{scene.Definition.Id}.{ending}").Bytes;

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData(" +1", "' +1")]
    [InlineData("＝cmd", "'＝cmd")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("示例", "示例")]
    public void A_name_that_a_spreadsheet_would_run_is_made_harmless_and_that_is_said(string text, string field)
    {
        var scene = Scene("rd-intensity");
        scene = scene with { Paths = [], Series = [.. scene.Series.Select(s => s with { Name = new Text(text, "name") })] };
        var lines = Encoding.UTF8.GetString(File(scene, "csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.All(lines, line => Assert.Contains($",rd_intensity/total/all,{field},name,", line, StringComparison.Ordinal));
        using var about = JsonDocument.Parse(File(scene, "csv.about.json"));
        var notes = about.RootElement.GetProperty("notes").EnumerateArray().Select(n => n.GetProperty("en").GetString()!).ToArray();
        if (field[0] == '\'')
            Assert.StartsWith($"{lines.Length} cells of the column series_zh", Assert.Single(notes), StringComparison.Ordinal);
        else
            Assert.Empty(notes);
    }

    /// <summary>A switch of the page finds the marks of its series by their colour, in charts of categories too; the white of a ring goes with the ring.</summary>
    [Theory]
    [InlineData("rd-group", 2)]
    [InlineData("rd-intensity-group", 3)]
    [InlineData("evaluation-places", 3)]
    [InlineData("revision-size", 2)]
    [InlineData("rd-intensity-heat", 0)]
    [InlineData("rd-change", 0)]
    public void Each_series_of_a_chart_can_stand_back(string id, int series)
    {
        using var image = ChartImage.Draw(Scene(id), Language.Zh);
        var picture = image.Svg(id);
        Assert.Equal(series, picture.Series.Count);
        var shapes = Regex.Matches(picture.Inline(Language.Zh), "<(?:path|rect|ellipse)[^>]*>").Select(m => m.Value).ToArray();
        for (var i = 0; i < series; i++)
            Assert.Contains(shapes, s => s.Contains($"data-series=\"{i}\"", StringComparison.Ordinal));
        Assert.DoesNotContain(
            shapes,
            s => series > 0 && s.StartsWith("<ellipse fill=\"white\"", StringComparison.Ordinal) && !s.Contains("data-series", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_table_has_a_heading_no_byte_order_mark_and_negative_numbers_stay_numbers()
    {
        var csv = Encoding.UTF8.GetString(File(Scene("rd-intensity-change-group"), "csv"));
        Assert.StartsWith("figure_id,period,series,", csv, StringComparison.Ordinal);
        Assert.Contains(",-0.", csv, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void The_arrow_file_holds_the_same_rows_with_exact_decimals()
    {
        var scene = Scene("rd-intensity");
        var rows = ChartTable.Of(scene);
        using var reader = new ArrowFileReader(new MemoryStream(File(scene, "arrow")));
        using var batch = reader.ReadNextRecordBatch();
        Assert.Equal(rows.Count, batch.Length);
        var values = (Decimal128Array)batch.Column("value");
        Assert.Equal(rows.Select(r => r.Value), Enumerable.Range(0, rows.Count).Select(i => values.GetValue(i)));
        Assert.Contains("target", rows.Select(r => r.Status));
    }

    /// <summary>Digits that a double has not: as many as the type holds, in both files.</summary>
    [Fact]
    public void A_value_of_many_digits_leaves_with_all_of_them()
    {
        const string digits = "1234567890123456.7890123456";
        var scene = Scene("rd-intensity");
        var value = decimal.Parse(digits, CultureInfo.InvariantCulture);
        scene = scene with
        {
            Paths = [],
            Series = [.. scene.Series.Select(s => s with { Points = [.. s.Points.Select(p => p is null ? null : p with { Value = value })] })],
        };
        Assert.Contains($",{digits},%,%,", Encoding.UTF8.GetString(File(scene, "csv")), StringComparison.Ordinal);
        using var reader = new ArrowFileReader(new MemoryStream(File(scene, "arrow")));
        using var batch = reader.ReadNextRecordBatch();
        Assert.Equal(digits, ((Decimal128Array)batch.Column("value")).GetString(0));
    }

    [Fact]
    public void A_chart_of_real_data_carries_no_mark_of_sample_data()
    {
        using var release = PublishedFixture.Open(synthetic: false);
        var scene = SceneBuilder.Build(ChartCatalogue.All.Single(d => d.Id == "rd-intensity"), new PublishedRelease(release), 2025);
        using var reader = new ArrowFileReader(new MemoryStream(File(scene, "arrow", About with { IsSynthetic = false })));
        Assert.Equal("false", reader.Schema.Metadata["innovation1551.is_synthetic"]);
        Assert.DoesNotContain("innovation1551.synthetic", reader.Schema.Metadata.Keys);
        Assert.DoesNotContain("true\r\n", Encoding.UTF8.GetString(File(scene, "csv")), StringComparison.Ordinal);
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

    /// <summary>Characters whose counters a merging of strokes fills, and every character of the charts.</summary>
    [Fact]
    public void Letters_in_the_svg_blacken_what_the_font_blackens_counters_stay_open()
    {
        XNamespace ns = "http://www.w3.org/2000/svg";
        using var release = PublishedFixture.Open(
            "update published.category set name_zh = '后启可司向同尚度调最减铜展回国图圆' where breakdown = 'industry' and category = 'C26'"
        );
        var letters = new Dictionary<string, string>();
        var published = new PublishedRelease(release);
        foreach (
            var definition in ChartCatalogue.All.Where(d =>
                d.Id
                    is "rd-industry"
                        or "rd-intensity"
                        or "target-progress"
                        or "talent-teams"
                        or "rd-intensity-heat"
                        or "rd-intensity-places"
                        or "forecast-innovative"
                        or "platforms-state"
            )
        )
        foreach (var language in Enum.GetValues<Language>())
        {
            using var image = ChartImage.Draw(SceneBuilder.Build(definition, published, 2025), language);
            foreach (
                var letter in XDocument
                    .Parse(Encoding.UTF8.GetString(image.Svg("x").Standalone()))
                    .Descendants(ns + "path")
                    .Where(p => p.Attribute("id") is not null)
            )
                letters[letter.Attribute("id")!.Value] = letter.Attribute("d")!.Value;
        }

        Assert.True(letters.Count > 300, $"{letters.Count}");
        using var picture = new SKBitmap(200, 200, SKColorType.Alpha8, SKAlphaType.Premul);
        using var canvas = new SKCanvas(picture);
        foreach (var (id, path) in letters)
        {
            using var font = new SKFont(id[0] == 'b' ? ChartFont.Bold : ChartFont.Regular, 120)
            {
                Hinting = SKFontHinting.None,
                Edging = SKFontEdging.Antialias,
            };
            var glyph = ushort.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);
            using var text = SKTextBlob.Create(BitConverter.GetBytes(glyph), SKTextEncoding.GlyphId, font)!;
            var expected = Ink(() => canvas.DrawText(text, 0, 0, new SKPaint { IsAntialias = true }));
            var actual = Ink(() =>
            {
                using var outline = SKPath.ParseSvgPathData(path);
                canvas.Scale(0.12f);
                canvas.DrawPath(outline, new SKPaint { IsAntialias = true });
            });
            // Edges may be shaded differently; what one draws as full ink and the other as bare paper is a hole or a filled counter.
            var wrong = expected.Zip(actual).Count(p => Math.Abs(p.First - p.Second) > 200);
            Assert.True(wrong == 0, $"glyph {id}: {wrong} pixels are ink in one and paper in the other");
        }

        byte[] Ink(Action draw)
        {
            canvas.Clear();
            canvas.Save();
            canvas.Translate(30, 150);
            draw();
            canvas.Restore();
            return picture.GetPixelSpan().ToArray();
        }
    }

    public static TheoryData<string> Charts => [.. ChartCatalogue.All.Select(d => d.Id)];

    /// <summary>Measured on the picture: what lies under each text, and whether the text stands out from it (WCAG 2.2, AA: 4.5 to 1).</summary>
    [Theory]
    [MemberData(nameof(Charts))]
    public void Every_text_of_a_chart_stands_out_from_what_lies_under_it(string id)
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            using var image = ChartImage.Draw(Scene(id), language);
            using var picture = new SKBitmap(ChartImage.Width, image.Height);
            using var canvas = new SKCanvas(picture);
            canvas.Clear(SKColors.White);
            canvas.DrawPicture(image.Shapes);
            foreach (var run in image.Texts)
            {
                // A text with a halo brings its own white ground.
                var ground = run.Halo > 0 ? new ScottPlot.Color(255, 255, 255) : Median(picture, Box(run));
                Assert.True(
                    ChartStyle.Contrast(run.Color, ground) >= ChartStyle.LeastContrast,
                    $"{id} {language}: “{run.Text}” {run.Color.ToHex()} on {ground.ToHex()}: {ChartStyle.Contrast(run.Color, ground):0.00}"
                );
            }
        }

        static ScottPlot.Color Median(SKBitmap picture, SKRect box)
        {
            var pixels = new List<SKColor>();
            for (var y = (int)box.Top; y < box.Bottom; y++)
            for (var x = (int)box.Left; x < box.Right; x++)
                if (x >= 0 && y >= 0 && x < picture.Width && y < picture.Height)
                    pixels.Add(picture.GetPixel(x, y));
            var middle = pixels.OrderBy(p => 2 * p.Red + 7 * p.Green + p.Blue).ElementAt(pixels.Count / 2);
            return new ScottPlot.Color(middle.Red, middle.Green, middle.Blue);
        }
    }

    private static SKRect Box(TextRun run) =>
        run.Upright
            ? new SKRect(run.X - run.Size * 0.8f, run.Y - run.Width, run.X + 1, run.Y)
            : new SKRect(run.X, run.Y - run.Size * 0.8f, run.X + run.Width, run.Y + 1);

    /// <summary>Nothing is cut off at the edge, no label covers another, in either language.</summary>
    [Theory]
    [MemberData(nameof(Charts))]
    public void No_text_of_a_chart_runs_into_another_or_off_the_sheet(string id)
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            using var image = ChartImage.Draw(Scene(id), language);
            var boxes = image.Texts.Select(t => (t.Text, Box: Box(t))).ToArray();
            Assert.All(
                boxes,
                b =>
                    Assert.True(
                        b.Box.Left >= 0 && b.Box.Right <= ChartImage.Width && b.Box.Top >= 0 && b.Box.Bottom <= image.Height,
                        $"{id} {language}: “{b.Text}” is off the sheet"
                    )
            );
            for (var i = 0; i < boxes.Length; i++)
            for (var j = i + 1; j < boxes.Length; j++)
                if (SKRect.Intersect(boxes[i].Box, boxes[j].Box) is { Width: > 2.5f, Height: > 2.5f } both)
                    Assert.Fail($"{id} {language}: “{boxes[i].Text}” and “{boxes[j].Text}” overlap by {both.Width:0} × {both.Height:0}");
        }
    }

    /// <summary>Series side by side in one column or cluster are told apart by someone who sees no colour; lines carry their names.</summary>
    [Fact]
    public void Areas_that_stand_side_by_side_differ_in_grey_print()
    {
        for (var i = 0; i < 3; i++)
        for (var j = i + 1; j < 3; j++)
            Assert.True(Math.Abs(Lightness(ChartStyle.Area(i)) - Lightness(ChartStyle.Area(j))) >= 15, $"{i} and {j}");

        static double Lightness(ScottPlot.Color c) => 116 * Math.Cbrt(1 / ChartStyle.Contrast(c, new(0, 0, 0)) is var inverse ? 0.05 / inverse - 0.05 : 0) - 16;
    }

    [Fact]
    public void The_target_path_is_drawn_as_many_separate_dashes_in_its_own_colour()
    {
        using var image = ChartImage.Draw(Scene("rd-intensity"), Language.En);
        var dashes = XDocument
            .Parse(Encoding.UTF8.GetString(image.Svg("x").Standalone()))
            .Descendants()
            .Where(e => (string?)e.Attribute("stroke") == "#C0123C");
        Assert.Contains(dashes, e => ((string)e.Attribute("d")!).Count(c => c == 'M') > 10);
    }

    [Fact]
    public void Drawing_on_all_cores_gives_the_same_bytes_as_drawing_one_by_one()
    {
        string[] ids =
        [
            "rd-intensity",
            "rd-yoy",
            "rd-group",
            "rd-intensity-heat",
            "rd-intensity-places",
            "forecast-innovative",
            "rd-cost-items",
            "target-progress",
        ];
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
    /// <summary>Something that a workbook would reckon. What a chart of it names is no such thing: cells of a sheet whose name is ours.</summary>
    public static bool IsFormula(XElement element) =>
        element.Name.LocalName == "f" && !Regex.IsMatch(element.Value, @"^'(图|Figure )[0-9]+'!\$[A-Z]+\$[0-9]+(:\$[A-Z]+\$[0-9]+)?$");

    public static string Sql { get; } =
        $"""
            update published.category set name_zh = '<script>alert(1)</script>', name_en = '"onload="alert(1)' where breakdown = 'group' and category = 'g01';
            update published.category set name_zh = '{new string('长', 10_240)}', name_en = '{new string(
                'x',
                10_240
            )}' where breakdown = 'group' and category = 'g02';
            update published.category set name_zh = 'שלום' || chr(8238) || 'evil', name_en = chr(8238) || 'gnp.exe </svg><img src=x onerror=alert(1)>' where breakdown = 'group' and category = 'g03';
            update published.category set name_zh = '=HYPERLINK("http://x")', name_en = '&lt;b&gt;' where breakdown = 'group' and category = 'g04';
            update published.target set name_zh = '<b>', source_zh = '</td><script>x</script>', quote = '<img>' where target_id = 't_academician';
            update published.task_month_wide set task_name = '<img src=x onerror=alert(1)>' || repeat('长', 10240), enterprises = chr(8238) || '=cmd|x', task_no = 'T"><script>' || task_no, rule_zh = '</td><script>x</script>'
            where task_no like '%-003' or task_no like '%-007';
            """;
}
