using System.Security.Cryptography;
using System.Text.Json;

namespace Innovation1551.Service.Endpoints;

/// <summary>
/// Tickets of Flight: a request, whose it is and until when, sealed with a key of this process. Nobody can make or change one, use another's,
/// or use one later than ten minutes after it was given.
/// </summary>
internal sealed class FlightTickets(TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    private sealed record Sealed(byte[] Request, string Owner, DateTimeOffset Until);

    public byte[] Give(StatementRequest request, string owner)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new Sealed(request.ToJson(), owner, clock.GetUtcNow() + Lasts));
        return [.. HMACSHA256.HashData(_key, content), .. content];
    }

    /// <summary>The request of a ticket; null where it is none of ours, another's, or too old.</summary>
    public StatementRequest? Take(ReadOnlySpan<byte> ticket, string owner)
    {
        if (ticket.Length <= HMACSHA256.HashSizeInBytes)
            return null;
        var content = ticket[HMACSHA256.HashSizeInBytes..];
        if (!CryptographicOperations.FixedTimeEquals(ticket[..HMACSHA256.HashSizeInBytes], HMACSHA256.HashData(_key, content)))
            return null;
        var given = JsonSerializer.Deserialize<Sealed>(content)!;
        return given.Owner == owner && given.Until > clock.GetUtcNow() ? StatementRequest.Parse(given.Request) : null;
    }
}
