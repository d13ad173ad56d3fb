using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Binding;

/// <summary>
/// The rows of a large plain CSV, left in the file: landing reads them in one pass of the database's own reader, and asks
/// <paramref name="Type"/> for the few lines whose cells it cannot take as they stand.
/// </summary>
/// <param name="Path">The archived file.</param>
/// <param name="HeaderLine">Last line of the header; rows begin below it.</param>
/// <param name="Lines">Number of lines below the header.</param>
/// <param name="Width">Fields in each line.</param>
/// <param name="Type">Types one row cell by cell, adding it to the sheet or its faults to the findings.</param>
internal sealed record LargeTable(string Path, int HeaderLine, long Lines, char Delimiter, int Width, BoundSheet Sheet, CodeLists Codes, Action<Row> Type);
