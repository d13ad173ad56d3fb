using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>The page in a browser: what a reader does with it by pointer, by keys and by ear.</summary>
[Collection(nameof(WrittenReport))]
public class PageSpecs(WrittenReport report)
{
    private const int Phone = 390;

    private string Page(string language) => language == "zh" ? report.Html : report.English;

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void On_a_phone_the_page_does_not_scroll_sideways(string language) =>
        Assert.InRange(
            Chromium
                .Ask(Page(language), "document.querySelectorAll('details').forEach(d => d.open = true); return document.documentElement.scrollWidth", Phone)
                .GetInt32(),
            1,
            Phone
        );

    /// <summary>Light at the width of a desk, dark at that of a phone; every sixteenth chart with its table, which is what takes the time.</summary>
    [Theory]
    [InlineData("zh", 1400, false)]
    [InlineData("en", 390, true)]
    public void Axe_finds_no_barrier(string language, int width, bool dark)
    {
        var axe = Path.Combine(AppContext.BaseDirectory, "axe", "axe.min.js");
        Assert.SkipUnless(File.Exists(axe), "axe-core was not fetched when the specs were built");
        var seen = 0;
        var page = Regex.Replace(Page(language), "<figure .*?</figure>", m => seen++ % 16 == 0 ? m.Value : "", RegexOptions.Singleline);
        var told = Chromium.Ask(
            page,
            File.ReadAllText(axe)
                + """
                ;document.querySelectorAll('details').forEach(d => d.open = true);
                const found = await axe.run({ resultTypes: ['violations'] });
                return { theme: document.documentElement.dataset.theme, passes: found.passes.length, faults: found.violations.map(v => v.id + ' ' + v.nodes.slice(0, 2).map(n => n.html.slice(0, 200) + n.failureSummary)) };
                """,
            width,
            dark,
            60_000
        );
        Assert.Equal(dark ? "dark" : "light", told.GetProperty("theme").GetString());
        Assert.True(told.GetProperty("passes").GetInt32() > 20);
        Assert.Empty(told.GetProperty("faults").EnumerateArray().Select(f => f.GetString()));
    }

    /// <summary>From the first value to the last by one key, each as its cell says it; Escape puts the box away.</summary>
    [Fact]
    public void The_arrow_keys_come_past_every_value_of_every_chart_and_say_what_the_table_says()
    {
        var told = Chromium.Ask(
            report.Html,
            """
            const press = (on, key) => on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            const tip = document.querySelector('.tip'), faults = [];
            let charts = 0, values = 0;
            for (const plot of document.querySelectorAll('.plot')) {
              const spots = (plot.dataset.spots || '').split(' ').filter(s => s);
              if (spots.length) charts++;
              const told = new Set(), figure = plot.closest('figure');
              for (let i = 0; i < spots.length; i++) { press(plot, 'ArrowRight'); told.add(tip.textContent); }
              values += told.size;
              const cells = [...figure.querySelectorAll('td.n')].map(c => c.textContent.trim());
              if (told.size !== new Set(spots.map(s => s.split(',').slice(2, 4).join())).size) faults.push(figure.id + ': ' + told.size + ' of ' + spots.length);
              if (spots.length && !cells.includes(tip.querySelector('strong').textContent)) faults.push(figure.id + ' says ' + tip.textContent);
              if (spots.length && tip.hidden) faults.push(figure.id + ' is hidden');
              press(plot, 'Escape');
              if (!tip.hidden) faults.push(figure.id + ' stays');
            }
            return { charts, values, faults };
            """
        );
        Assert.Empty(told.GetProperty("faults").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(report.Result.Charts, told.GetProperty("charts").GetInt32());
        Assert.True(told.GetProperty("values").GetInt32() > 1000);
    }

    [Fact]
    public void A_pointer_reads_the_value_that_is_nearest_and_a_series_that_stands_back_is_not_read()
    {
        var told = Chromium.Ask(
            report.English,
            """
            const figure = document.querySelector('.series').closest('figure'), plot = figure.querySelector('.plot'), svg = plot.querySelector('svg'), tip = document.querySelector('.tip');
            figure.scrollIntoView();
            const box = svg.getBoundingClientRect(), scale = box.width / svg.viewBox.baseVal.width;
            const [x, y, , column, series] = plot.dataset.spots.split(' ').at(-1).split(',').map(Number);
            const point = () => { svg.dispatchEvent(new PointerEvent('pointermove', { clientX: box.left + x * scale, clientY: box.top + y * scale })); return tip.textContent; };
            const marks = () => [...svg.querySelectorAll(`[data-series="${series}"]`)].map(m => getComputedStyle(m).opacity);
            const button = figure.querySelectorAll('.series button')[series];
            const said = point();
            button.click();
            const [off, other, pressed] = [marks(), point(), button.getAttribute('aria-pressed')];
            button.click();
            return { said, other, pressed, off, on: marks(), again: point() };
            """
        );
        Assert.NotEqual(Text("said"), Text("other"));
        Assert.Equal(Text("said"), Text("again"));
        Assert.Equal("false", Text("pressed"));
        Assert.NotEmpty(told.GetProperty("off").EnumerateArray());
        Assert.All(told.GetProperty("off").EnumerateArray(), o => Assert.Equal("0.1", o.GetString()));
        Assert.All(told.GetProperty("on").EnumerateArray(), o => Assert.Equal("1", o.GetString()));

        string? Text(string name) => told.GetProperty(name).GetString();
    }

    [Fact]
    public void A_table_is_sorted_by_number_given_back_searched_and_taken_along()
    {
        var told = Chromium.Ask(
            report.Html.Replace("<th scope=\"row\">", "<th scope=\"row\">=x", StringComparison.Ordinal),
            """
            const table = document.querySelector('table.t-main'), body = table.tBodies[0];
            const column = () => [...body.rows].map(r => r.cells[5].textContent);
            const before = column(), button = table.querySelectorAll('.sort')[5], heading = table.tHead.rows[0].cells[5];
            button.click(); const up = column(), says = heading.getAttribute('aria-sort');
            button.click(); const down = column();
            button.click(); const back = column();
            const tools = table.closest('.scroll').previousElementSibling, search = tools.querySelector('input');
            search.value = '专利'; search.dispatchEvent(new Event('input'));
            const found = [...body.rows].filter(r => getComputedStyle(r).display !== 'none').map(r => r.cells[0].textContent);
            let blob; URL.createObjectURL = b => { blob = b; return '#'; };
            tools.querySelector('button').click();
            const stops = table.querySelectorAll('thead [tabindex="0"]').length;
            return { before, up, down, back, says, found, stops, csv: await blob.text() };
            """
        );
        string[] Column(string name) => [.. told.GetProperty(name).EnumerateArray().Select(c => c.GetString()!)];
        static decimal[] Numbers(string[] cells) =>
            [
                .. cells
                    .Where(c => c.Any(char.IsAsciiDigit))
                    .Select(c => decimal.Parse(c.Replace(",", "", StringComparison.Ordinal).TrimEnd('p'), System.Globalization.CultureInfo.InvariantCulture)),
            ];
        Assert.Equal("ascending", told.GetProperty("says").GetString());
        Assert.Equal(Numbers(Column("before")).Order(), Numbers(Column("up")));
        Assert.Equal(Numbers(Column("before")).OrderDescending(), Numbers(Column("down")));
        Assert.NotEqual(Column("before"), Column("up"));
        Assert.Equal(Column("before"), Column("back"));
        Assert.InRange(Column("found").Length, 1, Column("before").Length - 1);
        Assert.All(Column("found"), n => Assert.Contains("专利", n, StringComparison.Ordinal));
        Assert.Equal(1, told.GetProperty("stops").GetInt32());
        // Only what was found, numbers as numbers, and nothing that a spreadsheet would run.
        var lines = told.GetProperty("csv").GetString()!.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Column("found").Length + 1, lines.Length);
        Assert.All(lines[1..], l => Assert.StartsWith("\"'=x", l, StringComparison.Ordinal));
        Assert.Contains(lines[1..], l => Regex.IsMatch(l, "\"[0-9]{4,}\""));
    }

    [Fact]
    public void Light_and_dark_follow_the_machine_until_the_reader_chooses()
    {
        const string Ask = """
            const seen = () => [document.documentElement.dataset.theme, getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('figure svg')).filter, document.querySelector('.theme').getAttribute('aria-pressed')].join(' ');
            const was = seen(); document.querySelector('.theme').click(); return [was, seen()];
            """;
        const string Light = "light rgb(255, 255, 255) none false",
            Dark = "dark rgb(26, 26, 26) invert(0.9) hue-rotate(180deg) true";
        Assert.Equal([Light, Dark], Chromium.Ask(report.Html, Ask).EnumerateArray().Select(s => s.GetString()!));
        Assert.Equal([Dark, Light], Chromium.Ask(report.Html, Ask, dark: true).EnumerateArray().Select(s => s.GetString()!));
    }

    /// <summary>Each citation names release and chart, and the command that traces a figure is one that finds it.</summary>
    [Fact]
    public void Every_chart_says_how_it_is_cited_and_traced()
    {
        var figures = Regex.Matches(report.Html, "<figure id=\"([a-z0-9-]+)\">.*?</figure>", RegexOptions.Singleline);
        Assert.Equal(report.Result.Charts, figures.Count);
        Assert.All(
            figures,
            f =>
            {
                var cited = Regex.Match(f.Value, "引用：<span class=\"copyable\">(.*?)</p>").Groups[1].Value;
                Assert.Contains(f.Groups[1].Value, cited, StringComparison.Ordinal);
                Assert.Contains("示例数据 synthetic", cited, StringComparison.Ordinal);
                Assert.Contains("发布版本", cited, StringComparison.Ordinal);
            }
        );
        Assert.True(figures.Count(f => f.Value.Contains("innovation trace ", StringComparison.Ordinal)) > figures.Count / 2);
    }
}
