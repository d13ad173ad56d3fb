using Innovation1551.Returns.Reading.Child;
using Innovation1551.Returns.Reading.Delimited;
using Innovation1551.Returns.Reading.Json;
using Innovation1551.Returns.Reading.Legacy;
using Innovation1551.Returns.Reading.Workbook;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading;

/// <summary>
/// Opens whatever an enterprise sends. The content decides what a file is, not its name. Bad data never throws: a file that cannot be
/// used comes back as a refused document with the reason and the remedy.
/// </summary>
public static class ReturnReader
{
    /// <param name="displayName">The name used in findings; files are kept under their hash, but people know the name they gave.</param>
    public static Document Open(string path, ReadOptions? options = null, string? displayName = null)
    {
        options ??= new ReadOptions();
        var name = displayName ?? Path.GetFileName(path);
        FileStream? file = null;
        Document? document = null;
        var holder = new RefusedDocument
        {
            FileName = name,
            Format = "unknown",
            Limits = options.Limits,
        };
        var good = holder.Guard(() =>
        {
            file = SafeFile.Open(path, name);
            document = Open(path, file, name, options);
        });
        if (good && document is not null)
            return document;
        file?.Dispose();
        return holder;
    }

    private static Document Open(string path, FileStream file, string name, ReadOptions options)
    {
        if (file.Length == 0)
            throw new RefusedException(ReadingFindings.EmptyFile(name));
        if (file.Length > options.Limits.MaxFileBytes)
            throw new RefusedException(ReadingFindings.FileTooLarge(name, file.Length, options.Limits.MaxFileBytes));
        if (ContentFormat.IsOwnerFile(file, name))
            throw new RefusedException(ContentFormat.UnknownContent(file, name));
        OpenedDocument document;
        switch (ContentFormat.Of(file, name))
        {
            case ContentKind.Json:
                document = JsonTable.Open(file, name, options.Limits);
                break;
            case ContentKind.EncryptedParquet:
                throw new RefusedException(ReadingFindings.PasswordProtected(name));
            case ContentKind.Parquet:
                document = OpenInChild(path, file, name, "parquet", options);
                break;
            case ContentKind.Arrow:
                document = OpenInChild(path, file, name, "arrow", options);
                break;
            case ContentKind.Zip:
                document = OpenArchive(file, name, options);
                break;
            case ContentKind.Ole:
                document = OpenOle(path, file, name, options);
                break;
            case ContentKind.Unknown:
                throw new RefusedException(ContentFormat.UnknownContent(file, name));
            default:
                document = TextDocument.Open(file, name, options);
                document.Allow(file.Length);
                break;
        }
        if (ContentFormat.Disagrees(name, document.Format))
            document.Findings.Insert(0, ReadingFindings.ExtensionDisagrees(name, Path.GetExtension(name), document.Format));
        return document;
    }

    private static ChildDocument OpenInChild(string path, FileStream file, string name, string format, ReadOptions options)
    {
        var document = new ChildDocument(path)
        {
            FileName = name,
            Format = format,
            Limits = options.Limits,
        };
        document.Allow(file.Length);
        file.Dispose();
        return document;
    }

    private static OpenedDocument OpenOle(string path, FileStream file, string name, ReadOptions options)
    {
        // Excel 2 to 4 wrote their records without a container.
        if (file.ReadByte() == 0x09)
            return LoadXls(path, file, name, options, null);
        var container = OleContainer.Open(file) ?? throw new RefusedException(ReadingFindings.Damaged(name, "OLE 容器结构错误", "the OLE container is broken"));
        var names = new HashSet<string>(container.Names, StringComparer.OrdinalIgnoreCase);
        if (names.Contains("EncryptedPackage"))
            throw new RefusedException(ReadingFindings.PasswordProtected(name));
        if (names.Contains("WordDocument"))
            throw new RefusedException(ForeignContent.Found(name, "旧版 Word 文档", "an old Word document", ForeignContent.Remedy.Original));
        if (names.Contains("PowerPoint Document"))
            throw new RefusedException(
                ForeignContent.Found(name, "旧版 PowerPoint 演示文稿", "an old PowerPoint presentation", ForeignContent.Remedy.Original)
            );
        if (names.Contains("__properties_version1.0"))
            throw new RefusedException(ForeignContent.Found(name, "Outlook 邮件", "an Outlook message", ForeignContent.Remedy.Original));
        if (!names.Contains("Workbook") && !names.Contains("Book"))
            throw new RefusedException(ForeignContent.Found(name, "不含工作簿的 OLE 文件", "an OLE file without a workbook", ForeignContent.Remedy.Original));
        var document = LoadXls(path, file, name, options, BiffScan.Of(container));
        if (names.Contains("_VBA_PROJECT_CUR") || names.Contains("_VBA_PROJECT"))
            document.Findings.Add(ReadingFindings.MacrosIgnored(name));
        return document;
    }

    private static OpenedDocument LoadXls(string path, FileStream file, string name, ReadOptions options, BiffScan? scan)
    {
        if (scan is { Sound: true })
        {
            var parsed = new XlsParser
            {
                FileName = name,
                Format = "xls",
                Limits = options.Limits,
            };
            parsed.Allow(file.Length);
            parsed.Load(file, scan);
            return parsed;
        }
        // What is not sound by its records is parsed where it can do no harm.
        var document = new XlsDocument
        {
            FileName = name,
            Format = "xls",
            Limits = options.Limits,
        };
        document.Allow(file.Length);
        file.Dispose();
        document.Load(path);
        return document;
    }

    private static OpenedDocument OpenArchive(FileStream file, string name, ReadOptions options)
    {
        var bytes = file.Length;
        var archive = WorkbookArchive.Open(file, name, options.Limits);
        if (ContentFormat.OfArchive(archive.Names) is { } other)
        {
            archive.Dispose();
            throw new RefusedException(ForeignContent.Found(name, other.Zh, other.En, other.Remedy));
        }
        var macros = archive.Names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase));
        var document = new XlsxDocument
        {
            FileName = name,
            Format = macros ? "xlsm" : "xlsx",
            Limits = options.Limits,
        };
        document.Allow(bytes);
        document.Load(archive);
        return document;
    }
}

/// <summary>A file that could not be opened as anything.</summary>
internal sealed class RefusedDocument : OpenedDocument
{
    public override IEnumerable<Sheet> Sheets() => [];
}
