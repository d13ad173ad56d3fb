namespace Innovation1551.Service.Access;

/// <summary>What a key may do; each may what those before it may.</summary>
public enum Role
{
    /// <summary>Published tables, metrics, saved queries.</summary>
    Reader,

    /// <summary>Every table of a release; saves queries.</summary>
    Analyst,

    /// <summary>Sessions of others, the audit.</summary>
    Administrator,
}

/// <summary>A key as it is kept: its digest, never itself.</summary>
/// <param name="Id">The part of the key that may be shown.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Sha256">Of the whole key.</param>
public sealed record AccessKey(string Id, string Name, Role Role, string Sha256, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? Revoked);
