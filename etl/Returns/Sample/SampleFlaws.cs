using System.Collections.Immutable;
using Innovation1551.Models;

namespace Innovation1551.Returns.Sample;

/// <summary>The flaws of a sample, by file.</summary>
public static class SampleFlaws
{
    /// <summary>Which group errs in which year, in which form and how.</summary>
    internal static readonly ImmutableArray<(FlawKind Kind, int Group, int Year, string? Form)> Planned =
    [
        (FlawKind.NotAWorkbook, 2, 2021, null),
        (FlawKind.MixedEncoding, 5, 2022, "finance"),
        (FlawKind.MissingColumn, 8, 2023, "finance"),
        (FlawKind.DoubledColumn, 10, 2022, "rd_spend"),
        (FlawKind.TextInMoney, 12, 2024, "finance"),
        (FlawKind.UnknownEnterprise, 13, 2023, "rd_spend"),
        (FlawKind.PartsDoNotSum, 14, 2024, "rd_spend"),
        (FlawKind.TotalRowDiffers, 15, 2021, "finance"),
        (FlawKind.SameFileTwice, 3, 2022, null),
        (FlawKind.UnitSlip, 16, 2023, "finance"),
        (FlawKind.BadPatentNumber, 18, 2023, "patents"),
    ];

    /// <summary>The flaws that a sample of these options contains, in the order in which they were sent.</summary>
    public static IReadOnlyList<SampleFlaw> In(SampleOptions options)
    {
        var register = new RegisterMaker(options).Make();
        var filings = FilingPlan.Make(options);
        var flaws = new List<SampleFlaw>();
        foreach (var filing in filings.Where(f => f.Flaw is not null))
        {
            var plan = Planned.First(p => p.Kind == filing.Flaw);
            var corrections = filings
                .Where(f => f.Group == filing.Group && f.Year == filing.Year && f.Month is null && f.Revision > filing.Revision && f.Flaw is null)
                .SelectMany(f => f.Files(register).Select(x => x.Name));
            var file = filing.Files(register).First(f => plan.Form is null || f.Form is null || f.Form == plan.Form).Name;
            flaws.Add(new(plan.Kind, file, plan.Form, Describe(plan.Kind), [.. corrections]));
        }
        return flaws;
    }

    private static Text Describe(FlawKind kind) =>
        kind switch
        {
            FlawKind.NotAWorkbook => new("网页另存为 .xlsx，不是工作簿", "A web page saved as .xlsx: no workbook"),
            FlawKind.MixedEncoding => new("前半 UTF-8、后半 GB18030，编码无法判定", "First half UTF-8, second half GB18030: no encoding fits"),
            FlawKind.MissingColumn => new("缺“统一社会信用代码”列", "The column of enterprise codes is missing"),
            FlawKind.DoubledColumn => new("“人员人工费用”列出现两次，数值不同", "The personnel column stands twice, with different figures"),
            FlawKind.TextInMoney => new("营业收入填“待核实”", "Revenue reads 待核实 (to be checked)"),
            FlawKind.UnknownEnterprise => new("名录中没有的单位", "An enterprise that the register does not know"),
            FlawKind.PartsDoNotSum => new("研究开发费用合计不等于八项之和", "The R&D expense is not the sum of its eight items"),
            FlawKind.TotalRowDiffers => new("合计行不等于明细之和", "The total row is not the sum of the rows"),
            FlawKind.SameFileTwice => new("同一文件换名再报", "The same file again under another name"),
            FlawKind.UnitSlip => new("万元列中填了元", "Yuan in a column of 10,000 yuan"),
            FlawKind.BadPatentNumber => new("申请号校验位错误", "The check digit of an application number is wrong"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
