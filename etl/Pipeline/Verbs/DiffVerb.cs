using System.CommandLine;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>diff</c>: what changed between two releases.</summary>
internal static class DiffVerb
{
    public static Command Command()
    {
        var first = new Argument<string>("R1") { Description = "较早的版本 / the earlier release" };
        var second = new Argument<string>("R2") { Description = "较晚的版本，可写 latest / the later release; latest will do" };
        var all = new Option<bool>("--all") { Description = "也列出只在一个版本中的数字 / also list figures that stand in one release only" };
        var command = new Verb("diff", """
            两个发布版本之间哪些数字变了。
            Which figures changed between two releases.
            """, """
            innovation diff r0001 latest
            innovation diff 1 2 --json
            """) { first, second, all };
        command.SetAction((parse, cancel) => Session.Run(parse, (session, _) => Diff(session, parse.GetValue(first)!, parse.GetValue(second)!, parse.GetValue(all)), cancel));
        return command;
    }

    private static int Diff(Session session, string first, string second, bool all)
    {
        var store = new ReleaseStore(session.Workspace.Releases);
        var (older, newer) = (store.Find(first), store.Find(second));
        var changes = ReleaseDiff.Between(store.WarehousePath(older), store.WarehousePath(newer), session.Workspace.Scratch);
        var revised = changes.Where(c => c.Kind == "revised").ToList();
        var speaker = session.Speaker;
        speaker.Say(new(
            $"{older.Id} → {newer.Id}：修订 {revised.Count} 个，新增 {changes.Count(c => c.Kind == "added")} 个，消失 {changes.Count(c => c.Kind == "removed")} 个",
            $"{older.Id} → {newer.Id}: {revised.Count} revised, {changes.Count(c => c.Kind == "added")} added, {changes.Count(c => c.Kind == "removed")} removed"));
        foreach (var c in all ? changes : revised)
            speaker.Line($"  {c.Figure}  {c.Before ?? "—"} → {c.After ?? "—"}");
        speaker.Answer(new { from = older.Id, to = newer.Id, compared = changes.Count == 0 ? 0 : changes[0].Compared, changes = all ? changes : revised });
        return ExitCode.Done;
    }
}
