namespace Innovation1551.Publishing.Figures;

/// <summary>The few category codes that a chart or sentence singles out; all others are read from the release.</summary>
public static class Codes
{
    public const string National = "NAT",
        Lead = "LEAD",
        BasicResearch = "BRSRCH";
}
