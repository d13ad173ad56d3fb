namespace Innovation1551.Pipeline.Jobs.Notices;

/// <summary>
/// Whom to tell, of <c>Notices</c> in the workspace's innovation.json. Secrets are better given by the environment:
/// INNOVATION_Notices__Mail__Password, INNOVATION_Notices__Webhook__Secret.
/// </summary>
internal sealed record NoticeOptions
{
    public WebhookOptions? Webhook { get; init; }
    public MailOptions? Mail { get; init; }

    /// <param name="Url">https, or http to this machine.</param>
    /// <param name="Secret">Whoever has it can tell that a notice is ours: X-Innovation-Signature is its HMAC-SHA-256 over the body.</param>
    internal sealed record WebhookOptions(string Url, string? Secret = null);

    /// <param name="Security">starttls (587), tls (465), none (for a server on this machine).</param>
    internal sealed record MailOptions(
        string Host,
        string From,
        string[] To,
        int Port = 587,
        string Security = "starttls",
        string? User = null,
        string? Password = null
    );
}
