using System.CommandLine;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Returns;
using Innovation1551.Returns.Receiving;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>withdraw</c>: take a received file out of account, or back into it.</summary>
internal static class WithdrawVerb
{
    private const int ShortestHash = 8,
        Shown = 10;

    public static Command Command()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "文件、收到时的名称，或其 SHA-256（至少前 8 位） / a file, the name it came under, or its SHA-256 (the first 8 digits will do)",
        };
        var why = new Option<string?>("--why") { Description = "理由（记录在案） / the reason (kept on record)", HelpName = "TEXT" };
        var undo = new Option<bool>("--undo") { Description = "恢复：重新计入 / take it into account again" };
        var command = new Verb(
            "withdraw",
            """
            把已收到的文件撤出统计（原件仍在存档中，发布清单列明，可恢复）；下次 build 起生效。
            Take a received file out of account (it stays in the archive, the release's manifest lists it, and it can be taken back); holds from the next build on.
            """,
            """
            innovation withdraw 误报.xlsx --why "报错年份，已另报"
            innovation withdraw 3fa9c1d27b40 --why "not a return"
            innovation withdraw 误报.xlsx --undo --why "核实后仍有效"
            """
        )
        {
            file,
            why,
            undo,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, token) =>
                    {
                        var reason = parse.GetValue(why)?.Trim() ?? "";
                        if (reason.Length == 0)
                            throw new UsageException(new("请用 --why 写明理由", "give the reason with --why"));
                        if (!File.Exists(Path.Combine(session.Workspace.Received, "ledger.jsonl")))
                            throw new UsageException(new("此工作区没有收到过文件", "this workspace has received no file"));
                        using var writer = session.Write();
                        var receipt = Find(new Archive(session.Workspace.Received, session.Clock, long.MaxValue).Receipts, parse.GetValue(file)!);
                        var undone = parse.GetValue(undo);
                        var withdrawals = new Withdrawals(session.Workspace.Received);
                        if (withdrawals.InForce.ContainsKey(receipt.Sha256) == !undone)
                            throw new UsageException(
                                undone
                                    ? new($"“{receipt.Name}”没有被撤出", $"\"{receipt.Name}\" has not been withdrawn")
                                    : new(
                                        $"“{receipt.Name}”已撤出：{withdrawals.InForce[receipt.Sha256].Why}",
                                        $"\"{receipt.Name}\" has been withdrawn already: {withdrawals.InForce[receipt.Sha256].Why}"
                                    )
                            );
                        withdrawals.Record(new(receipt.Sha256, reason, session.Clock.GetUtcNow(), undone));
                        session.Speaker.Say(
                            undone
                                ? new(
                                    $"已恢复“{ScreenText.Line(receipt.Name)}”（{receipt.Sha256[..12]}）；下次 build 起计入",
                                    $"\"{ScreenText.Line(receipt.Name)}\" ({receipt.Sha256[..12]}) is taken back; it counts from the next build on"
                                )
                                : new(
                                    $"已撤出“{ScreenText.Line(receipt.Name)}”（{receipt.Sha256[..12]}），原件仍在存档中；下次 build 起不再计入；恢复：innovation withdraw {receipt.Sha256[..12]} --undo --why …",
                                    $"\"{ScreenText.Line(receipt.Name)}\" ({receipt.Sha256[..12]}) is withdrawn and stays in the archive; it no longer counts from the next build on; to take it back: innovation withdraw {receipt.Sha256[..12]} --undo --why …"
                                )
                        );
                        // Landing, the rules of other files and the answers follow at once.
                        var result = session.Speaker.WithProgress(
                            new("更新", "bringing up to date"),
                            progress => LoadVerb.For(session).Load([], progress, token, tell: false)
                        );
                        session.Speaker.Answer(
                            new
                            {
                                file = receipt.Name,
                                sha256 = receipt.Sha256,
                                withdrawn = !undone,
                                why = reason,
                                errors = result.Errors,
                            }
                        );
                        return ExitCode.Done;
                    },
                    cancel
                )
        );
        return command;
    }

    /// <exception cref="UsageException">No received file is meant, or several may be.</exception>
    private static Receipt Find(IReadOnlyList<Receipt> receipts, string meant)
    {
        var isHash = meant.Length >= ShortestHash && meant.All(char.IsAsciiHexDigit);
        var found = isHash ? [.. receipts.Where(r => r.Sha256.StartsWith(meant, StringComparison.OrdinalIgnoreCase))] : new List<Receipt>();
        // A file at hand is known by its bytes; else by the name under which it came.
        if (found.Count == 0 && File.Exists(meant) && FileHash.Of(meant) is var hash)
            found = [.. receipts.Where(r => r.Sha256 == hash)];
        if (found.Count == 0)
            found = [.. receipts.Where(r => r.Name == Path.GetFileName(meant))];
        if (found.Count == 1)
            return found[0];
        if (found.Count > 1)
            throw new UsageException(
                new($"“{meant}”有 {found.Count} 个，请用哈希指明：{List(found)}", $"{found.Count} files are \"{meant}\"; say which by its hash: {List(found)}")
            );
        throw new UsageException(
            Nearest.Of(Path.GetFileName(meant), receipts.Select(r => r.Name)) is { } near
                ? new($"没有收到过“{meant}”；是否指“{near}”？", $"no file \"{meant}\" was received; did you mean \"{near}\"?")
                : new(
                    $"没有收到过“{meant}”；收到的文件见 innovation status --files",
                    $"no file \"{meant}\" was received; innovation status --files lists what was"
                )
        );
    }

    private static string List(IEnumerable<Receipt> found) =>
        string.Join(", ", found.Take(Shown).Select(r => $"{r.Sha256[..12]} ({r.ReceivedAt:yyyy-MM-dd HH:mm})"));
}
