using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Innovation1551.Models;

namespace Innovation1551.Service.Access;

/// <summary>There is no such key, or it cannot be made like this.</summary>
public sealed class KeyException(Text problem) : Refusal(problem);

/// <summary>
/// The keys of a workspace, in a file that its user alone may read. A key is 256 random bits behind a prefix by which it is known as one;
/// what is kept is its SHA-256.
/// </summary>
/// <param name="folder">The workspace's folder of the service.</param>
public sealed class KeyStore(string folder, TimeProvider clock)
{
    private const string Prefix = "inn1551_";
    private const int Random = 32;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);
    private IReadOnlyList<AccessKey> _keys = [];
    private DateTime _read;

    private string KeyFile => Path.Combine(folder, "keys.json");
    private string UsedFile => Path.Combine(folder, "keys-used.json");

    /// <summary>All keys, as the file has them now.</summary>
    /// <exception cref="KeyException">The file is damaged.</exception>
    public IReadOnlyList<AccessKey> All
    {
        get
        {
            lock (_lock)
            {
                var written = File.GetLastWriteTimeUtc(KeyFile);
                if (written == _read)
                    return _keys;
                try
                {
                    _keys = File.Exists(KeyFile) ? JsonSerializer.Deserialize<List<AccessKey>>(File.ReadAllBytes(KeyFile), Options) ?? [] : [];
                }
                catch (JsonException e)
                {
                    throw new KeyException(new($"{KeyFile} 已损坏：{e.Message}", $"{KeyFile} is damaged: {e.Message}"));
                }
                _read = written;
                return _keys;
            }
        }
    }

    /// <summary>Those that open something now.</summary>
    public IEnumerable<AccessKey> InForce => All.Where(k => k.Revoked is null && (k.Expires is null || k.Expires > clock.GetUtcNow()));

    /// <summary>When each key was last used, by its id.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> LastUsed
    {
        get
        {
            lock (_lock)
            {
                var used = File.Exists(UsedFile) ? JsonSerializer.Deserialize<Dictionary<string, DateTimeOffset>>(File.ReadAllBytes(UsedFile)) ?? [] : [];
                foreach (var (id, at) in _used)
                    used[id] = at;
                return used;
            }
        }
    }

    /// <summary>Makes a key; it is told this once and never again.</summary>
    public (string Secret, AccessKey Key) New(string name, Role role, TimeSpan? lasts)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100)
            throw new KeyException(new("请注明密钥由谁使用（--name，不超过 100 字）", "say whose key it is (--name, at most 100 characters)"));
        var secret = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Random));
        var now = clock.GetUtcNow();
        var key = new AccessKey(secret[Prefix.Length..(Prefix.Length + 8)], name, role, Digest(secret), now, now + lasts, null);
        Write([.. All, key]);
        return (secret, key);
    }

    /// <exception cref="KeyException">There is no key of that id, or it is revoked already.</exception>
    public AccessKey Revoke(string id)
    {
        var all = All.ToList();
        var at = all.FindIndex(k => k.Id == id);
        if (at < 0)
            throw new KeyException(new($"没有密钥 {id}；innovation serve key list 列出全部", $"there is no key {id}; innovation serve key list lists them"));
        if (all[at].Revoked is null)
            all[at] = all[at] with { Revoked = clock.GetUtcNow() };
        Write(all);
        return all[at];
    }

    /// <summary>The key that a secret is; null where it is none in force. Takes the same time whichever it is.</summary>
    public AccessKey? Of(string secret)
    {
        var digest = Encoding.ASCII.GetBytes(Digest(secret));
        AccessKey? found = null;
        foreach (var key in InForce)
            if (CryptographicOperations.FixedTimeEquals(digest, Encoding.ASCII.GetBytes(key.Sha256)))
                found = key;
        if (found is not null)
            lock (_lock)
                _used[found.Id] = clock.GetUtcNow();
        return found;
    }

    /// <summary>Brings to the disk when keys were last used.</summary>
    public void Flush()
    {
        if (_used.Count > 0)
            Put(UsedFile, JsonSerializer.SerializeToUtf8Bytes(LastUsed));
    }

    private static string Digest(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private void Write(List<AccessKey> keys)
    {
        Put(KeyFile, JsonSerializer.SerializeToUtf8Bytes(keys, Options));
        lock (_lock)
            _read = default;
    }

    private static void Put(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        WholeFile.Write(
            path,
            stream =>
            {
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(((FileStream)stream).SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                stream.Write(content);
            }
        );
    }
}
