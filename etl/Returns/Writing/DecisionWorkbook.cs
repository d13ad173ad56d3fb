using System.Globalization;
using System.Text;
using Innovation1551.Models;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Writing;

/// <summary>What is to be decided, as a workbook that comes back through the inbox: a sheet for each kind of decision, its rows filled in but for the decision.</summary>
public static class DecisionWorkbook
{
    private static readonly Text[] Steps =
    [
        new(
            "每张工作表是一类待定事项；灰色各栏已填好，白色各栏由审核人填写，意见从下拉列表选择。",
            "Each sheet is one kind of thing to decide; the grey columns are filled in, the white ones are the reviewer's, and decisions are chosen from a list."
        ),
        new(
            "未填意见的行不计入，下次生成清单时仍会列出；可以分几次填写。",
            "Rows without a decision are passed over and stand in the next list again: decide in as many goes as you like."
        ),
        new(
            "“文件名”打开收到的原件，“单元格”打开带批注的回执，均指向问题所在的单元格。",
            "File names lead to the file as it was received, cells to the annotated answer, both to the cell in question."
        ),
        new(
            "审核意见：认可说明，问题了结；不作问题处理，无说明也了结；退回重新说明，问题仍待说明，理由写入填报单位的回执。",
            "Findings: accept the explanation; waive the finding without one; or send it back, and it stays open and the respondent reads why."
        ),
        new(
            "更正审批：不同意的更正不生效，理由写入回执；同意的生效。未审批的更正按报来的批准人生效。",
            "Corrections: a refused one is not applied and its sender reads why. Until somebody decides, a correction holds on the word of its approver."
        ),
        new(
            "填好后放入收件文件夹 inbox，再运行 innovation run（或 load、build）；谁在何时、为何决定，均记录在案。",
            "Put the filled-in workbook into the inbox and run innovation run (or load and build): who decided what, when and why is kept."
        ),
    ];

    /// <summary>Writes the workbook.</summary>
    /// <param name="lists">What is to be decided by form; values by field, as text that leads to a file where it does.</param>
    /// <param name="on">The day of the list.</param>
    /// <param name="synthetic">Any of it is constructed.</param>
    public static void Write(
        Stream stream,
        IReadOnlyList<(Form Form, IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows)> lists,
        DateOnly on,
        CodeLists codes,
        bool synthetic
    ) =>
        TemplateWorkbook.Write(
            stream,
            new(on.Year, null, [], [.. lists.Select(l => l.Form)], [], codes)
            {
                Running = lists.ToDictionary(l => l.Form.Id, l => l.Rows, StringComparer.Ordinal),
                Instructions = ($"待定事项 {on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} · To be decided", Steps),
                Made = on,
                Synthetic = synthetic,
            }
        );

    /// <summary>One list as CSV under its Chinese headings, with a byte order mark: it comes back through the inbox as the workbook does.</summary>
    public static byte[] Csv(Form form, IEnumerable<IReadOnlyDictionary<string, object?>> rows, int year)
    {
        var text = new StringBuilder("\uFEFF").AppendJoin(',', form.Fields.Select(f => CsvText.Field(f.Label.Zh))).Append("\r\n");
        foreach (var row in rows)
            text.AppendJoin(',', form.Fields.Select(f => CsvText.Field(Shown(f, row)))).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());

        string Shown(Field field, IReadOnlyDictionary<string, object?> row) =>
            row.GetValueOrDefault(field.Name) switch
            {
                null => "",
                LinkedText link => link.Text,
                var value => ScreenText.Line(StoredText.Of(TemplateSheet.InWords(field, value, row, year)!)),
            };
    }
}
