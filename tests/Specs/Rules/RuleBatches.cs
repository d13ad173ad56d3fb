using System.Globalization;
using System.Text.RegularExpressions;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Rules;

namespace Innovation1551.Specs.Rules;

/// <summary>
/// The cases of the rules judged many at once, since a run of the rules costs the same for one broken return as for twenty. In a batch stands one
/// change of each form, that leaves the others alone, so that a finding tells by its sheet which case it belongs to.
/// </summary>
public sealed partial class RuleBatches : IDisposable
{
    private readonly LandedReturns _returns = new();
    private readonly Dictionary<string, List<(string Key, Rule Rule, string Change)>> _batches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<object?[]>> _findings = new(StringComparer.Ordinal);

    public RuleBatches()
    {
        foreach (
            var batch in RuleCases
                .Keyed(_returns.Catalogue)
                .Select(k => (k.Key, Rule: k.Value, RuleCases.Of(k.Key, k.Value)?.Change))
                .Where(c => c.Change is not null && StaysIn(c.Rule.Form, c.Change))
                .GroupBy(c => c.Rule.Form)
                .SelectMany(form => form.GroupBy(c => c.Change).SelectMany((same, i) => same.Select(c => (Place: i, Case: (c.Key, c.Rule, c.Change!)))))
                .GroupBy(c => c.Place, c => c.Case)
        )
        {
            var cases = batch.ToList();
            foreach (var c in cases)
                _batches.Add(c.Key, cases);
        }
    }

    /// <summary>The change touches rows of the form alone, and of files and sheets those that the form stands in.</summary>
    private bool StaysIn(string form, string change) =>
        Tables().Matches(change).All(m => m.Groups["table"].Value == form || m.Groups["table"].Value is "file" or "sheet" or "layout")
        && Files()
            .Matches(change)
            .SelectMany(m => m.Groups["file"].Captures)
            .All(c => _returns.FormOf(int.Parse(c.Value, CultureInfo.InvariantCulture)) == form);

    /// <summary>What was found in the sheets of the case's form; null where the case can only be judged alone.</summary>
    public List<object?[]>? FindingsOf(string key)
    {
        if (!_batches.TryGetValue(key, out var batch))
            return null;
        if (!_findings.ContainsKey(key))
            Judge(batch);
        return _findings[key];
    }

    /// <summary>A finding that belongs to no case of the batch is put to all of them, so that none of them comes out as expected.</summary>
    private void Judge(List<(string Key, Rule Rule, string Change)> batch)
    {
        var found = _returns.FindingsAfter(string.Concat(batch.Select(c => c.Change.TrimEnd(';') + ";").Distinct()));
        foreach (var (key, _, _) in batch)
            _findings[key] = [];
        foreach (var finding in found)
        {
            var owners = batch.Where(c => LandedReturns.SheetName(FormCatalogue.Find(c.Rule.Form)!) == (string?)finding[5]).ToList();
            foreach (var (key, _, _) in owners.Count > 0 ? owners : batch)
                _findings[key].Add(finding);
        }
    }

    public void Dispose() => _returns.Dispose();

    [GeneratedRegex(@"landing\.(?<table>\w+)")]
    private static partial Regex Tables();

    [GeneratedRegex(@"file_no (?:=|in) \(?(?<file>\d+)(?:, (?<file>\d+))*|(?<file>\d+) as file_no")]
    private static partial Regex Files();
}
