using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Sample;

/// <summary>Turns a sending into the sheets of a return.</summary>
internal sealed class ReturnMaker
{
    /// <summary>How much of a year's figures has come in by the end of each month, in permille.</summary>
    private static readonly int[] Cumulative = [62, 128, 205, 286, 369, 462, 541, 628, 726, 812, 900, 1000];
    private static readonly string[] Clerks = ["示例甲", "示例乙", "示例丙", "示例丁", "示例戊"];

    private readonly SampleOptions _options;
    private readonly Register _register;
    private readonly ReturnRows _words,
        _codes;
    private readonly ProgrammeRows _programmeWords,
        _programmeCodes;
    private readonly Dictionary<(Enterprise, int), YearFigures> _figures = [];

    public ReturnMaker(SampleOptions options, Register register)
    {
        (_options, _register) = (options, register);
        var patents = new PatentMaker(options, register).Make();
        var awards = new AwardMaker(options, register).Make();
        _words = new(options, register, patents, awards, codes: false);
        _codes = new(options, register, patents, awards, codes: true);
        _programmeWords = new(options, register, codes: false, YearOf);
        _programmeCodes = new(options, register, codes: true, YearOf);
    }

    public ReturnHeader HeaderOf(Filing filing)
    {
        var group = _register.Groups[filing.Group - 1];
        var clerk = filing.Group % Clerks.Length;
        return new(group.Code, group.NameAt(new DateOnly(filing.Year, 12, 31)), filing.Year, filing.Period, filing.Filled, filing.Revision)
        {
            MoneyUnit = filing.MoneyUnit,
            UnitsInHeadings = filing.Group % 4 == 2,
            Synthetic = true,
            Footer =
                filing.Group % 2 == 1
                    ?
                    [
                        $"单位负责人：{Clerks[clerk]}",
                        $"统计负责人：{Clerks[(clerk + 1) % 5]}",
                        $"填表人：{Clerks[(clerk + 2) % 5]}",
                        "联系电话：0351-0000000",
                        $"报出日期：{filing.Filled:yyyy-MM-dd}",
                    ]
                    : [],
        };
    }

    /// <summary>The sheets without any flaw.</summary>
    public List<ReturnSheet> SheetsOf(Filing filing)
    {
        var group = _register.Groups[filing.Group - 1];
        // Groups that send CSV export it from a system, which knows codes; people at workbooks write words.
        var rows = filing.Format == FileFormat.Workbook ? _words : _codes;
        var members = _register.MembersOf(group, filing.Year).ToList();
        var set = members.ToHashSet();
        var programme = filing.Format == FileFormat.Workbook ? _programmeWords : _programmeCodes;
        return
        [
            .. filing
                .Forms.Select(form =>
                    Sheet(
                        filing,
                        form,
                        form switch
                        {
                            "enterprise_register" => rows.RegisterRows(group, filing.Year),
                            "rd_spend" =>
                            [
                                .. Answering(filing, members).Select(e => rows.RdRow(e, filing.Year, filing.Period, FiguresOf(filing, form, members, e))),
                            ],
                            "finance" =>
                            [
                                .. Answering(filing, members).Select(e => rows.FinanceRow(e, filing.Year, filing.Period, FiguresOf(filing, form, members, e))),
                            ],
                            "patents" => rows.PatentRows(set, filing.Year),
                            "awards" => rows.AwardRows(set, filing.Year),
                            _ => programme.Rows(form, filing, members),
                        }
                    )
                )
                .Where(s => s.Rows.Count > 0 || !ProgrammeRows.Annual.Contains(s.Form.Id)),
        ];
    }

    private static ReturnSheet Sheet(Filing filing, string id, List<Dictionary<string, object?>> rows)
    {
        var sheet = new ReturnSheet(FormCatalogue.Find(id)!, rows);
        return sheet.Form.Kind == FormKind.State && filing.Group % 3 == 0 ? sheet.WithTotals() : sheet;
    }

    /// <summary>In the last year one subsidiary is late: the response is never quite complete.</summary>
    private IEnumerable<Enterprise> Answering(Filing filing, List<Enterprise> members) =>
        filing.Group == 9 && filing.Year == _options.LastYear ? members.Where((_, i) => i != 2) : members;

    private YearFigures YearOf(Enterprise enterprise, int number)
    {
        if (!_figures.TryGetValue((enterprise, number), out var year))
            _figures.Add((enterprise, number), year = YearFigures.Of(_options, enterprise, number));
        return year;
    }

    private YearFigures FiguresOf(Filing filing, string form, List<Enterprise> members, Enterprise enterprise)
    {
        var year = YearOf(enterprise, filing.Year);
        if (filing.Month is { } month)
            year = year.UpTo(Cumulative[month - 1]);
        // A late correction concerns a few of the group's enterprises, never all.
        return filing.IsRevisedLater(form) && members.IndexOf(enterprise) is 1 or 2 or 4 ? year.BeforeRevision() : year;
    }
}
