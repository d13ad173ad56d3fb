using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Sample;

/// <summary>A CSV glued together from two systems: its first half is UTF-8, its second GB18030, and no encoding reads both.</summary>
internal static class TwoEncodings
{
    public static byte[] Of(ReturnHeader header, ReturnSheet sheet)
    {
        var text = new MemoryStream();
        ReturnCsv.Write(text, header, sheet, ReturnCsv.Utf8);
        var lines = ReturnCsv.Utf8.GetString(text.ToArray()).Split("\r\n");
        var half = lines.Length / 2;
        return [.. ReturnCsv.Utf8.GetBytes(string.Join("\r\n", lines[..half]) + "\r\n"), .. ReturnCsv.Gb18030.GetBytes(string.Join("\r\n", lines[half..]))];
    }
}
