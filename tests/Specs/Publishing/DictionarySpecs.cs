using System.Net;
using System.Text.RegularExpressions;
using Innovation1551.Models.Warehouse;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>The dictionary that lies in a release: whole, true, and searchable in a browser.</summary>
public sealed partial class DictionarySpecs : IClassFixture<DictionarySpecs.Released>
{
    private readonly TestWorkspace _workspace;
    private readonly string _page;

    public DictionarySpecs(Released released) => (_workspace, _page) = (released.Workspace, released.Page);

    /// <summary>A release of the small returns.</summary>
    public sealed class Released : IDisposable
    {
        internal TestWorkspace Workspace { get; } = TestWorkspace.WithSmallRelease();
        internal string Page => File.ReadAllText(Path.Combine(Workspace.Workspace.Releases, Workspace.Store.Current!, "dictionary.html"));

        public void Dispose() => Workspace.Dispose();
    }

    [Fact]
    public void Whatever_an_analyst_can_name_stands_in_it_with_a_meaning()
    {
        var tables = _workspace
            .Query(
                """
                select schema_name || '.' || table_name, comment from duckdb_tables() where schema_name in ('published', 'core', 'metric', 'fact') and not internal
                union all select schema_name || '.' || view_name, comment from duckdb_views() where schema_name in ('published', 'core', 'metric', 'fact') and not internal
                """
            )
            .ToDictionary(r => (string)r[0]!, r => (string?)r[1]);
        Assert.All(tables, t => Assert.Contains($"id=\"{t.Key}\"", _page, StringComparison.Ordinal));
        Assert.All(tables, t => Assert.Matches("[\u4e00-\u9fff].* / .*[a-z]", t.Value));
        foreach (var metric in _workspace.Query("select metric, definition_en from published.metric"))
            Assert.Matches($"id=\"metric-{metric[0]}\".*{Regex.Escape(WebUtility.HtmlEncode((string)metric[1]!))}", _page);
        // A column without a meaning is a hole in the page.
        Assert.Empty(
            _workspace.Query(
                "select schema_name, table_name, column_name from duckdb_columns() where schema_name in ('published', 'core', 'fact') and not internal and coalesce(comment, '') = ''"
            )
        );
        Assert.DoesNotMatch("<td lang=\"en\"></td>", _page);
        // What leads stands before what follows.
        int[] places =
        [
            .. new[] { "traps", "metrics", "recipes", "marts", "others", "lineage" }.Select(i => _page.IndexOf($"<h2 id=\"{i}\"", StringComparison.Ordinal)),
        ];
        Assert.Equal(places.Order(), places);
        Assert.Contains("示例数据 synthetic", _page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_answers_beside_the_questions_are_those_of_the_release()
    {
        foreach (var (path, text) in WarehouseSketch.Definitions.Under("cookbook"))
        {
            var name = path["cookbook/".Length..^".sql".Length];
            var article = Regex.Match(_page, $"<h3 id=\"recipe-{name}\">.*?</article>", RegexOptions.Singleline).Value;
            var sql = string.Join('\n', text.TrimEnd().Split('\n').Skip(1)).TrimEnd(';');
            Assert.Contains(WebUtility.HtmlEncode(sql), article, StringComparison.Ordinal);
            var rows = _workspace.Query($"select cast(columns(*) as varchar) from (\n{sql}\n)");
            Assert.Contains($"/{rows.Count} 行", article, StringComparison.Ordinal);
            var shown = Row().Matches(article).Select(r => Cell().Matches(r.Value).Select(c => WebUtility.HtmlDecode(c.Groups[1].Value)).ToList()).ToList();
            var expected = rows.Select(r => string.Join('|', r.Select(c => c ?? "∅"))).ToHashSet();
            Assert.Equal(Math.Min(6, rows.Count), shown.Count);
            Assert.All(shown, r => Assert.Contains(string.Join('|', r), expected));
        }
    }

    [Fact]
    public void A_search_leaves_what_has_all_its_words()
    {
        var found = Chromium.Ask(
            _page,
            """
            const field = document.querySelector('#find');
            field.value = '基础研究 SHARE';
            field.dispatchEvent(new Event('input'));
            const shown = [...document.querySelectorAll('[data-part]')].filter(p => p.getClientRects().length);
            return { told: document.querySelector('#found').textContent, count: shown.length, right: shown.every(p => p.textContent.includes('基础研究')) };
            """
        );
        Assert.InRange(found.GetProperty("count").GetInt32(), 1, 20);
        Assert.True(found.GetProperty("right").GetBoolean());
        Assert.StartsWith($"{found.GetProperty("count")} / ", found.GetProperty("told").GetString(), StringComparison.Ordinal);
    }

    /// <summary>A recipe of a definitions folder that does not run is told with its file; nothing is published.</summary>
    [Fact]
    public void A_question_that_cannot_be_asked_is_told_by_the_build()
    {
        using var workspace = TestWorkspace.WithSmallRelease();
        var folder = Path.Combine(workspace.Workspace.Root, "definitions");
        Directory.CreateDirectory(Path.Combine(folder, "cookbook"));
        File.WriteAllText(Path.Combine(folder, "cookbook/99_wrong.sql"), "-- 错 / wrong\nselect nothing from nowhere;\n");
        var before = workspace.Store.Current;
        var run = ProgramRun.Of(workspace.Workspace.Root, "build", "--definitions", folder, "--lang", "en");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("cookbook/99_wrong.sql", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, workspace.Store.Current);
    }

    [GeneratedRegex("<tr><td>.*?</tr>")]
    private static partial Regex Row();

    [GeneratedRegex("<td>(.*?)</td>")]
    private static partial Regex Cell();
}
