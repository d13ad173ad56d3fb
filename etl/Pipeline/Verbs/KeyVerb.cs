using System.CommandLine;
using Innovation1551.Models.Signing;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>key</c>: the key with which a person signs releases.</summary>
internal static class KeyVerb
{
    /// <summary>Where the key lies.</summary>
    public static Option<string> File() =>
        new("--key")
        {
            Description =
                "密钥文件（默认在本人的配置文件夹，不在工作区） / the key's file (default: the person's own folder of configuration, not the workspace)",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("INNOVATION_KEY") is { Length: > 0 } path ? path : SigningKey.Usual,
            HelpName = "FILE",
        };

    public static Command Command() =>
        new Verb(
            "key",
            """
            签署发布版本的密钥（Ed25519）：生成、显示、更换。
            The key (Ed25519) with which releases are signed: make, show, rotate.
            """,
            """
            innovation key new
            innovation key show
            innovation key rotate
            """
        )
        {
            Part("new", "生成密钥 / Make a key", (session, path) => Tell(session, SigningKey.New(path), path, null)),
            Part("show", "显示公钥 / Show the public key", (session, path) => Tell(session, SigningKey.Read(path), path, null)),
            Part(
                "rotate",
                "更换密钥；旧密钥为新密钥作证并留存 / Change the key; the old one vouches for the new one and is kept",
                (session, path) =>
                {
                    var (made, handover) = SigningKey.Rotate(path, session.Clock.GetUtcNow());
                    Tell(session, made, path, handover);
                }
            ),
        };

    private static Verb Part(string name, string does, Action<Session, string> work)
    {
        var file = File();
        var verb = new Verb(name, does, $"innovation key {name}") { file };
        verb.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) =>
                    {
                        work(session, Path.GetFullPath(parse.GetValue(file)!));
                        return ExitCode.Done;
                    },
                    cancel,
                    Needs.Nothing
                )
        );
        return verb;
    }

    private static void Tell(Session session, SigningKey key, string path, string? handover)
    {
        using (key)
        {
            session.Speaker.Say(
                new($"密钥文件：{path}（请妥善备份，勿放入工作区）", $"key file: {path} (keep a copy in a safe place, and never in a workspace)")
            );
            session.Speaker.Line(key.Public.Fingerprint);
            session.Speaker.Line(key.Public.Line);
            session.Speaker.Line(key.Public.Pem.TrimEnd());
            if (handover is not null)
            {
                session.Speaker.Say(
                    new("旧密钥对新公钥（上面 ssh-ed25519 一行）的签名：", "the old key's signature over the new one (the line ssh-ed25519 above):")
                );
                session.Speaker.Line(handover.TrimEnd());
            }
            session.Speaker.Answer(
                new
                {
                    File = path,
                    key.Public.Fingerprint,
                    key.Public.Line,
                    key.Public.Pem,
                    handover,
                }
            );
        }
    }
}
