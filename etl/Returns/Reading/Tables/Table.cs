using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Tables;

/// <summary>What a row below a header is.</summary>
public enum TableRowKind
{
    Detail,

    /// <summary>小计, 其中: part of a total; a check, not a fact.</summary>
    Subtotal,

    /// <summary>合计, 总计: a check, not a fact.</summary>
    Total,

    /// <summary>Nothing filled in, or nothing but the serial number of a template row.</summary>
    Blank,

    /// <summary>A footnote, a source, or the signature line.</summary>
    Note,

    /// <summary>The header again (a page break), or the line that numbers the columns (甲 乙 1 2 3).</summary>
    Header,

    /// <summary>A row of another table further down the sheet; see <see cref="TableFinder.FindAll"/>.</summary>
    OtherTable,
}

/// <summary>One column of a table.</summary>
/// <param name="Column">1-based column.</param>
/// <param name="Text">The heading, the rows of a stacked header joined, line breaks taken out.</param>
/// <param name="Key">The wording of the heading that was recognised; null when none was.</param>
/// <param name="Unit">The unit in brackets or after 单位 in the heading, as written; null without.</param>
public sealed record HeaderCell(int Column, string Text, string? Key, string? Unit);

/// <summary>One row below the header, and what it is.</summary>
public sealed record TableRow(Row Row, TableRowKind Kind);

/// <summary>A table found on a sheet.</summary>
/// <param name="Preamble">What stands above the header as 名称：值, by name without the colon, with the place of the value.</param>
/// <param name="Header">The columns, in order.</param>
/// <param name="HeaderLastRow">The last row of the header block.</param>
/// <param name="Rows">The rows below, streamed: enumerate once.</param>
public sealed record Table(
    Sheet Sheet,
    IReadOnlyDictionary<string, (string Value, int Row, int Column)> Preamble,
    IReadOnlyList<HeaderCell> Header,
    int HeaderLastRow,
    IEnumerable<TableRow> Rows
)
{
    /// <summary>The first text above the header that is no name-value pair; null without.</summary>
    public string? Title { get; init; }
    public int HeaderFirstRow { get; init; }

    /// <summary>The column left of all headings in which the first row below begins: row labels without a heading; null where rows begin under one.</summary>
    public int? LabelColumn { get; init; }

    /// <summary>Fields of the header's record in a text file; 0 where the format does not count them.</summary>
    public int HeaderFields { get; init; }
}
