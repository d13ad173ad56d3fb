namespace Innovation1551.Returns.Reading;

/// <summary>What the first bytes of a file say that it is.</summary>
internal enum ContentKind { Text, Zip, Ole, Parquet, Arrow, Json, Unknown }

/// <summary>Tells formats apart by content.</summary>
internal static class ContentFormat
{
    public static ContentKind Of(FileStream file)
    {
        var head = new byte[512];
        file.Position = 0;
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return Of(head.AsSpan(0, length));
    }

    public static ContentKind Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8) || head.StartsWith("PK00PK"u8)) return ContentKind.Zip;
        if (head is [0xD0, 0xCF, 0x11, 0xE0, ..]) return ContentKind.Ole;
        if (head.StartsWith("PAR1"u8) || head.StartsWith("PARE"u8)) return ContentKind.Parquet;
        if (head.StartsWith("ARROW1"u8)) return ContentKind.Arrow;
        if (head is [0xFF, 0xFF, 0xFF, 0xFF, ..]) return ContentKind.Arrow;
        return ContentKind.Text;
    }

    /// <summary>Archives that are no Excel workbook, by what is in them; null for a workbook.</summary>
    public static (string Zh, string En)? OfArchive(IEnumerable<string> names)
    {
        var all = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (all.Any(n => n.EndsWith("workbook.bin", StringComparison.OrdinalIgnoreCase))) return ("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)");
        if (all.Contains("mimetype") && all.Contains("content.xml")) return ("OpenDocument 文件（.ods 等）", "an OpenDocument file (.ods or the like)");
        if (all.Any(n => n.StartsWith("word/", StringComparison.OrdinalIgnoreCase))) return ("Word 文档", "a Word document");
        if (all.Any(n => n.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase))) return ("PowerPoint 演示文稿", "a PowerPoint presentation");
        if (!all.Any(n => n.EndsWith("workbook.xml", StringComparison.OrdinalIgnoreCase)) && !all.Contains("[Content_Types].xml")) return ("普通压缩包", "an ordinary zip archive");
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
        } && ending.Length > 0;
    }
}
