namespace Innovation1551.Returns.Sample;

/// <summary>A line of business: figures by year in hundredths of 10,000 yuan. Enterprises come and go; businesses pass between them.</summary>
internal sealed class Business(Enterprise founder, int years)
{
    public Enterprise Founder { get; } = founder;
    public long Weight { get; init; }
    public int FoundedIn { get; init; } = int.MinValue;
    public long[] Revenue { get; } = new long[years];
    public long[] Expense { get; } = new long[years];
    public long[] Intramural { get; } = new long[years];
    public long[] Employees { get; } = new long[years];
}
