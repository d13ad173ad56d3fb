using System.Text;

namespace Innovation1551.Models.Exchange;

/// <summary>UTF-8 gathered until it is worth handing on.</summary>
internal sealed class TextBuffer(Stream stream)
{
    private const int Handful = 1 << 18;
    private byte[] _bytes = new byte[Handful * 2];
    private int _length;

    public void Add(ReadOnlySpan<byte> text)
    {
        if (_length + text.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + text.Length));
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
    }

    public void Add(byte character)
    {
        if (_length == _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        _bytes[_length++] = character;
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
        if (_length < Handful && !all)
            return;
        stream.Write(_bytes, 0, _length);
        _length = 0;
        if (_bytes.Length > Handful * 16)
            _bytes = new byte[Handful * 2];
    }
}
