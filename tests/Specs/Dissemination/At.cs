namespace Innovation1551.Specs.Dissemination;

/// <summary>Does something as soon as so many tables are done.</summary>
internal sealed class At(int done, Action act) : IProgress<(int Done, int Total, string What)>
{
    public void Report((int Done, int Total, string What) value)
    {
        if (value.Done == done)
            act();
    }
}
