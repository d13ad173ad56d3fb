using System.CommandLine;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Signing;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>sign</c>: a release and its reports, under a person's key; <c>prove</c>: one figure of it.</summary>
internal static class SignVerb
{
    public static Command Command()
    {
        var release = new Argument<string>("R") { Description = "发布版本；latest 为当前版本 / release; latest is the current one" };
        var by = new Option<string?>("--by")
        {
            Description = "签名人：邮件地址或名称（不含空格） / whose key it is: mail address or a name without blanks",
            HelpName = "WHO",
        };
        var key = KeyVerb.File();
        var text = new Option<string?>("--text")
        {
            Description = "只把待签文本写入文件，供 ssh-keygen -Y sign -n innovation1551 签署 / write what is to be signed into a file, for ssh-keygen",
            HelpName = "FILE",
        };
        var signature = new Option<string?>("--signature")
        {
            Description = "收入在别处用 ssh-keygen 做的签名 / take in a signature made elsewhere by ssh-keygen",
            HelpName = "FILE",
        };
        var command = new Verb(
            "sign",
            """
            签署发布版本及其已生成的报告：签名可用 ssh-keygen 或 openssl 核对（releases/signatures/…/VERIFY.txt）。发布前检查（checklist）不通过的不签。
            Sign a release and the reports made from it; ssh-keygen and openssl check the signature too (releases/signatures/…/VERIFY.txt).
            What its checklist does not let pass is not signed.
            """,
            """
            innovation sign latest --by desk@example.org
            innovation sign r0003 --text r0003.edition
            ssh-keygen -Y sign -n innovation1551 -f ~/.ssh/id_ed25519 r0003.edition
            innovation sign r0003 --by zhang@example.org --signature r0003.edition.sig
            """
        )
        {
            release,
            by,
            key,
            text,
            signature,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) =>
                        parse.GetValue(text) is { } file
                            ? Write(session, parse.GetValue(release)!, file)
                            : Sign(session, parse.GetValue(release)!, parse.GetValue(by), Path.GetFullPath(parse.GetValue(key)!), parse.GetValue(signature)),
                    cancel
                )
        );
        return command;
    }

    public static Command Prove()
    {
        var figure = new Argument<string>("FIGURE") { Description = "数字的编号 / identifier of the figure" };
        var release = Verb.Release();
        var output = new Option<string?>("--output", "-o") { Description = "写入文件（默认屏幕） / into a file (default: the screen)", HelpName = "FILE" };
        var command = new Verb(
            "prove",
            """
            证明一个数字出自已签署的版本：只含该数字、到根的哈希和签名，不含其他内容；用 innovation verify --figure 核对。
            Prove that a figure is of a signed release: the figure, the hashes up to the root and the signature, and nothing else; innovation verify --figure checks it.
            """,
            """
            innovation prove rd_intensity:total:all:2025 --output proof.json
            innovation verify --figure proof.json
            """
        )
        {
            figure,
            release,
            output,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) =>
                    {
                        using var opened = session.Open(parse.GetValue(release)!);
                        var proof = FigureProof.Of(parse.GetValue(figure)!, opened.Connection, opened.Manifest.Id, new(session.Workspace.Releases));
                        if (parse.GetValue(output) is { } file)
                        {
                            WholeFile.Write(Path.GetFullPath(file), s => s.Write(proof.ToJson()));
                            session.Speaker.Say(new($"已写入 {file}", $"wrote {file}"));
                            session.Speaker.Answer(new { File = file, proof.Figure });
                        }
                        else
                            session.Speaker.Output.WriteLine(System.Text.Encoding.UTF8.GetString(proof.ToJson()));
                        return ExitCode.Done;
                    },
                    cancel
                )
        );
        return command;
    }

    private static int Write(Session session, string name, string file)
    {
        using var opened = session.Open(name);
        if (!ChecklistVerb.Holds(session, opened))
            return ExitCode.DataErrors;
        var edition = Edition.Of(opened.Manifest, opened.Connection, session.Workspace.Reports, session.Workspace.Published);
        WholeFile.Write(Path.GetFullPath(file), s => s.Write(edition.Bytes));
        session.Speaker.Say(new($"已写入 {file}", $"wrote {file}"));
        session.Speaker.Answer(new { File = file, Release = opened.Manifest.Id });
        return ExitCode.Done;
    }

    private static int Sign(Session session, string name, string? by, string keyFile, string? made)
    {
        if (string.IsNullOrWhiteSpace(by))
            throw new UsageException(new("请用 --by 写明签名人", "say with --by whose key it is"));
        using var writer = session.Write();
        using var opened = session.Open(name);
        if (!ChecklistVerb.Holds(session, opened))
            return ExitCode.DataErrors;
        var edition = Edition.Of(opened.Manifest, opened.Connection, session.Workspace.Reports, session.Workspace.Published);
        var signatures = new Signatures(session.Workspace.Releases);
        PublicSigningKey signer;
        if (made is not null)
            signer = signatures.Take(edition, File.ReadAllText(made), by);
        else
            using (var key = SigningKey.Read(keyFile))
            {
                signer = key.Public;
                signatures.Sign(edition, key, by);
            }
        session.Speaker.Say(
            new(
                $"{by} 已签署 {opened.Manifest.Id}（{signer.Fingerprint}）；核对方法见 releases/signatures/{opened.Manifest.Id}/VERIFY.txt",
                $"{by} has signed {opened.Manifest.Id} ({signer.Fingerprint}); releases/signatures/{opened.Manifest.Id}/VERIFY.txt says how to check it"
            )
        );
        session.Speaker.Answer(
            new
            {
                release = opened.Manifest.Id,
                by,
                signer.Fingerprint,
            }
        );
        return ExitCode.Done;
    }
}
