using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Landing;

/// <summary>A mark of what each table and view of landing says, without a look at the rows of any form: what a file gave is told by its hash.</summary>
public static partial class LandingDigests
{
    /// <summary>What is small, or is no copy of what files say.</summary>
    private static readonly ImmutableArray<string> Read = ["file", "sheet", "finding", "fault"];

    /// <summary>What every file may add to.</summary>
    private static readonly ImmutableArray<string> OfAllFiles = ["rejected", "missing", "layout"];

    /// <param name="connection">A database with landing attached under this name.</param>
    public static IReadOnlyDictionary<string, string> Of(DuckDBConnection connection)
    {
        var marks = Read.ToDictionary(
            t => t,
            t => connection.Scalar<string>($"select count(*) || ':' || coalesce(sum(cast(hash(t) as hugeint)), 0) from landing.{t} as t")!,
            StringComparer.Ordinal
        );
        var forms = connection
            .Rows(
                "select s.form, count(*) || ':' || sum(cast(hash(s, f.sha256) as hugeint)) from landing.sheet as s join landing.file as f using (file_no) group by all"
            )
            .ToDictionary(r => (string)r[0]!, r => (string)r[1]!, StringComparer.Ordinal);
        foreach (var form in FormCatalogue.All)
            marks[form.Id] = forms.GetValueOrDefault(form.Id, "");
        foreach (var table in OfAllFiles)
            marks[table] = marks["file"] + marks["sheet"];
        foreach (var view in Views.Keys)
            Mark(view);
        return marks;

        string Mark(string relation) => marks.TryGetValue(relation, out var known) ? known : marks[relation] = string.Join('/', Views[relation].Select(Mark));
    }

    /// <summary>Each view with the tables and views whose names stand in it.</summary>
    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> Views = OfText();

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> OfText()
    {
        var texts = View().Matches(LandingTables.Views).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["query"].Value, StringComparer.Ordinal);
        HashSet<string> names = [.. Read, .. OfAllFiles, .. FormCatalogue.All.Select(f => f.Id), .. texts.Keys];
        return texts.ToImmutableSortedDictionary(
            t => t.Key,
            t =>
                Word()
                    .Matches(t.Value)
                    .Select(m => m.Value)
                    .Where(n => n != t.Key && names.Contains(n))
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .ToImmutableArray(),
            StringComparer.Ordinal
        );
    }

    [GeneratedRegex(@"create view (?<name>\w+) as\b(?<query>.*?)(?=create view |\z)", RegexOptions.Singleline)]
    private static partial Regex View();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
