using System.Globalization;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Rules;

/// <summary>A balance as conditions of SQL over a landed row.</summary>
internal static class BalanceSql
{
    extension(Balance balance)
    {
        /// <summary>The sum of the parts in SQL; a blank part counts as nothing. Wide, because the largest figures are the wrong ones and an overflow ends the whole run.</summary>
        internal string Sum =>
            "("
            + string.Join(" + ", balance.Parts.Select((p, i) => i == 0 ? $"coalesce({RuleSql.Wide("l." + p)}, 0)" : $"coalesce(l.{p}, 0)"))
            + string.Concat(balance.Minus.Select(m => $" - coalesce(l.{m}, 0)"))
            + ")";

        internal string SomePart => $"coalesce({string.Join(", ", balance.Parts.Concat(balance.Minus).Select(p => "l." + p))}) is not null";

        /// <summary>True where a block of which something is filled in does not balance. The cheap comparison comes first: few rows get past it.</summary>
        internal string Broken(Form form) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                case when coalesce(l.{balance.Total}, 0) = {balance.Sum} then false
                    else {balance.SomePart} and abs(coalesce(l.{balance.Total}, 0) - {balance.Sum}) > {(
                    balance.IsExact(form)
                        ? "0"
                        : $"landing.last_place([{string.Join(", ", balance.Fields.Select(f => "l." + f))}]) * {balance.Fields.Count()} / 2"
                )} end
                """
            );
    }
}
