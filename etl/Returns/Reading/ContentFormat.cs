namespace Innovation1551.Returns.Reading;

/// <summary>What the first bytes of a file say that it is.</summary>
internal enum ContentKind
{
    Text,
    Zip,
    Ole,
    Parquet,
    EncryptedParquet,
    Arrow,
    Json,
    Unknown,
}

/// <summary>Tells formats apart by content.</summary>
internal static class ContentFormat
{
    /// <exception cref="RefusedException">It is something else that people send in place of a table.</exception>
    public static ContentKind Of(FileStream file, string name)
    {
        var head = new byte[512];
        file.Position = 0;
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (ForeignContent.Of(head.AsSpan(0, length), name) is { } foreign)
            throw new RefusedException(foreign);
        var kind = Of(head.AsSpan(0, length));
        if (
            kind is ContentKind.Text or ContentKind.Unknown
            && LooksLikeJson(head.AsSpan(0, length), Path.GetExtension(name).ToLowerInvariant() is ".json" or ".jsonl" or ".ndjson")
        )
            return ContentKind.Json;
        // An encrypted footer may stand behind an ordinary head.
        if (kind == ContentKind.Parquet && EndsWith(file, "PARE"u8))
            return ContentKind.EncryptedParquet;
        return kind;
    }

    public static ContentKind Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8) || head.StartsWith("PK00PK"u8))
            return ContentKind.Zip;
        if (head is [0xD0, 0xCF, 0x11, 0xE0, ..])
            return ContentKind.Ole;
        if (head.StartsWith("PARE"u8))
            return ContentKind.EncryptedParquet;
        if (head.StartsWith("PAR1"u8))
            return ContentKind.Parquet;
        if (head.StartsWith("ARROW1"u8))
            return ContentKind.Arrow;
        if (head is [0xFF, 0xFF, 0xFF, 0xFF, ..])
            return ContentKind.Arrow;
        // Excel 2 to 4 wrote bare record streams: a BOF record with its version.
        if (head is [0x09, 0x00 or 0x02 or 0x04, 0x04 or 0x06, 0x00, ..])
            return ContentKind.Ole;
        return LooksBinary(head) ? ContentKind.Unknown : ContentKind.Text;
    }

    /// <summary>
    /// JSON begins like no table: an object with a quoted key, or an array of objects or arrays. What could be either (a bare number is
    /// valid JSON and valid CSV) goes by the name.
    /// </summary>
    private static bool LooksLikeJson(ReadOnlySpan<byte> head, bool namedSo)
    {
        if (namedSo)
            return head is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]);
        if (head is [0xEF, 0xBB, 0xBF, ..])
            head = head[3..];
        head = head.TrimStart(" \t\r\n"u8);
        if (head.Length < 2)
            return false;
        var next = head[1..].TrimStart(" \t\r\n"u8);
        return next.Length > 0 && (head[0], next[0]) is ((byte)'{', (byte)'"' or (byte)'}') or ((byte)'[', (byte)'{' or (byte)'[');
    }

    private static bool EndsWith(FileStream file, ReadOnlySpan<byte> mark)
    {
        if (file.Length < mark.Length)
            return false;
        Span<byte> tail = stackalloc byte[mark.Length];
        file.Position = file.Length - mark.Length;
        file.ReadExactly(tail);
        file.Position = 0;
        return tail.SequenceEqual(mark);
    }

    /// <summary>The little file that Office leaves beside a workbook which somebody has open: ~$ and the workbook's name, the owner's name inside.</summary>
    public static bool IsOwnerFile(FileStream file, string name) => file.Length <= 512 && Path.GetFileName(name).StartsWith("~$", StringComparison.Ordinal);

    /// <summary>What an unknown binary file seems to be, as a finding.</summary>
    public static Finding UnknownContent(FileStream file, string name)
    {
        if (Path.GetFileName(name).StartsWith("~$", StringComparison.Ordinal))
            return ReadingFindings.FormatNotRead(
                name,
                "Office 的占用标记文件（~$ 开头），原工作簿正被打开",
                "an owner file of Office (~$), left while somebody has the workbook open"
            );
        var head = new byte[16];
        file.Position = 0;
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return ReadingFindings.UnknownFormat(name, Convert.ToHexString(head, 0, length));
    }

    /// <summary>Control characters that no text has, in number.</summary>
    private static bool LooksBinary(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return false;
        if (Delimited.EncodingFinder.WithoutMark(head) is not null)
            return false;
        var control = 0;
        foreach (var b in head)
            if (b < 0x20 && b is not (0x01 or 0x09 or 0x0A or 0x0B or 0x0C or 0x0D or 0x1A or 0x1B or 0x1C or 0x1D or 0x1E or 0x1F))
                control++;
        return control * 10 > head.Length;
    }

    /// <summary>Archives that are no Excel workbook, by what is in them; null for a workbook.</summary>
    public static (string Zh, string En, ForeignContent.Remedy Remedy)? OfArchive(IEnumerable<string> names)
    {
        var all = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (all.Any(n => n.EndsWith("workbook.bin", StringComparison.OrdinalIgnoreCase)))
            return ("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)", ForeignContent.Remedy.SaveAs);
        if (all.Contains("mimetype") && all.Contains("content.xml"))
            return ("OpenDocument 文件（.ods 等）", "an OpenDocument file (.ods or the like)", ForeignContent.Remedy.SaveAs);
        if (all.Any(n => n.StartsWith("word/", StringComparison.OrdinalIgnoreCase)))
            return ("Word 文档", "a Word document", ForeignContent.Remedy.Original);
        if (all.Any(n => n.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase)))
            return ("PowerPoint 演示文稿", "a PowerPoint presentation", ForeignContent.Remedy.Original);
        if (!all.Any(n => n.EndsWith("workbook.xml", StringComparison.OrdinalIgnoreCase)) && !all.Contains("[Content_Types].xml"))
            return ("普通压缩包", "an ordinary zip archive", ForeignContent.Remedy.Unpack);
        return null;
    }

    /// <summary>True when a file's ending promises another format than its content has.</summary>
    public static bool Disagrees(string name, string format)
    {
        var ending = Path.GetExtension(name).ToLowerInvariant().TrimStart('.');
        return format switch
            {
                "xlsx" or "xlsm" => ending is not ("xlsx" or "xlsm" or "xltx" or "xltm"),
                "csv" => ending is not ("csv" or "tsv" or "txt" or "tab" or "dat" or "psv"),
                "xls" => ending is not ("xls" or "xlt" or "et" or "ett"),
                "json" or "jsonl" => ending is not ("json" or "jsonl" or "ndjson"),
                "parquet" => ending is not ("parquet" or "parq"),
                "arrow" => ending is not ("arrow" or "arrows" or "feather" or "ipc"),
                _ => false,
            }
            && ending.Length > 0;
    }
}
