using System.Globalization;
using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sheets;
using Dimension = Innovation1551.Returns.Forms.Dimension;
using Field = Innovation1551.Returns.Forms.Field;

namespace Innovation1551.Returns.Writing;

/// <summary>The sheet of one form in a template: title, headings, input cells with their rules, balances that turn red.</summary>
internal sealed class TemplateSheet(TemplateContent content, Form form, TemplateLists lists)
{
    public const int HeaderRow = 3;

    /// <summary>Input rows of forms that list events: what fits a large enterprise's year; further rows take the same rules.</summary>
    private const int EventRows = 200;

    /// <summary>Rows of a template for whom nobody is named.</summary>
    private const int OpenRows = 30;

    /// <summary>Rules reach down to here, for rows added below.</summary>
    private const int LastRow = 5_000;
    private const double HeadingHeight = 78;

    /// <summary>Columns over which the title runs, and all columns of the first row: the title, number and due date, three names with their cells.</summary>
    private const int TitleColumns = 4,
        HeadColumns = TitleColumns + 8;

    /// <summary>Columns that can be read side by side on one page of A3.</summary>
    private const uint ColumnsOnPaper = 12;

    /// <summary>The cells that lead to files, in the order of their relations.</summary>
    public List<(string Cell, LinkedText Link)> Links { get; } = [];

    /// <summary>A list to decide on: all but the decision is known already.</summary>
    private bool IsToDecide => form.Answer.Length > 0 && content.Instructions is not null;

    public int Edition => SheetLayout.EditionOf(form, content.Year);

    /// <summary>The heading of a field: Chinese, English below it, then the unit.</summary>
    private string Heading(Field field)
    {
        var heading = HeadingIndex.Bilingual(field.HeadingIn(content.Year), field);
        return field.Unit is { } unit ? $"{heading}\n（{unit.Name.Zh}）" : heading;
    }

    public Worksheet Sheet()
    {
        var cells = Cells();
        var sheet = new Worksheet(
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            new SheetViews(
                new SheetView(
                    new Pane
                    {
                        HorizontalSplit = 2,
                        VerticalSplit = HeaderRow,
                        TopLeftCell = "C4",
                        ActivePane = PaneValues.BottomRight,
                        State = PaneStateValues.Frozen,
                    }
                )
                {
                    WorkbookViewId = 0,
                }
            ),
            new SheetFormatProperties { DefaultRowHeight = 18, CustomHeight = true },
            Widths(),
            cells.Data
        );
        // A list to decide on is sorted and filtered, which protected cells forbid.
        sheet.Append(
            IsToDecide
                ? new AutoFilter
                {
                    Reference = string.Create(
                        CultureInfo.InvariantCulture,
                        $"A{HeaderRow}:{ColumnName.Of(form.Fields.Length)}{Math.Max(cells.Row, HeaderRow + 1)}"
                    ),
                }
                : new SheetProtection
                {
                    Sheet = true,
                    FormatColumns = false,
                    FormatRows = false,
                    Sort = false,
                    AutoFilter = false,
                }
        );
        foreach (var format in Balances())
            sheet.Append(format);
        if (Validations() is { HasChildren: true } validations)
            sheet.Append(validations);
        if (Links.Count > 0)
            sheet.Append(
                new Hyperlinks(
                    Links.Select(
                        (at, i) =>
                            new Hyperlink
                            {
                                Reference = at.Cell,
                                Id = $"rId{StoredText.Of(i + 1)}",
                                Location = at.Link.Location,
                                Tooltip = at.Link.Tip,
                            }
                    )
                )
            );
        sheet.Append(SheetPaper.Landscape(SheetPaper.A3, across: (uint)(form.Fields.Length + ColumnsOnPaper - 1) / ColumnsOnPaper));
        return sheet;
    }

    private SheetCells Cells()
    {
        var cells = new SheetCells();
        var title = $"{form.Name.Zh} {form.Name.En} [{form.Id}/{StoredText.Of(Edition)}]";
        cells.Begin(26).Add(content.Synthetic ? $"{title} {SheetLayout.SyntheticMark}" : title, TemplateStyles.Title);
        for (var i = 1; i < TitleColumns; i++)
            cells.Add(null, TemplateStyles.Label);
        cells
            .Add(FormNumber.Of(form) is { } number ? $"表号：{number}" : null, TemplateStyles.Label)
            .Add(
                content.Due.TryGetValue(form.Id, out var due) ? $"报送截止：{due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : null,
                TemplateStyles.Label
            );
        foreach (var who in (string[])(IsToDecide ? [] : ["单位负责人：", "填表人：", "联系电话："]))
            cells.Add(who, TemplateStyles.Label).Add(null, TemplateStyles.InputText);
        Locked(cells, HeadColumns);
        if (IsToDecide)
            ListHead(cells);
        else
            Head(cells);
        cells.Begin(HeadingHeight);
        foreach (var field in form.Fields)
            cells.Add(Heading(field), field.Required ? TemplateStyles.RequiredHeading : TemplateStyles.Heading);
        Rows(cells);
        return cells;
    }

    /// <summary>How much there is to decide, and the day of the list.</summary>
    private void ListHead(SheetCells cells)
    {
        cells
            .Begin(20)
            .Add($"待定 {StoredText.Of(content.Running[form.Id].Count)} 项 to decide", TemplateStyles.Label)
            .Add(null, TemplateStyles.Label)
            .Add("填表日期：", TemplateStyles.Label)
            .Add(content.Made, TemplateStyles.InputDate)
            .Add("修订版次：", TemplateStyles.Label)
            .Add(1, TemplateStyles.InputCount);
        Locked(cells, 6);
    }

    /// <summary>Who reports, for when, and which revision it is.</summary>
    private void Head(SheetCells cells)
    {
        cells
            .Begin(20)
            .Add(content.Reporter is { } reporter ? $"填报单位：{reporter.Code} {reporter.Name}" : "填报单位：", TemplateStyles.Label)
            .Add(null, content.Reporter is null ? TemplateStyles.InputText : TemplateStyles.Label)
            .Add($"报告期：{content.Period}", TemplateStyles.Label)
            .Add("填表日期：", TemplateStyles.Label)
            .Add(null, TemplateStyles.InputDate)
            .Add("修订版次：", TemplateStyles.Label)
            .Add(1, TemplateStyles.InputCount);
        var used = 7;
        if (form.Fields.Any(f => f.Unit?.Dimension == Dimension.Money))
        {
            cells.Add($"单位：{Unit.Wan.Name.Zh}", TemplateStyles.Label);
            used++;
        }
        Locked(cells, used);
    }

    private void Rows(SheetCells cells)
    {
        if (form.Kind == FormKind.State)
            foreach (var unit in content.Units.Where(u => content.IsAsked(form, u)))
                State(cells, unit);
        if (form.Kind == FormKind.Register)
            foreach (var row in content.Register)
                Known(cells, row);
        var running = content.Running.GetValueOrDefault(form.Id) ?? [];
        foreach (var row in running)
            Known(cells, row, RunningList.Of(form));
        for (
            var blank =
                form.Kind == FormKind.State && content.Units.Count > 0 || IsToDecide ? 0
                : form.Kind == FormKind.State ? OpenRows
                : Math.Max(EventRows - running.Count, OpenRows);
            blank > 0;
            blank--
        )
        {
            cells.Begin();
            foreach (var field in form.Fields)
                cells.Add(null, TemplateStyles.Input(field));
        }
    }

    /// <summary>Columns take input all the way down, so the cells beside title and labels are locked one by one.</summary>
    private void Locked(SheetCells cells, int used)
    {
        for (var i = used; i < form.Fields.Length; i++)
            cells.Add(null, TemplateStyles.Label);
    }

    /// <summary>The row of an enterprise: who and when stand there already, and figures that repeat last year's return.</summary>
    private void State(SheetCells cells, TemplateUnit unit)
    {
        cells.Begin();
        foreach (var field in form.Fields)
            if (field == CommonFields.EnterpriseCode)
                cells.Add(unit.Code, TemplateStyles.Known);
            else if (field == CommonFields.EnterpriseName)
                cells.Add(unit.Name.Length == 0 ? null : unit.Name, TemplateStyles.InputText);
            else if (field == CommonFields.Period)
                cells.Add(content.Period, TemplateStyles.Known);
            else
                cells.Add(TemplateContent.Repeated(form, field) is { } source ? content.Before(form, unit.Code, source) : null, TemplateStyles.Input(field));
    }

    /// <summary>A row as it is known, to be checked; of a running list without what belongs to the year, and for the period that is reported.</summary>
    private void Known(SheetCells cells, IReadOnlyDictionary<string, object?> row, RunningList? running = null)
    {
        cells.Begin(
            IsToDecide ? SheetPaper.Height([.. form.Fields.Select(f => row.GetValueOrDefault(f.Name) as string ?? "")], [.. form.Fields.Select(Width)]) : null
        );
        foreach (var field in form.Fields)
        {
            var value = running?.Carries(field) == false ? null : row.GetValueOrDefault(field.Name);
            if (running is not null && field == CommonFields.Period)
                value = content.Period;
            if (running is not null && field == CommonFields.EnterpriseName)
                value = content.Units.FirstOrDefault(u => u.Code == row[CommonFields.EnterpriseCode.Name] as string)?.Name ?? value;
            if (
                value is string code
                && field.CodeList is { } list
                && content.Codes.Members(list).FirstOrDefault(m => m.Code == code) is { Code: not null } member
            )
                value = CodeLists.Choice(member.Code, member.Zh);
            if (value is LinkedText link)
            {
                Links.Add((ColumnName.Of(form.Fields.IndexOf(field) + 1) + StoredText.Of(cells.Row), link));
                cells.Add(link.Text, TemplateStyles.Link);
            }
            else
                cells.Add(InWords(field, value, row, content.Year), IsToDecide ? Decided(field) : TemplateStyles.Input(field));
        }
    }

    /// <summary>What the reviewer fills in: the decision and what stands behind it, who and when; the file's hash stays.</summary>
    private bool IsDecided(Field field) => form.Fields.IndexOf(field) >= form.Fields.IndexOf(form[form.Answer[0]]) && field.Type != FieldType.Identifier;

    /// <summary>White is what is to be decided.</summary>
    private uint Decided(Field field) =>
        !IsDecided(field)
            ? field.Type == FieldType.Quantity
                ? TemplateStyles.Before
                : TemplateStyles.KnownText
            : field.Type == FieldType.Text
                ? TemplateStyles.InputWrapped
                : TemplateStyles.Input(field);

    /// <summary>A form or one of its fields as the drop-down offers it.</summary>
    internal static object? InWords(Field field, object? value, IReadOnlyDictionary<string, object?> row, int year) =>
        (field.Type, value) switch
        {
            (FieldType.Form, string id) => CorrectableCells.Choice(FormCatalogue.Find(id)!),
            (FieldType.FormField, string name) => CorrectableCells.Choice(FormCatalogue.Find((string)row[CorrectionForm.CorrectedForm.Name]!)![name], year),
            _ => value,
        };

    private Columns Widths() =>
        new(
            form.Fields.Select(
                (field, i) =>
                    new Column
                    {
                        Min = (uint)i + 1,
                        Max = (uint)i + 1,
                        Width = Width(field),
                        CustomWidth = true,
                        Style = TemplateStyles.Input(field),
                    }
            )
        );

    private static double Width(Field field) =>
        field == CommonFields.EnterpriseCode ? 23
        : field.Name == "problem" ? 60
        : field.Type switch
        {
            FieldType.Text => 30,
            FieldType.Identifier => 22,
            FieldType.Code => 22,
            FieldType.Form or FieldType.FormField => 34,
            _ => 21,
        };

    private IEnumerable<ConditionalFormatting> Balances()
    {
        var priority = 0;
        foreach (var rule in content.Balances.Where(r => r.Form == form.Id && r.Balance is not null))
        {
            var balance = rule.Balance!;
            var format = new ConditionalFormatting(
                new ConditionalFormattingRule(new Formula(BalanceFormula.Broken(form, balance, Column, HeaderRow + 1)))
                {
                    Type = ConditionalFormatValues.Expression,
                    FormatId = TemplateStyles.Red,
                    Priority = ++priority,
                }
            )
            {
                SequenceOfReferences = new() { InnerText = string.Join(' ', balance.Fields.Select(f => Below(Column(f)))) },
            };
            yield return format;
        }
    }

    private DataValidations Validations()
    {
        var all = form.Fields.Select((field, i) => (Field: field, Column: i + 1)).Where(f => !IsToDecide || IsDecided(f.Field)).Select(Validation).ToList();
        return new DataValidations(all) { Count = (uint)all.Count };
    }

    private DataValidation Validation((Field Field, int Column) at)
    {
        // Where anything may be typed the cell still says what is asked for.
        var rule = ValidationRule.For(form, at.Field, lists, HeaderRow + 1) ?? new() { AllowBlank = true };
        rule.SequenceOfReferences = new() { InnerText = Below(at.Column) };
        rule.ShowInputMessage = true;
        rule.PromptTitle = Cut(at.Field.Label.Zh, 32);
        rule.Prompt = Cut(Prompt(at.Field), 255);
        return rule;
    }

    private string Prompt(Field field)
    {
        var lines = new List<string>();
        if (FieldMeanings.Of(form, field) is { } meaning)
            lines.Add($"{meaning.Zh}。\n{field.Label.En}: {meaning.En}");
        if (field.Unit is { } unit)
            lines.Insert(0, $"计量单位 unit：{unit.Name.Zh} {unit.Name.En}");
        if (field == CommonFields.Period && form.Sent == Cadence.Months)
            lines.Add($"请写到月份，如 {content.PeriodsOf(form)[^1]}。Name the month.");
        if (content.Units is [var only] && content.Before(form, only.Code, field) is { } before)
            lines.Add($"上年数 last year：{StoredText.Of(before)}");
        return string.Join('\n', lines);
    }

    private int Column(string field) => form.Fields.IndexOf(form[field]) + 1;

    private static string Below(int column) =>
        string.Create(CultureInfo.InvariantCulture, $"{ColumnName.Of(column)}{HeaderRow + 1}:{ColumnName.Of(column)}{LastRow}");

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
