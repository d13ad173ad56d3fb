using System.Collections.Immutable;

namespace Innovation1551.Models.Disclosure;

/// <summary>A sum that figures tell, whole or as a side of a ratio.</summary>
/// <param name="name">The figure that it is known by.</param>
/// <param name="atoms">The unknowns that it adds up.</param>
/// <param name="value">In the unit of the amount.</param>
/// <param name="isOut">An earlier edition has told it: to hide it now protects nothing.</param>
internal sealed class LinkedSum(string name, ImmutableArray<int> atoms, double value, bool isOut)
{
    public string Name => name;
    public ImmutableArray<int> Atoms => atoms;
    public double Value => value;
    public bool IsOut => isOut;

    /// <summary>What is lost with it: the figures that go, and a little for its size.</summary>
    public double Cost { get; set; }

    /// <summary>No reader sees it in this edition.</summary>
    public bool IsHidden { get; set; }

    /// <summary>The attacker knows it.</summary>
    public bool IsKnown => IsOut || !IsHidden;
}

/// <summary>What one enterprise has of an unknown.</summary>
internal sealed record Share(string Respondent, double Amount);

/// <summary>
/// Contributions that stand in the same sums: no reader can tell them apart, so together they are one unknown.
/// </summary>
/// <param name="Shares">Largest first.</param>
internal sealed record Atom(double Value, ImmutableArray<Share> Shares);

/// <summary>What is to be protected: a sum, or an unknown that the rules would forbid if it were a sum.</summary>
/// <param name="Needed">How far above and below its value a reader must think it possible.</param>
internal sealed record Guarded(string Name, ImmutableArray<int> Atoms, double Value, double Needed);

/// <summary>
/// One amount of one period with all sums of it that are published anywhere: the tables of a release that are linked. Units as in the release; doubles,
/// because they are only weighed here and never published.
/// </summary>
internal sealed record LinkedTable(string Name, ImmutableArray<Atom> Atoms, ImmutableArray<LinkedSum> Sums, ImmutableArray<Guarded> Targets)
{
    /// <summary>No amount is thought to be larger.</summary>
    public double Most { get; } = Atoms.Sum(a => Math.Abs(a.Value)) + 1;

    /// <summary>How far an unknown can fall in the eyes of somebody: not below nought (or what it is, if that is less), nor below what he has of it himself.</summary>
    public double Fall(int atom, string? insider) =>
        Atoms[atom].Value
        - Math.Max(Math.Min(0, Atoms[atom].Value), insider is null ? double.NegativeInfinity : Known(atom, insider) ?? double.NegativeInfinity);

    /// <summary>How far it can rise: not at all for whoever has all of it.</summary>
    public double Rise(int atom, string? insider) => insider is not null && Atoms[atom].Shares is [var only] && only.Respondent == insider ? 0 : Most;

    /// <summary>What somebody knows of an unknown; null where he has no part in it.</summary>
    public double? Known(int atom, string insider)
    {
        foreach (var share in Atoms[atom].Shares)
            if (share.Respondent == insider)
                return share.Amount;
        return null;
    }
}
