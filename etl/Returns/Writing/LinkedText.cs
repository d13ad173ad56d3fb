namespace Innovation1551.Returns.Writing;

/// <summary>A cell's text that leads to another file.</summary>
/// <param name="Target">The file, relative to the workbook, as a URI writes it.</param>
/// <param name="Location">The place in that file, such as 'Sheet'!B7; null for the file as a whole.</param>
public sealed record LinkedText(string Text, string Target, string? Location, string Tip);
