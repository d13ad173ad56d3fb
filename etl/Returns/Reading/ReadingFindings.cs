using Innovation1551.Models;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading;

/// <summary>
/// Every finding that the readers can raise, in one place: a stable code, what is wrong and what to do about it, in both languages.
/// Codes are never reused; a new kind of finding takes the next free number.
/// </summary>
public static class ReadingFindings
{
    /// <summary>Longest quotation of what was read.</summary>
    private const int LongestQuote = 200;

    public static Finding UnknownFormat(string file, string firstBytes) =>
        Error(
            "R001",
            file,
            "无法识别的文件格式：内容既不是工作簿，也不是文本表格、Parquet、Arrow 或 JSON",
            "the format is not known: the content is neither a workbook nor a text table, Parquet, Arrow or JSON",
            "请另存为 .xlsx（Excel/WPS“另存为”）或 UTF-8 编码的 .csv 后重新报送",
            "save it as .xlsx (Save As in Excel or WPS) or as .csv in UTF-8 and send it again"
        ) with
        {
            Read = Quote(firstBytes),
        };

    public static Finding ExtensionDisagrees(string file, string extension, string format) =>
        Note(
            "R002",
            file,
            $"文件扩展名是 {extension}，内容却是 {format}；按内容读取",
            $"the file is named {extension} but its content is {format}; it was read by its content",
            "请核对扩展名，以免其他程序打不开",
            "correct the ending so that other programs can open it"
        );

    public static Finding EmptyFile(string file) =>
        Error(
            "R003",
            file,
            "文件为空（0 字节或没有任何内容）",
            "the file is empty",
            "请检查是否复制或上传中断，重新报送原文件",
            "check whether copying or uploading broke off, and send the file again"
        );

    public static Finding FileTooLarge(string file, long bytes, long limit) =>
        Error(
            "R004",
            file,
            $"文件 {bytes} 字节，超过上限 {limit} 字节（MaxFileBytes）",
            $"the file has {bytes} bytes, over the limit of {limit} (MaxFileBytes)",
            "请拆分后报送，或请管理员调高上限",
            "split it, or have the limit raised in the configuration"
        );

    public static Finding PasswordProtected(string file) =>
        Error(
            "R005",
            file,
            "文件设有打开密码，无法读取",
            "the file is protected by a password and cannot be read",
            "请取消密码（文件 → 信息 → 保护工作簿）后重新保存并报送",
            "remove the password (File, Info, Protect Workbook), save and send it again"
        );

    public static Finding FormatNotRead(string file, string zh, string en) =>
        Error(
            "R006",
            file,
            $"这是{zh}，本系统不读取这种格式",
            $"this is {en}, a format that is not read here",
            "请用 Excel 或 WPS 另存为 .xlsx 后重新报送",
            "save it as .xlsx in Excel or WPS and send it again"
        );

    public static Finding Damaged(string file, string detailZh, string detailEn) =>
        Error(
            "R007",
            file,
            $"文件已损坏或不符合其格式：{detailZh}",
            $"the file is damaged or does not keep to its format: {detailEn}",
            "请用 Excel 或 WPS 打开并重新保存；打不开时请从源系统重新导出",
            "open it in Excel or WPS and save it again; if it does not open, export it anew from where it came"
        );

    public static Finding ArchiveUnsafe(string file, string detailZh, string detailEn) =>
        Error(
            "R008",
            file,
            $"压缩包结构不安全：{detailZh}",
            $"the archive is not safe to read: {detailEn}",
            "请用 Excel 或 WPS 打开并另存为新文件后报送",
            "open it in Excel or WPS, save it as a new file and send that"
        );

    public static Finding LimitExceeded(string file, string limit, string value, string allowed) =>
        Error(
            "R009",
            file,
            $"超过读取上限 {limit}：实际 {value}，允许 {allowed}",
            $"over the reading limit {limit}: {value}, allowed {allowed}",
            "请检查文件是否正常；确属需要时请管理员在配置中调高该上限",
            "check that the file is what it should be; if it is, have this limit raised in the configuration"
        );

    public static Finding TooSlow(string file, TimeSpan limit) =>
        Error(
            "R010",
            file,
            $"读取超过时间上限 {limit.TotalSeconds:0.#} 秒（MaxTime），已停止",
            $"reading took longer than {limit.TotalSeconds:0.#} s (MaxTime) and was stopped",
            "请拆分文件或另存为新文件后报送",
            "split the file, or save it as a new file, and send it again"
        );

    public static Finding ChecksumWrong(string file, string part) =>
        Error(
            "R011",
            file,
            $"压缩包内 {part} 的校验和不符，内容已损坏",
            $"the checksum of {part} inside the file is wrong: its content is damaged",
            "请从源文件重新复制或导出后报送",
            "copy or export it again from the source and send that"
        );

    public static Finding ForbiddenXml(string file, string part) =>
        Error(
            "R012",
            file,
            $"{part} 含有 DTD 或实体声明；正常的工作簿不会有",
            $"{part} declares a DTD or entities, which no honest workbook does",
            "请用 Excel 或 WPS 打开并另存为新文件后报送",
            "open it in Excel or WPS, save it as a new file and send that"
        );

    public static Finding FormulasWithoutValue(string file, string sheet, int count, string places) =>
        Warning(
            "R013",
            file,
            $"{count} 个公式单元格没有计算结果（{places}）；不当作 0",
            $"{count} formula cells have no computed value ({places}); they are not taken as 0",
            "请在 Excel 或 WPS 中打开、重新计算（F9）并保存",
            "open it in Excel or WPS, recalculate (F9) and save"
        ) with
        {
            Sheet = sheet,
        };

    public static Finding ErrorCells(string file, string sheet, int count, string places) =>
        Warning(
            "R014",
            file,
            $"{count} 个单元格是错误值（{places}）；不当作 0",
            $"{count} cells hold an error value ({places}); they are not taken as 0",
            "请改正公式或填写实际数值",
            "correct the formula or fill in the figure"
        ) with
        {
            Sheet = sheet,
        };

    public static Finding HiddenSheet(string file, string sheet) =>
        Note(
            "R015",
            file,
            "工作表是隐藏的",
            "the sheet is hidden",
            "如不属于报送内容请删除；如属于请取消隐藏",
            "delete it if it is not part of the return; show it if it is"
        ) with
        {
            Sheet = sheet,
        };

    public static Finding HiddenRows(string file, string sheet, int count, string places) =>
        Note(
            "R016",
            file,
            $"有 {count} 行是隐藏的（{places}），照常读取",
            $"{count} rows are hidden ({places}); they were read like the others",
            "请确认隐藏行是否属于报送内容",
            "make sure that the hidden rows belong to the return"
        ) with
        {
            Sheet = sheet,
        };

    public static Finding HiddenColumns(string file, string sheet, string places) =>
        Note(
            "R017",
            file,
            $"有隐藏列（{places}），照常读取",
            $"columns are hidden ({places}); they were read like the others",
            "请确认隐藏列是否属于报送内容",
            "make sure that the hidden columns belong to the return"
        ) with
        {
            Sheet = sheet,
        };

    public static Finding MacrosIgnored(string file) =>
        Note(
            "R018",
            file,
            "文件含有宏；宏从不运行",
            "the file contains macros; they are never run",
            "建议另存为不含宏的 .xlsx",
            "better save it as .xlsx without macros"
        );

    public static Finding ForeignContentIgnored(string file, string zh, string en) =>
        Note(
            "R019",
            file,
            $"文件含有{zh}；只读取保存的数值，从不访问外部内容",
            $"the file contains {en}; only stored values are read, nothing outside is ever fetched",
            "建议把数值粘贴为静态值",
            "better paste the figures as plain values"
        );

    public static Finding EncodingUnknown(string file, string tried, long offset, int line) =>
        Error(
            "R020",
            file,
            $"无法确定字符编码：已尝试 {tried}；第 {line} 行第 {offset} 字节处起均不符合",
            $"the character encoding cannot be determined: tried {tried}; none fits from byte {offset} on line {line}",
            "请另存为 UTF-8 编码的 CSV，或声明编码（--encoding）",
            "save it as CSV in UTF-8, or declare the encoding (--encoding)"
        ) with
        {
            Row = line,
        };

    public static Finding EncodingUnread(string file, string encoding) =>
        Error(
            "R020",
            file,
            $"文件是 {encoding} 编码，本系统不读取",
            $"the file is in {encoding}, which is not read",
            "请另存为 UTF-8 编码的 CSV",
            "save it as CSV in UTF-8"
        );

    public static Finding EncodingMixed(string file, string first, string second, int line, int column, long offset, string? columnLetters) =>
        Error(
            "R021",
            file,
            $"文件混用两种字符编码：大部分是 {first}，第 {line} 行第 {column} 个字符（第 {offset} 字节）起是 {second}",
            $"the file mixes two encodings: mostly {first}, but {second} at line {line}, character {column} (byte {offset})",
            "请把全部内容统一为 UTF-8 后重新保存",
            "bring all of it to UTF-8 and save it again"
        ) with
        {
            Row = line,
            Column = columnLetters,
        };

    public static Finding EncodingAmbiguous(string file, string candidates) =>
        Error(
            "R022",
            file,
            $"字符编码有多种可能（{candidates}），无法确定",
            $"the encoding could be any of {candidates}; there is not enough text to tell",
            "请另存为 UTF-8 编码的 CSV，或声明编码（--encoding）",
            "save it as CSV in UTF-8, or declare the encoding (--encoding)"
        );

    public static Finding EncodingBroken(string file, string encoding, int line, int column, long offset, string bytes, string? columnLetters) =>
        Error(
            "R023",
            file,
            $"第 {line} 行第 {column} 个字符（第 {offset} 字节）的内容 {bytes} 不是有效的 {encoding}",
            $"the bytes {bytes} at line {line}, character {column} (byte {offset}) are not valid {encoding}",
            "请从源系统重新导出，或改正该处后另存为 UTF-8",
            "export it anew, or mend that place and save as UTF-8"
        ) with
        {
            Row = line,
            Column = columnLetters,
            Read = bytes,
        };

    public static Finding ReplacementCharacter(string file, string? sheet, int row, string column, string read) =>
        Error(
            "R024",
            file,
            "内容含有替换符 U+FFFD：文字在到达之前已经损坏",
            "the text holds the replacement character U+FFFD: it was damaged before it got here",
            "请从原始数据重新填写该单元格",
            "fill the cell in again from the original"
        ) with
        {
            Sheet = sheet,
            Row = row,
            Column = column,
            Read = Quote(read.Replace("\uFFFD", "<?>", StringComparison.Ordinal)),
        };

    public static Finding UnknownEncodingName(string file, string name) =>
        Error(
            "R025",
            file,
            $"不认识声明的编码名 {name}",
            $"the declared encoding {name} is not known",
            "请用 utf-8、utf-16、gb18030、gbk、big5、shift_jis、iso-8859-1 等名称",
            "use a name such as utf-8, utf-16, gb18030, gbk, big5, shift_jis, iso-8859-1"
        );

    public static Finding UnclosedQuote(string file, int line, string read) =>
        Error(
            "R026",
            file,
            $"第 {line} 行开始的引号没有结束；其后的内容无法可靠地分成记录",
            $"the quote that opens on line {line} is never closed; what follows cannot be cut into records for certain",
            "请补上或删去该引号",
            "close the quote or take it out"
        ) with
        {
            Row = line,
            Read = Quote(read),
        };

    public static Finding TextAfterQuote(string file, int line, string column, string read) =>
        Error(
            "R027",
            file,
            "引号结束后还有文字，或引号内有未转义的引号；该记录不采用",
            "there is text after a closing quote, or an unescaped quote inside one; the record was not taken",
            "请把字段内的引号写成两个引号",
            "write a quote inside a field as two quotes"
        ) with
        {
            Row = line,
            Column = column,
            Read = Quote(read),
        };

    public static Finding StrayQuote(string file, int line, string column, string read) =>
        Error(
            "R028",
            file,
            "未加引号的字段中间出现引号；该记录不采用",
            "there is a quote inside an unquoted field; the record was not taken",
            "请用引号包住该字段，并把其中的引号写成两个",
            "quote the field and write the quote inside as two quotes"
        ) with
        {
            Row = line,
            Column = column,
            Read = Quote(read),
        };

    public static Finding WrongWidth(string file, int line, int fields, int expected, string read) =>
        Error(
            "R029",
            file,
            $"该记录有 {fields} 个字段，表头有 {expected} 个；不采用",
            $"the record has {fields} fields, the header {expected}; it was not taken",
            "请检查是否多了或少了分隔符",
            "look for a missing or a surplus delimiter"
        ) with
        {
            Row = line,
            Read = Quote(read),
        };

    public static Finding NulCharacter(string file, int line, string read) =>
        Error(
            "R030",
            file,
            "记录中有 NUL 字符；该记录不采用",
            "the record holds a NUL character; it was not taken",
            "请从源系统重新导出",
            "export it anew from where it came"
        ) with
        {
            Row = line,
            Read = Quote(read),
        };

    public static Finding CellTooLong(string file, int line, string? sheet, int limit) =>
        Error(
            "R031",
            file,
            $"一个单元格超过 {limit} 个字符（MaxCellCharacters）",
            $"a cell has more than {limit} characters (MaxCellCharacters)",
            "请检查是否缺少引号或换行；确需如此时请管理员调高上限",
            "look for a missing quote or line break; if it must be, have the limit raised"
        ) with
        {
            Row = line,
            Sheet = sheet,
        };

    public static Finding TooManyColumns(string file, int line, string? sheet, int limit) =>
        Error(
            "R032",
            file,
            $"一行超过 {limit} 列（MaxColumns）",
            $"a row has more than {limit} columns (MaxColumns)",
            "请检查分隔符和换行",
            "check the delimiter and the line breaks"
        ) with
        {
            Row = line,
            Sheet = sheet,
        };

    public static Finding InvalidJson(string file, long line, string detail) =>
        Error("R033", file, $"不是有效的 JSON：{detail}", $"it is not valid JSON: {detail}", "请从源系统重新导出", "export it anew from where it came") with
        {
            Row = line is > 0 and < int.MaxValue ? (int)line : null,
        };

    public static Finding JsonNotTable(string file, string zh, string en) =>
        Error(
            "R034",
            file,
            $"JSON 不是表格：{zh}",
            $"the JSON is not a table: {en}",
            "请给出对象数组，或每行一个对象",
            "give an array of objects, or one object per line"
        );

    public static Finding ParserCrashed(string file, string format, string detail) =>
        Error(
            "R035",
            file,
            $"{format} 解析进程异常结束（{detail}）",
            $"the parser of {format} ended abnormally ({detail})",
            "文件可能已损坏；请从源系统重新导出",
            "the file may be damaged; export it anew from where it came"
        );

    public static Finding ColumnarRefused(string file, string format, Text detail) =>
        Error(
            "R036",
            file,
            $"无法读取该 {format} 文件：{detail.Zh}",
            $"the {format} file cannot be read: {detail.En}",
            "请从源系统重新导出，或改报 .xlsx",
            "export it anew, or send .xlsx"
        );

    public static Finding RepeatedCell(string file, string sheet, int row, string column) =>
        Error(
            "R037",
            file,
            "同一单元格或同一行出现两次，不知以哪个为准；该行不采用",
            "a cell or row stands in the file twice and it is not known which one counts; the row was not taken",
            "请用 Excel 或 WPS 打开并重新保存",
            "open it in Excel or WPS and save it again"
        ) with
        {
            Sheet = sheet,
            Row = row,
            Column = column,
        };

    public static Finding NotAvailable(string file, string zh, string en) =>
        Error(
            "R038",
            file,
            $"无法打开文件：{zh}",
            $"the file cannot be opened: {en}",
            "请检查文件是否存在、是否普通文件、是否有读取权限",
            "check that it exists, is a regular file, and may be read"
        );

    public static Finding MoreOfTheSame(string file, string code, int count) =>
        Note(
            "R039",
            file,
            $"另有 {count} 处 {code} 问题未逐一列出",
            $"{count} more findings of the kind {code} are not listed one by one",
            "请先改正已列出的问题再重新报送",
            "mend the ones that are listed and send it again"
        );

    public static Finding NoWorksheet(string file) =>
        Error(
            "R040",
            file,
            "工作簿没有可读的工作表",
            "the workbook has no worksheet that can be read",
            "请检查文件内容后重新报送",
            "check what the file holds and send it again"
        );

    public static Finding SheetMissing(string file, string sheet) =>
        Error(
            "R041",
            file,
            "目录中列出的工作表在文件中找不到",
            "a sheet that the workbook lists is not in the file",
            "请用 Excel 或 WPS 打开并重新保存",
            "open it in Excel or WPS and save it again"
        ) with
        {
            Sheet = sheet,
        };

    public static Finding BadCell(string file, string sheet, int row, string column, string zh, string en) =>
        Error("R042", file, zh, en, "请用 Excel 或 WPS 打开并重新保存", "open it in Excel or WPS and save it again") with
        {
            Sheet = sheet,
            Row = row,
            Column = column,
        };

    public static Finding HeaderAgain(string file, int line, int first) =>
        Warning(
            "R043",
            file,
            $"第 {line} 行又出现与第 {first} 行相同的表头：可能是两张表首尾相接；其后的记录按同一张表读取",
            $"the header of line {first} stands again on line {line}: perhaps two tables one below the other; the records after it are read as the same table",
            "请确认其后的记录属于同一张表；如不是，请分成两个文件报送",
            "make sure that the records after it belong to the same table; if not, send two files"
        ) with
        {
            Row = line,
        };

    public static Finding HeaderWidth(string file, int line, int fields, int expected, string read) =>
        Warning(
            "R045",
            file,
            $"此行有 {fields} 个字段，其下各记录有 {expected} 个：若为表头，则表头与数据错位",
            $"this line has {fields} fields, the records below it {expected}: if it is the header, headings and values have shifted",
            "请检查表头是否多了或少了分隔符",
            "look for a surplus or a missing delimiter in the header"
        ) with
        {
            Row = line,
            Read = Quote(read),
        };

    public static Finding QuoteConvention(string file, int line, string column, string read) =>
        Error(
            "R044",
            file,
            "字段以单引号括起，其中又有成对的双引号，无法确定是一个还是两个；该记录不采用",
            "fields are quoted with apostrophes and this one holds two double quotes in a row: one or two may be meant; the record was not taken",
            "请声明引号和转义符（--quote、--escape），或另存为标准 CSV",
            "declare the quote and the escape (--quote, --escape), or save it as standard CSV"
        ) with
        {
            Row = line,
            Column = column,
            Read = Quote(read),
        };

    /// <summary>Column letters of a 1-based column.</summary>
    public static string Letters(int column) => ColumnName.Of(column);

    internal static string Quote(string text)
    {
        if (text.Length <= LongestQuote)
            return text;
        // A surrogate pair is not cut in two.
        var length = char.IsHighSurrogate(text[LongestQuote - 2]) ? LongestQuote - 2 : LongestQuote - 1;
        return string.Concat(text.AsSpan(0, length), "…");
    }

    private static Finding Error(string code, string file, string zh, string en, string remedyZh, string remedyEn) =>
        new(code, Severity.Error, file, new Text(zh, en), new Text(remedyZh, remedyEn));

    private static Finding Warning(string code, string file, string zh, string en, string remedyZh, string remedyEn) =>
        new(code, Severity.Warning, file, new Text(zh, en), new Text(remedyZh, remedyEn));

    private static Finding Note(string code, string file, string zh, string en, string remedyZh, string remedyEn) =>
        new(code, Severity.Note, file, new Text(zh, en), new Text(remedyZh, remedyEn));
}
