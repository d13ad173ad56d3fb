using System.Globalization;
using Innovation1551.Models;

namespace Innovation1551.Returns.Receiving;

/// <summary>What can happen to a file before it is read: codes F…, in one place.</summary>
public static class ReceivingFindings
{
    public static Finding Duplicate(string file, Receipt known) =>
        new(
            "F001",
            Severity.Note,
            file,
            new(
                $"内容与已收到的“{known.Name}”（第 {known.Seq} 号）完全相同，未重复读入",
                $"the bytes are those of \"{known.Name}\" (no. {known.Seq}), already received; not read again"
            ),
            new("无需处理；如应为另一份报表，请核对文件", "nothing to do; if another return was meant, check the file")
        );

    public static Finding SameContent(string file, string knownName, string knownSha256) =>
        new(
            "F006",
            Severity.Note,
            file,
            new(
                $"内容与已装入的“{knownName}”（{knownSha256[..12]}）完全相同，只是另存过，未重复装入",
                $"already loaded as \"{knownName}\" ({knownSha256[..12]}): saved again, the content is the same; not loaded twice"
            ),
            new(
                "无需处理；如应为更正，请修改数据并填写更高的修订版次",
                "nothing to do; if it was meant as a correction, change the figures and give it a higher revision"
            )
        );

    public static Finding NotRegular(string file) =>
        new(
            "F002",
            Severity.Error,
            file,
            new("不是普通文件（链接、管道或设备），未接收", "not a regular file (a link, pipe or device); not received"),
            new("请报送文件本身", "send the file itself")
        );

    public static Finding Unreadable(string file, string why) =>
        new(
            "F003",
            Severity.Error,
            file,
            new($"无法读取：{why}", $"cannot be read: {why}"),
            new("请检查文件是否存在以及访问权限", "check that the file exists and may be read")
        );

    public static Finding Changing(string file) =>
        new(
            "F004",
            Severity.Error,
            file,
            new("文件在接收过程中被修改，未接收", "the file changed while it was being received; not received"),
            new("请待写完后重新装入", "load it again once it is written")
        );

    public static Finding Decayed(string file, string sha256) =>
        new(
            "F007",
            Severity.Error,
            file,
            new(
                $"存档副本 received/{sha256} 缺失，或内容与收到时的哈希不符，未读入",
                $"the archived copy received/{sha256} is gone or no longer what its hash says; not read"
            ),
            new(
                "存档磁盘可能有损坏：innovation doctor --repair --from 备份文件夹 可取回副本；没有备份时请把原文件放回 inbox 后用 --repair，或请报送方重发",
                "the archive's disk may be failing: innovation doctor --repair --from DIR takes the copy back from a backup; without one, put the same file into the inbox and run --repair, or ask its sender for it"
            )
        );

    public static Finding Withdrawn(string file, string why) =>
        new(
            "F009",
            Severity.Note,
            file,
            new($"此文件此前已撤出统计，未读入：{why}", $"this file has been withdrawn and is not read: {why}"),
            new("如需重新计入：innovation withdraw 文件 --undo --why 理由", "to take it back: innovation withdraw FILE --undo --why REASON")
        );

    public static Finding SetAside(string file, string fault) =>
        new(
            "F008",
            Severity.Error,
            file,
            new(
                $"处理此文件时程序出错（{fault}），文件已放在一边，其他文件照常处理；原件保存在存档中",
                $"the program failed on this file ({fault}); it is set aside, the others go on, and the file is kept in the archive"
            ),
            new(
                "请检查文件内容，改正后重新报送；并请把日志交给维护人员。确定不用此文件的，可用 innovation withdraw 撤出",
                "check what the file holds and send it again; give the log to whoever maintains the program. A file that is not wanted is taken out with innovation withdraw"
            )
        );

    public static Finding TooLarge(string file, long bytes, long limit) =>
        new(
            "F005",
            Severity.Error,
            file,
            new(
                $"文件 {bytes.ToString("N0", CultureInfo.InvariantCulture)} 字节，超过上限 {limit.ToString("N0", CultureInfo.InvariantCulture)}（MaxFileBytes）",
                $"the file has {bytes.ToString("N0", CultureInfo.InvariantCulture)} bytes; the limit MaxFileBytes is {limit.ToString("N0", CultureInfo.InvariantCulture)}"
            ),
            new("请拆分文件，或由管理员调整上限", "split the file, or have the limit raised in the configuration")
        );
}
