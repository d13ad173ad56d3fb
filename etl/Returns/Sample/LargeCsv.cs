using System.Buffers.Text;
using System.Text;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Sample;

/// <summary>
/// One very large CSV of patent events, written byte by byte: at ten million rows every string made for a row would be felt.
/// Each patent is filed and granted; numbers do not repeat.
/// </summary>
internal static class LargeCsv
{
    public const string FileName = "大表_专利事件.csv";
    private const int FirstYear = 2020,
        Years = 6;
    private static readonly byte[][] Types = [.. "IUD".Select(t => Encoding.UTF8.GetBytes($"{t}"))];
    private static readonly byte[] Title = Encoding.UTF8.GetBytes(",一种示例装置,");
    private static readonly byte[] Year = Encoding.UTF8.GetBytes("年,");

    public static void Write(string path, long rows, SampleOptions options, Register register, CancellationToken cancellation)
    {
        using var stream = File.Create(path, 1 << 20);
        var group = register.Groups[0];
        var last = FirstYear + Years - 1;
        var header = new ReturnHeader(group.Code, group.NameAt(new DateOnly(last, 12, 31)), last, $"{FirstYear}年至{last}年", new DateOnly(last + 1, 3, 1))
        {
            Synthetic = true,
        };
        ReturnCsv.Write(stream, header, new ReturnSheet(PatentForm.Form, []), ReturnCsv.Utf8);
        // Enterprises that exist throughout, as "code,name," and as owner.
        var houses = register
            .All.Where(e => e.Stretches.Count == 1 && e.Stretches[0].To is null && e.Stretches[0].From.Year < FirstYear)
            .Select(e => (Start: Encoding.UTF8.GetBytes($"{e.Code},{e.Stretches[0].Name},"), Owner: Encoding.UTF8.GetBytes($"{e.Stretches[0].Name},\r\n")))
            .ToArray();
        var offset = Dice.For(options.Seed, "large").Below(houses.Length);
        var buffer = new byte[1 << 20];
        var used = 0;
        for (long row = 0; row < rows; row++)
        {
            if (used > buffer.Length - 1024)
            {
                cancellation.ThrowIfCancellationRequested();
                stream.Write(buffer, 0, used);
                used = 0;
            }
            var patent = row / 2;
            var (start, owner) = houses[(int)((patent * 7919 + offset) % houses.Length)];
            used += Row(buffer.AsSpan(used), row, patent, start, owner);
        }
        stream.Write(buffer, 0, used);
    }

    private static int Row(Span<byte> to, long row, long patent, byte[] start, byte[] owner)
    {
        var year = FirstYear + (int)(patent % Years);
        var type = (int)(patent / Years % 3);
        var serial = (int)(patent / (Years * 3));
        var at = 0;
        Put(to, ref at, start);
        Put(to, ref at, year, 4);
        Put(to, ref at, Year);
        var number = at;
        Put(to, ref at, year, 4);
        Put(to, ref at, type + 1, 1);
        Put(to, ref at, serial, 7);
        var check = Check(to[number..at]);
        to[at++] = (byte)'.';
        to[at++] = check;
        Put(to, ref at, Title);
        Put(to, ref at, Types[type]);
        Put(to, ref at, row % 2 == 0 ? ",FILE,"u8 : ",GRANT,"u8);
        Put(to, ref at, year, 4);
        to[at++] = (byte)'-';
        // Filed in the first half of a year, granted in the second.
        Put(to, ref at, (int)(patent / 97 % 6) + (row % 2 == 0 ? 1 : 7), 2);
        to[at++] = (byte)'-';
        Put(to, ref at, (int)(patent / 31 % 28) + 1, 2);
        to[at++] = (byte)',';
        Put(to, ref at, owner);
        return at;
    }

    private static byte Check(ReadOnlySpan<byte> stem)
    {
        var sum = 0;
        for (var i = 0; i < stem.Length; i++)
            sum += (stem[i] - '0') * (2 + i % 8);
        return (sum % 11) switch
        {
            10 => (byte)'X',
            var digit => (byte)('0' + digit),
        };
    }

    private static void Put(Span<byte> to, ref int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(to[at..]);
        at += text.Length;
    }

    private static void Put(Span<byte> to, ref int at, int number, byte digits)
    {
        Utf8Formatter.TryFormat(number, to[at..], out _, new('D', digits));
        at += digits;
    }
}
