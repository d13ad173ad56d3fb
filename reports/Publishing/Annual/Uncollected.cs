using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Document;

namespace Innovation1551.Publishing.Annual;

/// <summary>Why there is no figure of high-value invention patents: what each of its tests needs, what the returns hold of it and what they lack.</summary>
internal sealed class Uncollected(Numbering numbers)
{
    private static readonly (Text Test, Text Held, Text Missing)[] Tests =
    [
        .. Seed.Parse("uncollected.csv", ShippedFile.Text("uncollected.csv"))
            .Skip(1)
            .Select(t => (new Text(t[0], t[1]), new Text(t[2], t[3]), new Text(t[4], t[5]))),
    ];

    public IEnumerable<Block> Blocks()
    {
        yield return new DataTable(
            "t-uncollected",
            numbers.Table(),
            new("高价值发明专利：认定情形与报表所缺", "High-value invention patents: the tests, and what the returns lack"),
            [
                Column.Of("认定情形（符合其一即是）", "Test (any one is enough)", ColumnKind.Name),
                Column.Of("报表所收", "What the returns hold", ColumnKind.LongWords),
                Column.Of("所缺", "What they lack", ColumnKind.LongWords),
            ],
            [.. Tests.Select(t => new DataRow(Phrase.Of(t.Test), [new(Phrase.Of(t.Held)), new(Phrase.Of(t.Missing))]))]
        );
        yield return Paragraph.Note(
            "各情形所需的内容报表均未收齐，本报告不列高价值发明专利数：只数收到的部分会少计，少多少无从知道。各情形互有重叠，不可相加。",
            "The returns hold the whole of none of these tests, and this report gives no number of high-value inventions: counting what is held would be too low by an unknown amount. The tests overlap and are never added."
        );
    }
}
