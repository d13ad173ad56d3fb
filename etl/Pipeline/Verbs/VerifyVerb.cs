using System.CommandLine;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>verify</c>: is the release what its manifest says.</summary>
internal static class VerifyVerb
{
    public static Command Command()
    {
        var release = new Argument<string>("R") { Description = "发布版本（默认 latest） / release (default latest)", DefaultValueFactory = _ => "latest" };
        var command = new Verb(
            "verify",
            """
            核对发布版本与其清单：文件哈希、日志文件、逐块读取、行数、内容哈希；批准是否针对该内容。
            Hold a release against its manifest: file hash, no log beside it, every block read, row counts, content hash; and whether its approval was
            given to that content.
            """,
            """
            innovation verify
            innovation verify r0003 --json
            """
        )
        {
            release,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) =>
                    {
                        var store = new ReleaseStore(session.Workspace.Releases);
                        using var held = store.Hold(parse.GetValue(release)!);
                        var (id, found) = (held.Id, ReleaseVerifier.Verify(held.Folder, session.Workspace.Scratch, held.Id));
                        List<Text> faults = [.. found];
                        if (parse.GetValue(release) == "latest" && store.PointerFault is { } pointer)
                            faults.Add(pointer);
                        var approvals = new Approvals(session.Workspace.Releases);
                        faults.AddRange(((Text?[])[approvals.Fault, approvals.Mismatch(held.Manifest)]).OfType<Text>());
                        var approval = approvals.Of(held.Manifest);
                        var speaker = session.Speaker;
                        foreach (var fault in faults)
                            speaker.Complain(fault);
                        speaker.Say(
                            faults.Count == 0
                                ? new(
                                    $"{id}：{held.Manifest.Tables.Count} 张表、{held.Manifest.WarehouseBytes} 字节，与清单一致",
                                    $"{id}: {held.Manifest.Tables.Count} tables, {held.Manifest.WarehouseBytes} bytes, as its manifest says"
                                )
                            : found.Count == 0 ? new($"{id} 本身与清单一致", $"{id} itself is as its manifest says")
                            : new(
                                $"{id}：与清单不一致，请勿使用；可用 innovation build --as-of {id} 重建",
                                $"{id} is not what its manifest says: do not use it; innovation build --as-of {id} makes it again"
                            )
                        );
                        speaker.Say(
                            approval is null
                                ? new($"{id}：尚未批准", $"{id} has not been approved")
                                : new(
                                    $"{id}：{approval.By} 于 {approval.At:yyyy-MM-dd} 批准{ApproveVerb.Until(approval).Zh}，与内容相符（{approval.Why}）",
                                    $"{id} was approved by {approval.By} on {approval.At:yyyy-MM-dd}{ApproveVerb.Until(approval).En}, with this content ({approval.Why})"
                                )
                        );
                        speaker.Answer(
                            new
                            {
                                release = id,
                                sound = faults.Count == 0,
                                faults,
                                approval,
                            }
                        );
                        return faults.Count == 0 ? ExitCode.Done : ExitCode.DataErrors;
                    },
                    cancel
                )
        );
        return command;
    }
}
