using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
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
        var command = new Verb(
            "diff",
            """
            两个发布版本之间哪些数字变了，为什么：迟报、重报、更正、规则与定义、代码表与口径范围、分母修订；各部分之和等于变动数。
            Which figures changed between two releases, and why; the parts sum to the change exactly.
            """,
            """
            innovation diff r0001 latest
            innovation diff 1 2 --json
            """
        )
        {
            first,
            second,
            all,
        };
        command.SetAction(
            (parse, cancel) => Session.Run(parse, (session, _) => Diff(session, parse.GetValue(first)!, parse.GetValue(second)!, parse.GetValue(all)), cancel)
        );
        return command;
    }

    private static string Number(decimal? value) => value?.ToString("#,##0.######", CultureInfo.InvariantCulture) ?? "—";

    private static string Signed(decimal value) => value.ToString("+#,##0.######;−#,##0.######", CultureInfo.InvariantCulture);

    private static int Diff(Session session, string first, string second, bool all)
    {
        using var before = session.Open(first);
        using var after = session.Open(second);
        var (older, newer) = (before.Manifest, after.Manifest);
        var changes = ReleaseAttribution.Between(before.Connection, after.Connection);
        var (revised, added, removed) = (
            changes.Count(c => c.Kind == "revised"),
            changes.Count(c => c.Kind == "added"),
            changes.Count(c => c.Kind == "removed")
        );
        var listed = all ? changes : [.. changes.Where(c => c.Kind == "revised")];
        var speaker = session.Speaker;
        speaker.Say(
            new(
                $"{older.Id} → {newer.Id}：修订 {revised} 个，新增 {added} 个，消失 {removed} 个",
                $"{older.Id} → {newer.Id}: {revised} revised, {added} added, {removed} removed"
            )
        );
        foreach (var c in listed)
            speaker.Line(
                $"  {c.Figure}  {Number(c.Before)} → {Number(c.After)}  =  "
                    + string.Join("  ", c.Parts.Select(p => $"{EditionChanges.Name(p.Key).In(speaker.Language)} {Signed(p.Value)}"))
            );
        speaker.Answer(
            new
            {
                from = older.Id,
                to = newer.Id,
                revised,
                added,
                removed,
                changes = listed,
            }
        );
        return ExitCode.Done;
    }
}
