using System.Text;

namespace Innovation1551.Models.Exchange;

/// <summary>UTF-8 gathered until it is worth handing on.</summary>
internal sealed class TextBuffer(Stream stream)
{
    private const int Handful = 1 << 18;
    private byte[] bytes = new byte[Handful * 2];
    private int length;

    public void Add(ReadOnlySpan<byte> text)
    {
        if (length + text.Length > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + text.Length));
        text.CopyTo(bytes.AsSpan(length));
        length += text.Length;
    }

    public void Add(byte character)
    {
        if (length == bytes.Length) Array.Resize(ref bytes, bytes.Length * 2);
        bytes[length++] = character;
    }

    public void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    public void AddNumber(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        Add(digits[..written]);
    }

    /// <summary>Hands on what is there where it is enough.</summary>
    public void Drain(bool all = false)
    {
        if (length < Handful && !all) return;
        stream.Write(bytes, 0, length);
        length = 0;
        if (bytes.Length > Handful * 16) bytes = new byte[Handful * 2];
    }
}
