using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Innovation1551.Models;
using Innovation1551.Pipeline.Verbs;
using Innovation1551.Pipeline.Work;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Innovation1551.Pipeline.Jobs.Notices;

/// <summary>Tells people by webhook and by mail; what does not go out is tried again, and stands in the history. A notice never stops a job.</summary>
internal sealed class NoticeSender : IDisposable
{
    private static readonly TimeSpan[] Again = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10)];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly NoticeOptions _options;
    private readonly string _workspace;
    private readonly RunHistory _history;
    private readonly ILogger _log;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };

    /// <exception cref="UsageException">The configuration does not hold; says what it should be.</exception>
    public NoticeSender(NoticeOptions options, string workspace, RunHistory history, ILogger log)
    {
        (_options, _workspace, _history, _log) = (options, workspace, history, log);
        if (
            options.Webhook is { } hook
            && !(Uri.TryCreate(hook.Url, UriKind.Absolute, out var url) && (url.Scheme == "https" || url.Scheme == "http" && url.IsLoopback))
        )
            throw new UsageException(
                new("Notices:Webhook:Url 应为 https 地址（或本机的 http）", "Notices:Webhook:Url is an https address, or http to this machine")
            );
        if (options.Mail is { } mail)
        {
            _ = Security(mail);
            if (mail.To.Length == 0 || !mail.To.Append(mail.From).All(a => MailboxAddress.TryParse(a, out _)))
                throw new UsageException(new("Notices:Mail 的 From 和 To 应为邮件地址", "Notices:Mail wants addresses in From and To"));
        }
    }

    /// <summary>The ways that are set up.</summary>
    public IReadOnlyList<string> Ways =>
        [.. ((string?[])[_options.Webhook is null ? null : "webhook", _options.Mail is null ? null : "mail"]).OfType<string>()];

    /// <summary>Tells how a job ended, where its line in the plan wants that.</summary>
    /// <returns>The ways that failed, with the reason.</returns>
    public async Task<IReadOnlyList<(string Way, string Failure)>> Tell(JobEnd end, CancellationToken cancel)
    {
        if (end.Job.Tells == Tells.Never || end.Job.Tells == Tells.Problems && !end.WantsPerson)
            return [];
        var notice = new Notice(_workspace, end);
        var failed = new List<(string, string)>();
        foreach (var way in Ways)
        {
            var failure = await Try(way == "mail" ? () => Mail(notice, cancel) : () => Post(notice, cancel), cancel);
            _history.Notice(end.Job.Name, way, failure);
            if (failure is null)
                continue;
            _log.LogError("a notice of {Job} by {Way} did not go out: {Failure}", end.Job.Name, way, failure);
            failed.Add((way, failure));
        }
        return failed;
    }

    public void Dispose() => _http.Dispose();

    private static async Task<string?> Try(Func<Task> send, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
            try
            {
                await send();
                return null;
            }
            catch (Exception e)
                when (!cancel.IsCancellationRequested
                    && e
                        is HttpRequestException
                            or IOException
                            or SocketException
                            or OperationCanceledException
                            or AuthenticationException
                            or MailKit.CommandException
                            or MailKit.ProtocolException
                            or SslHandshakeException
                            or NotSupportedException
                )
            {
                if (attempt == Again.Length)
                    return e.Message.ReplaceLineEndings(" ");
                await Task.Delay(Again[attempt], cancel);
            }
    }

    private async Task Post(Notice notice, CancellationToken cancel)
    {
        var hook = _options.Webhook!;
        var body = notice.ToJson();
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (hook.Secret is { Length: > 0 } secret)
            request.Headers.Add("X-Innovation-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        using var response = await _http.SendAsync(request, cancel);
        response.EnsureSuccessStatusCode();
    }

    private async Task Mail(Notice notice, CancellationToken cancel)
    {
        var mail = _options.Mail!;
        using var message = new MimeMessage
        {
            Subject = $"{notice.Subject.Zh} / {notice.Subject.En}",
            Body = new TextPart("plain") { Text = notice.Letter() },
        };
        message.From.Add(MailboxAddress.Parse(mail.From));
        foreach (var to in mail.To)
            message.To.Add(MailboxAddress.Parse(to));
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        await client.ConnectAsync(mail.Host, mail.Port, Security(mail), cancel);
        if (mail.User is { Length: > 0 } user)
            await client.AuthenticateAsync(user, mail.Password ?? "", cancel);
        await client.SendAsync(message, cancel);
        await client.DisconnectAsync(quit: true, cancel);
    }

    private static SecureSocketOptions Security(NoticeOptions.MailOptions mail) =>
        mail.Security switch
        {
            "starttls" => SecureSocketOptions.StartTls,
            "tls" => SecureSocketOptions.SslOnConnect,
            "none" when mail.User is null or "" => SecureSocketOptions.None,
            "none" => throw new UsageException(
                new("Notices:Mail 无加密时不发送口令：请用 starttls 或 tls", "Notices:Mail sends no password without encryption: use starttls or tls")
            ),
            _ => throw new UsageException(new("Notices:Mail:Security 应为 starttls、tls 或 none", "Notices:Mail:Security is starttls, tls or none")),
        };
}
