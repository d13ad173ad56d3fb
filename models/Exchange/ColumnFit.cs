namespace Innovation1551.Models.Exchange;

/// <summary>How a format wants a column from DuckDB.</summary>
/// <param name="Type">The type to cast to; null for the column as it is.</param>
/// <param name="AsJson">True where it is put into JSON first.</param>
/// <param name="Kind">What its values stand for.</param>
/// <param name="Note">What is lost on the way, given the column; null where nothing is.</param>
/// <param name="MayFail">True where values exist that the cast refuses: then the table is asked for once more, with these columns as text.</param>
public sealed record ColumnFit(string? Type, HeldAs Kind, bool AsJson = false, Func<string, Text>? Note = null, bool MayFail = false);

/// <summary>What the text of a cell stands for, in formats that hold texts.</summary>
public enum HeldAs
{
    Text,
    Number,
    Float,
    Truth,
    Date,
    Moment,
    Json,
    Typed,
}
