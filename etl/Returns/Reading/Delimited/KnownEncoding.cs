using System.Text;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Delimited;

/// <summary>An encoding as the reader uses it: strict, so that bytes which are no text stop it instead of becoming U+FFFD.</summary>
/// <param name="Name">The name in findings and in <see cref="Document.Encoding"/>.</param>
/// <param name="MarkLength">Bytes of the byte order mark at the start of this file.</param>
internal sealed record KnownEncoding(string Name, Encoding Encoding, int MarkLength = 0)
{
    // Stands first: static members are initialised in this order, and those below need the provider.
    private static readonly bool Registered = Register();

    public static KnownEncoding Utf8 { get; } = new("UTF-8", new UTF8Encoding(false, true));
    public static KnownEncoding Utf16Le { get; } = new("UTF-16LE", new UnicodeEncoding(false, false, true));
    public static KnownEncoding Utf16Be { get; } = new("UTF-16BE", new UnicodeEncoding(true, false, true));
    public static KnownEncoding Gb18030 { get; } = Strict("GB18030", 54936);
    public static KnownEncoding Gbk { get; } = Strict("GBK", 936);
    public static KnownEncoding Big5 { get; } = Strict("Big5", 950);
    public static KnownEncoding Cp932 { get; } = Strict("Shift_JIS", 932);
    public static KnownEncoding EucJp { get; } = Strict("EUC-JP", 51932);
    public static KnownEncoding EucKr { get; } = Strict("EUC-KR", 949);

    /// <summary>The encoding that people call by this name; null when it is not one of those that the reader vouches for.</summary>
    public static KnownEncoding? Named(string name) =>
        name.Trim().ToLowerInvariant().Replace("_", "-", StringComparison.Ordinal) switch
        {
            "utf-8" or "utf8" or "utf-8-sig" or "ascii" or "us-ascii" => Utf8,
            "utf-16" or "utf16" or "utf-16le" or "utf-16-le" or "unicode" => Utf16Le,
            "utf-16be" or "utf-16-be" => Utf16Be,
            "gb18030" => Gb18030,
            "gbk" or "gb2312" or "cp936" or "936" or "windows-936" => Gbk,
            "big5" or "cp950" or "950" => Big5,
            "shift-jis" or "shiftjis" or "sjis" or "cp932" or "932" or "windows-31j" => Cp932,
            "euc-jp" => EucJp,
            "euc-kr" or "cp949" => EucKr,
            "iso-8859-1" or "latin1" or "latin-1" => new("ISO-8859-1", Encoding.Latin1),
            "windows-1252" or "cp1252" or "1252" => Strict("windows-1252", 1252),
            "windows-1251" or "cp1251" => Strict("windows-1251", 1251),
            _ => null,
        };

    private static bool Register()
    {
        System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return true;
    }

    private static KnownEncoding Strict(string name, int codePage) =>
        Registered
            ? new(name, System.Text.Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback))
            : throw new InvalidOperationException("code pages are not registered");
}
