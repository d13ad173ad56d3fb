namespace Innovation1551.Publishing.Annual;

/// <summary>One file of a report.</summary>
/// <param name="Path">Relative to the report's folder, with forward slashes.</param>
public sealed record OutputFile(string Path, long Size, string Sha256);

/// <summary>What was written.</summary>
/// <param name="Documents">The document in each format and language, the page first.</param>
/// <param name="Charts">Charts drawn.</param>
/// <param name="Omitted">Charts for which the release holds no figure at all.</param>
/// <param name="Files">Every file but the manifest itself.</param>
public sealed record ReportResult(IReadOnlyList<string> Documents, int Charts, IReadOnlyList<string> Omitted, IReadOnlyList<OutputFile> Files);
