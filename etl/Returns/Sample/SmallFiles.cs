using System.Globalization;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Sample;

/// <summary>Many small returns, a month of one enterprise each, sent by the enterprise itself: what an inbox looks like in a busy week.</summary>
internal static class SmallFiles
{
    public static IEnumerable<string> Write(string folder, SampleOptions options, Register register, int count, CancellationToken cancellation)
    {
        var rows = new ReturnRows(options, register, [], [], codes: true);
        var written = 0;
        for (var back = 0; written < count; back++)
        {
            var year = options.LastYear - back / 12 % (options.LastYear - options.FirstYear + 1);
            var month = 12 - back % 12;
            foreach (var enterprise in register.All.Where(e => e.AtEndOf(year) is not null))
            {
                if (written == count)
                    yield break;
                cancellation.ThrowIfCancellationRequested();
                var name = string.Create(CultureInfo.InvariantCulture, $"补报_{++written:000000}.csv");
                WriteOne(Path.Combine(folder, name), options, rows, enterprise, year, month);
                yield return name;
            }
        }
    }

    private static void WriteOne(string path, SampleOptions options, ReturnRows rows, Enterprise enterprise, int year, int month)
    {
        var period = month == 1 ? $"{year}年1月" : $"{year}年1-{month}月";
        var figures = YearFigures.Of(options, enterprise, year).UpTo(month * 1000 / 12);
        var end = new DateOnly(year, month, 1).AddMonths(1);
        var header = new ReturnHeader(enterprise.Code, enterprise.NameAt(new DateOnly(year, 12, 31)), year, period, end.AddDays(8)) { Synthetic = true };
        using var stream = File.Create(path);
        ReturnCsv.Write(stream, header, new ReturnSheet(RdSpendForm.Form, [rows.RdRow(enterprise, year, period, figures)]), ReturnCsv.Utf8);
    }
}
