using System.Security.Cryptography;
using System.Text;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Returns.Forms;

/// <summary>Code lists by name. A respondent may write the code, the Chinese or the English name, or what a template's drop-down offers.</summary>
public sealed class CodeLists
{
    private readonly Dictionary<string, Dictionary<string, string>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<(string Code, string Zh, string En)>> _members = new(StringComparer.Ordinal);

    public CodeLists(Definitions definitions)
    {
        foreach (var (path, text) in definitions.Under("seeds"))
        {
            var rows = Seed.Parse(path, text);
            if (rows[0] is not ["code", "name_zh", "name_en", ..])
                continue;
            var name = Path.GetFileNameWithoutExtension(path);
            var list = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var row in rows.Skip(1))
            {
                list[row[0]] = row[0];
                list.TryAdd(row[1], row[0]);
                list.TryAdd(row[2], row[0]);
                list.TryAdd(Choice(row[0], row[1]), row[0]);
            }
            _lists[name] = list;
            _members[name] = [.. rows.Skip(1).Select(r => (r[0], r[1], r[2]))];
        }
        Hash = Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Concat(
                        _members.OrderBy(m => m.Key, StringComparer.Ordinal).SelectMany(m => m.Value.Select(v => $"{m.Key}|{v.Code}|{v.Zh}|{v.En}\n"))
                    )
                )
            )
        );
    }

    /// <summary>A member as a drop-down shows and writes it.</summary>
    public static string Choice(string code, string name) => $"{code} {name}";

    /// <summary>SHA-256 over the lists: a file read by other lists may have to be read again.</summary>
    public string Hash { get; }

    /// <summary>The code that the text stands for, or null.</summary>
    public string? Find(string list, string text) => _lists[list].GetValueOrDefault(text.Trim());

    public IReadOnlyList<(string Code, string Zh, string En)> Members(string list) => _members[list];
}
