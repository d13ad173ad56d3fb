using Innovation1551.Models;

namespace Innovation1551.Publishing.Document;

/// <summary>How chapters, figures and tables are called by their numbers.</summary>
public static class Caption
{
    private const string Digits = "〇一二三四五六七八九";

    public static Text Of(Chapter chapter) =>
        new(
            $"{InChinese(chapter.Number)}、{chapter.Title.Zh}",
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{chapter.Number}. {chapter.Title.En}")
        );

    public static Text Figure(int number) => Text("图", "Figure ", number);

    public static Text Table(int number) => Text("表", "Table ", number);

    /// <summary>1 to 99 as Chinese counts chapters: 九, 十, 十一, 二十.</summary>
    internal static string InChinese(int number) =>
        number switch
        {
            < 10 => Digits[number].ToString(),
            < 20 => "十" + (number == 10 ? "" : InChinese(number - 10)),
            _ => Digits[number / 10] + "十" + (number % 10 == 0 ? "" : InChinese(number % 10)),
        };

    private static Text Text(string chinese, string english, int number)
    {
        var digits = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new Text(chinese + digits, english + digits);
    }
}
