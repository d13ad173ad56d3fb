using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Legacy;

/// <summary>One line from the child that reads an .xls: exactly one of its members is set.</summary>
internal sealed record XlsMessage
{
    public XlsSheetMessage? Sheet { get; init; }
    public XlsRowMessage? Row { get; init; }
    public XlsEndMessage? End { get; init; }
}

/// <summary>A sheet begins; its rows follow.</summary>
internal sealed record XlsSheetMessage(string Name, bool Hidden, int[][] Merged, int[] HiddenColumns);

/// <summary>A row: number, hidden or not, and its cells as column, kind letter with text, number format.</summary>
internal sealed record XlsRowMessage(int Number, bool Hidden, int[] Columns, string[] Texts, string?[] Formats);

/// <summary>All is said: the findings, whose file name the receiver fills in, and whether the file is refused.</summary>
internal sealed record XlsEndMessage(bool Refused, Finding[] Findings);
