using System.Text;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Formats;

/// <summary>
/// The shipped fonts with the characters that a source and its files are written in: the typesetter keeps what it is given in its memory
/// for each document, and the whole fonts are twenty times as large.
/// </summary>
internal static class TypesetFonts
{
    public static IReadOnlyList<byte[]> For(string source, IEnumerable<byte[]> files)
    {
        var runes = FontSubset.Runes(files.Select(Encoding.UTF8.GetString).Prepend(source), ChartFont.RegularFile);
        return [FontSubset.File(ChartFont.RegularFile, runes), FontSubset.File(ChartFont.BoldFile, runes)];
    }
}
