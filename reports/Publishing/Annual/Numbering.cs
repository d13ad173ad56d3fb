using Innovation1551.Models;

namespace Innovation1551.Publishing.Annual;

/// <summary>Numbers of chapters, figures and tables, given in the order in which they are written: none is typed by hand.</summary>
internal sealed class Numbering
{
    private const string Digits = "〇一二三四五六七八九";
    private int _chapters,
        _figures,
        _tables;

    public Text Chapter(Text title) => new($"{InChinese(++_chapters)}、{title.Zh}", $"{_chapters}. {title.En}");

    public Text Figure() => new($"图{++_figures}", $"Figure {_figures}");

    public Text Table(Text title) => new($"表{++_tables} {title.Zh}", $"Table {_tables}. {title.En}");

    /// <summary>1 to 99 as Chinese counts chapters: 九, 十, 十一, 二十.</summary>
    internal static string InChinese(int number) =>
        number switch
        {
            < 10 => Digits[number].ToString(),
            < 20 => "十" + (number == 10 ? "" : InChinese(number - 10)),
            _ => Digits[number / 10] + "十" + (number % 10 == 0 ? "" : InChinese(number % 10)),
        };
}
