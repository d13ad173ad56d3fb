using System.Collections;
using System.Security.Cryptography;
using System.Text;

namespace Innovation1551.Returns.Binding;

/// <summary>
/// The findings of one file, bounded: of each kind on each sheet the first are kept with their place, the rest are counted and told
/// in one finding. Whoever sends a million faults has one fault, a million times.
/// </summary>
public sealed class FindingList : IEnumerable<Finding>
{
    private readonly List<Finding> _listed = [];
    private readonly Dictionary<(string Code, string? Sheet, Severity Severity), int> _counts = [];
    private IncrementalHash? _beyond;

    public int Count => _listed.Count + _counts.Values.Count(c => c > Finding.MostOfAKind);

    public void Add(Finding finding)
    {
        var key = (finding.Code, finding.Sheet, finding.Severity);
        var count = _counts[key] = _counts.GetValueOrDefault(key) + Math.Max(1, finding.More);
        if (count <= Finding.MostOfAKind)
            _listed.Add(finding);
        else
            (_beyond ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256)).AppendData(Encoding.UTF8.GetBytes($"{finding.Code}\u001f{finding.Read}\u001e"));
    }

    public void AddRange(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
            Add(finding);
    }

    /// <summary>What was read in the findings that are only counted, as a hash; empty where all are listed.</summary>
    internal string Beyond => _beyond is null ? "" : Convert.ToHexStringLower(_beyond.GetCurrentHash());

    /// <summary>The findings listed, and one for the rest of each kind.</summary>
    public IEnumerator<Finding> GetEnumerator()
    {
        foreach (var finding in _listed)
            yield return finding;
        foreach (var (key, count) in _counts.Where(c => c.Value > Finding.MostOfAKind))
            yield return Finding.Rest(_listed.First(f => (f.Code, f.Sheet, f.Severity) == key), count - Finding.MostOfAKind);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
