using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Disclosure;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Releases;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>public</c>: a warehouse for everybody, of published figures alone.</summary>
internal static class PublicVerb
{
    public static Command Command()
    {
        var file = new Argument<string>("FILE") { Description = "要写的 DuckDB 文件，在工作区之外 / the DuckDB file to write, outside the workspace" };
        var release = Verb.Release();
        var draft = new Option<bool>("--draft")
        {
            Description = "不经发布前检查（checklist），文件注明草稿 / without the checklist; the file says that it is a draft",
        };
        var force = new Option<bool>("--force") { Description = "替换已有文件 / replace a file that is there" };
        var command = new Verb(
            "public",
            """
            公开库：只含公布的表、不含单个企业的一个 DuckDB 文件，任何查询都找不到不公布的数字（以 × 标明）。写完即以攻击者的算法（线性规划）逐一推算
            受保护的数据，能推算出来或来不及算完的，不予发布。哪些数字受保护由 seeds/disclosure_rule.csv 决定，出厂为空。发布前检查（checklist）须通过。
            The public warehouse: a DuckDB file of published tables alone, without single enterprises, in which no query finds what is not published
            (marked ×). It is attacked by linear programmes before anybody gets it; what can be reckoned, or could not be made out in time, is not
            published. seeds/disclosure_rule.csv says what is protected; as shipped it is empty. The checklist must hold.
            """,
            """
            innovation public /srv/公开.duckdb
            innovation public /srv/public.duckdb --release r0003 --force --json
            innovation public /srv/draft.duckdb --draft
            """
        )
        {
            file,
            release,
            draft,
            force,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, token) => Write(session, parse.GetValue(file)!, parse.GetValue(release)!, parse.GetValue(draft), parse.GetValue(force), token),
                    cancel
                )
        );
        return command;
    }

    private static int Write(Session session, string file, string name, bool draft, bool force, CancellationToken cancel)
    {
        var speaker = session.Speaker;
        var place = NewFile.Check(file, force, session.Workspace.Root);
        using var opened = session.Open(name);
        var manifest = opened.Manifest;
        if (!draft && !ChecklistVerb.Holds(session, opened, withReports: false))
            return ExitCode.DataErrors;
        Directory.CreateDirectory(session.Workspace.Scratch);
        var aside = Path.Combine(session.Workspace.Scratch, $"public-{Guid.NewGuid():N}.duckdb");
        PublicFile written;
        try
        {
            written = speaker.WithProgress(
                new("写出公开库并攻击", "writing the public warehouse and attacking it"),
                progress =>
                    PublicWarehouse.Write(
                        manifest,
                        opened.WarehousePath,
                        aside,
                        draft,
                        () => EarlierEdition.Of(new ReleaseStore(session.Workspace.Releases), manifest.Id),
                        cancel,
                        progress
                    )
            );
            WholeFile.Write(
                place,
                to =>
                {
                    using var from = File.OpenRead(aside);
                    from.CopyTo(to);
                }
            );
        }
        finally
        {
            File.Delete(aside);
        }
        speaker.Say(
            new(
                $"{place}：{manifest.Id} 的 {written.Tables} 张表、{written.Rows} 行，{written.Figures} 个数字中 {written.Suppressed} 个以 {PublicWarehouse.Mark} 标明不公布（{written.ByRule} 个因规则）",
                $"{place}: {written.Tables} tables and {written.Rows} rows of {manifest.Id}; of {written.Figures} figures {written.Suppressed} are not published and marked {PublicWarehouse.Mark} ({written.ByRule} by rule)"
            )
        );
        speaker.Say(
            written.Attack is { } attack
                ? new(
                    $"已攻击 {attack.Targets} 处受保护的数据，均推算不出，用时 {Seconds(attack)} 秒；受保护金额的 {written.LostValuePercent:0.#}% 不公布；以往版本已公布而无法再保护的 {attack.Out} 个",
                    $"{attack.Targets} protected amounts were attacked and none can be reckoned, in {Seconds(attack)} s; {written.LostValuePercent:0.#} % of the protected amounts is not published; {attack.Out} were told by an earlier edition and cannot be protected any more"
                )
                : new(
                    "没有保密规则（seeds/disclosure_rule.csv 为空）：没有隐去任何数字",
                    "there is no rule of disclosure control (seeds/disclosure_rule.csv is empty): nothing is suppressed"
                )
        );
        if (draft)
            speaker.Say(new("草稿：未经发布前检查", "a draft: the checklist was not asked"));
        speaker.SayWhetherSynthetic(manifest.IsSynthetic);
        speaker.Answer(
            new
            {
                Release = manifest.Id,
                File = place,
                IsDraft = draft,
                written.Tables,
                written.Rows,
                written.Figures,
                written.Suppressed,
                written.ByRule,
                ByLink = written.Suppressed - written.ByRule,
                SuppressedPercent = written.Figures == 0 ? 0 : Math.Round(written.Suppressed * 100m / written.Figures, 2),
                written.LostValuePercent,
                ProtectedAmounts = written.Attack?.Targets,
                ToldEarlier = written.Attack?.Out,
                AttackSeconds = written.Attack is { } done ? Math.Round(done.Taken.TotalSeconds, 1) : (double?)null,
            }
        );
        return ExitCode.Done;
    }

    private static string Seconds(Attack attack) => attack.Taken.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
