using Innovation1551.Models;
using Innovation1551.Publishing.Document;

namespace Innovation1551.Publishing.Formats;

/// <summary>A way in which a document is read. It computes, rounds, numbers and words nothing; the same document gives the same bytes.</summary>
public interface IReportFormat
{
    /// <summary>What it is called on the command line, and the ending of its file.</summary>
    string Name { get; }

    /// <summary>Why it cannot be written on this machine or by this build, and what to do; null where it can.</summary>
    Text? Missing => null;

    byte[] Write(ReportDocument document, Language language);
}
