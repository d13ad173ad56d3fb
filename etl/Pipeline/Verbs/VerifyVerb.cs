using System.CommandLine;
using Innovation1551.Models;
using Innovation1551.Models.Dissemination;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Signing;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>verify</c>: is the release what its manifest says.</summary>
internal static class VerifyVerb
{
    public static Command Command()
    {
        var release = Verb.ReleaseArgument();
        var figure = new Option<string?>("--figure") { Description = "数字的证明（innovation prove） / the proof of a figure", HelpName = "FILE" };
        var command = new Verb(
            "verify",
            """
            核对发布版本与其清单：文件哈希、日志文件、逐块读取、行数、内容哈希；批准和签名是否针对该内容，签署的报告和发布的数据是否未变。--figure 核对一个数字的证明。
            Hold a release against its manifest: file hash, no log beside it, every block read, row counts, content hash; whether its approval and its
            signatures are of that content, and the reports that were signed and the data that were published are as they were. --figure checks the
            proof of one figure.
            """,
            """
            innovation verify
            innovation verify r0003 --json
            innovation verify --figure proof.json
            """
        )
        {
            release,
            figure,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) =>
                    {
                        if (parse.GetValue(figure) is { } proof)
                            return Figure(session, proof);
                        var store = new ReleaseStore(session.Workspace.Releases);
                        using var held = store.Hold(parse.GetValue(release)!);
                        var (id, found) = (held.Id, ReleaseVerifier.Verify(held.Folder, session.Workspace.Scratch, held.Id));
                        List<Text> faults = [.. found];
                        if (parse.GetValue(release) == "latest" && store.PointerFault is { } pointer)
                            faults.Add(pointer);
                        var approvals = new Approvals(session.Workspace.Releases);
                        faults.AddRange(((Text?[])[approvals.Fault, approvals.Mismatch(held.Manifest)]).OfType<Text>());
                        var approval = approvals.Of(held.Manifest);
                        faults.AddRange(Publication.Faults(session.Workspace.Published, held.Id));
                        IReadOnlyList<EditionSignature> signatures = found.Count == 0 ? Signed(session, held.Id, faults) : [];
                        var speaker = session.Speaker;
                        // What two signatures speak of is wrong once.
                        faults = [.. faults.Distinct()];
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
                        foreach (var signature in signatures.Where(s => s.Key is not null))
                            speaker.Say(By(signature.Key!, signature.Principals));
                        if (signatures.Count == 0)
                            speaker.Say(new($"{id}：尚未签署", $"{id} has not been signed"));
                        speaker.Answer(
                            new
                            {
                                release = id,
                                sound = faults.Count == 0,
                                faults,
                                approval,
                                signatures = signatures.Where(s => s.Key is not null).Select(s => new { s.Key!.Fingerprint, s.Principals }),
                            }
                        );
                        return faults.Count == 0 ? ExitCode.Done : ExitCode.DataErrors;
                    },
                    cancel,
                    // A proof needs nothing else.
                    parse.GetValue(figure)
                        is null
                        ? Needs.Workspace
                        : Needs.Nothing
                )
        );
        return command;
    }

    /// <summary>The signatures of a release; what does not hold is a fault.</summary>
    private static IReadOnlyList<EditionSignature> Signed(Session session, string id, List<Text> faults)
    {
        var signatures = new Signatures(session.Workspace.Releases).Of(id);
        if (signatures.Count == 0)
            return signatures;
        using var opened = session.Open(id);
        foreach (var signature in signatures)
            if (signature.Key is null)
                faults.Add(
                    new(
                        $"签名 {Path.GetFileName(signature.File)}.sig 无效：签名或所签文本被改动",
                        $"the signature {Path.GetFileName(signature.File)}.sig does not hold: it, or what was signed, was changed"
                    )
                );
            else
                faults.AddRange(signature.Edition.Differences(opened.Manifest, opened.Connection, session.Workspace.Reports, session.Workspace.Published));
        return signatures;
    }

    private static int Figure(Session session, string file)
    {
        var proof = FigureProof.Read(File.ReadAllBytes(file));
        var signers = proof.Signers();
        var known = new Signatures(session.Workspace.Releases);
        var parts = proof.Figure.Split('\t');
        var release = new Edition(proof.Edition).Release;
        session.Speaker.Say(
            new(
                $"{parts[0]} = {parts[1]} {parts[2]}（{parts[3]}，{parts[4]}），出自 {release}",
                $"{parts[0]} = {parts[1]} {parts[2]} ({parts[3]}, {parts[4]}), of {release}"
            )
        );
        foreach (var signer in signers)
            session.Speaker.Say(By(signer, known.Principals(signer)));
        session.Speaker.Answer(
            new
            {
                release,
                figure = parts[0],
                value = parts[1],
                unit = parts[2],
                status = parts[3],
                stage = parts[4],
                signatures = signers.Select(s => new { s.Fingerprint, Principals = known.Principals(s) }),
            }
        );
        return ExitCode.Done;
    }

    private static Text By(PublicSigningKey key, IReadOnlyList<string> principals) =>
        principals.Count > 0
            ? new($"由 {string.Join("、", principals)} 签署（{key.Fingerprint}）", $"signed by {string.Join(", ", principals)} ({key.Fingerprint})")
            : new(
                $"签名有效，但本工作区不知此密钥属于谁：{key.Fingerprint}",
                $"signed by a key of which this workspace does not know whose it is: {key.Fingerprint}"
            );
}
