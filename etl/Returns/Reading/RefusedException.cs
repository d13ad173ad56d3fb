namespace Innovation1551.Returns.Reading;

/// <summary>
/// Carries a finding up through a library that calls back into us (an XML parser reading our stream).
/// It never leaves this folder: the row cursor turns it into a refused document.
/// </summary>
internal sealed class RefusedException(Finding finding, Exception? cause = null) : Exception(finding.Problem.En, cause)
{
    public Finding Finding { get; } = finding;
}
