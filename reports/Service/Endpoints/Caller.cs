using System.Net;
using System.Text;
using Innovation1551.Models;
using Innovation1551.Service.Access;
using Microsoft.AspNetCore.Http;

namespace Innovation1551.Service.Endpoints;

/// <summary>Who asks.</summary>
/// <param name="Id">Id of the key; local where none is needed.</param>
internal sealed record Caller(string Id, Role Role)
{
    /// <summary>Schemas that the role reads; null for all.</summary>
    public IReadOnlyList<string>? Only => Role == Role.Reader ? ["published"] : null;

    public static Caller Of(HttpContext context) => (Caller)context.Items[nameof(Caller)]!;

    /// <summary>
    /// The caller of a request; null where a key is wanted and none in force was given. As long as a workspace has no key, whoever is on this
    /// machine is an analyst: the service then listens nowhere else, and answers to the names of this machine alone, so that no page of
    /// another site reaches it through a browser.
    /// </summary>
    public static Caller? Of(HttpRequest request, KeyStore keys)
    {
        if (!keys.All.Any())
            return IsLocal(request.Host.Host) ? new(Workers.WorkerPool.Shared, Role.Analyst) : null;
        return Secret(request) is { } secret && keys.Of(secret) is { } key ? new(key.Id, key.Role) : null;
    }

    public static bool IsLocal(string host) => host is "localhost" || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);

    /// <summary>As a bearer token, in X-Api-Key, or as the password of basic authentication, which is what spreadsheets ask for.</summary>
    private static string? Secret(HttpRequest request)
    {
        if (request.Headers["X-Api-Key"].ToString() is { Length: > 0 } plain)
            return plain;
        var given = request.Headers.Authorization.ToString();
        if (given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return given["Bearer ".Length..].Trim();
        if (!given.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return null;
        var bytes = new byte[given.Length];
        return
            Convert.TryFromBase64String(given["Basic ".Length..].Trim(), bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password]
            ? password
            : null;
    }
}

/// <summary>A request that cannot be answered, with its status.</summary>
internal sealed class RequestException(int status, string kind, Text problem, int line = 0, int column = 0) : Exception(problem.ToString())
{
    public int Status => status;
    public string Kind => kind;
    public Text Problem => problem;
    public int Line => line;
    public int Column => column;
    public int? RetryAfter { get; init; }
}
