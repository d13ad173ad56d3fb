using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Rules;

/// <summary>The rules on single returns and between returns. Thresholds come from <c>seeds/threshold.csv</c>.</summary>
public sealed class RuleCatalogue
{
    public RuleCatalogue(Definitions definitions)
    {
        var limits = new Thresholds(definitions);
        var codes = new CodeLists(definitions);
        Register = [.. IdentityRules.OfRegister(limits).Select(Named)];
        Returns = [.. All().Select(Named)];

        Rule Named(Rule rule) => rule with { Codes = codes };

        IEnumerable<Rule> All() =>
            [
                .. RdSpendRules.All(limits),
                .. FinanceRules.All(limits),
                .. PatentRules.All(),
                .. AwardRules.All(limits),
                .. SummaryRules.OfPatents(),
                .. SummaryRules.OfAwards(),
                .. GroupRules.All(),
                .. ProgrammeRules.All(definitions, limits),
                .. ((Form[])[PatentSummaryForm.Form, AwardSummaryForm.Form, GroupTotalForm.Form]).SelectMany(RuleSql.Negatives),
                .. FormCatalogue.All.Where(f => f.Kind is FormKind.State or FormKind.Event).SelectMany(IdentityRules.Of),
            ];
    }

    /// <summary>Rules on the register; they run first, because the others ask whether an enterprise is in it.</summary>
    public ImmutableArray<Rule> Register { get; }

    public ImmutableArray<Rule> Returns { get; }

    /// <summary>
    /// The forms that must be judged again after something came for others: those themselves, those whose rules look at their rows, and so on,
    /// because what is judged anew may be refused, and a refused row is none to compare with. All where the register or a review came: every rule asks them.
    /// </summary>
    public IReadOnlySet<string> Affected(IEnumerable<string> came)
    {
        var affected = came.ToHashSet(StringComparer.Ordinal);
        if (affected.Any(f => FormCatalogue.Find(f)!.Kind is FormKind.Register or FormKind.Review))
            return FormCatalogue.All.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        for (var before = -1; before != affected.Count; )
        {
            before = affected.Count;
            affected.UnionWith(Returns.Where(r => r.Reads.Overlaps(affected)).Select(r => r.Form));
        }
        return affected;
    }

    /// <summary>SHA-256 over all rules with their thresholds, and over the code that runs them.</summary>
    public string Hash =>
        field ??= Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join(
                        '\n',
                        Register.Concat(Returns).Select(r => r.Definition).Append(SourceVersion.Of(typeof(RuleCatalogue).Assembly, room => room == "Rules"))
                    )
                )
            )
        );
}
