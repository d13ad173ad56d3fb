using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Wasmtime;

namespace Innovation1551.Publishing.Typesetting;

/// <summary>
/// A WebAssembly module as code of this machine. Making that takes some ten seconds, so it is kept in the user's own cache under the hash
/// of all that it depends on, and mapped from there: of its seventy megabytes only the code that runs is in memory. A kept file that is
/// not whole is made again; where none can be kept, it is made each time.
/// </summary>
internal static class CompiledModule
{
    /// <summary>Of the machine's stack, what the module's calls may take.</summary>
    private const int StackSize = 2 << 20;

    /// <summary>Goes up when the settings below change.</summary>
    private const int Settings = 2;

    private static readonly ConcurrentDictionary<(string Path, DateTime Written), byte[]> Hashes = [];

    /// <summary>The user's cache: what is in it can be deleted at any time.</summary>
    public static string? CacheFolder
    {
        get
        {
            var root =
                Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
                : OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".cache")
                : "";
            return Path.IsPathFullyQualified(root) ? Path.Combine(root, "innovation1551") : null;
        }
    }

    /// <param name="folder">Where compiled modules are kept; null where nowhere.</param>
    public static (Engine Engine, Module Module) Load(string path, string? folder)
    {
        var engine = new Engine(new Config().WithEpochInterruption(true).WithMaximumStackSize(StackSize));
        var kept = folder is null ? null : FileOf(HashOf(path), folder);
        if (kept is not null && Kept(engine, kept) is { } ready)
            return (engine, ready);
        var wasm = File.ReadAllBytes(path);
        var module = Module.FromBytes(engine, "typst", wasm);
        if (folder is not null)
            Keep(FileOf(SHA256.HashData(wasm), folder), module.Serialize());
        return (engine, module);
    }

    /// <summary>Whether the module has been made ready on this machine before; a file that is not whole counts here and is found out on use.</summary>
    public static bool IsKept(string path, string? folder) => folder is not null && File.Exists(FileOf(HashOf(path), folder));

    /// <summary>The hash of a module's file, worked out once for the file as it is.</summary>
    private static byte[] HashOf(string path) =>
        Hashes.GetOrAdd(
            (path, File.GetLastWriteTimeUtc(path)),
            static of =>
            {
                using var wasm = File.OpenRead(of.Path);
                return SHA256.HashData(wasm);
            }
        );

    /// <summary>Where the compiled module is kept: under the hash of the module and of what makes code of it.</summary>
    private static string FileOf(byte[] module, string folder)
    {
        var runtime = $"{typeof(Engine).Assembly.GetName().Version} {RuntimeInformation.RuntimeIdentifier} {Settings}";
        return Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData([.. module, .. Encoding.UTF8.GetBytes(runtime)]))[..32] + ".module");
    }

    /// <summary>The module as it was kept; null where there is none or it is not what was written. Code is never run without its digest.</summary>
    private static Module? Kept(Engine engine, string file)
    {
        try
        {
            if (!File.Exists(file))
                return null;
            return IsWhole(file) ? Module.DeserializeFile(engine, "typst", file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or WasmtimeException)
        {
            return null;
        }
    }

    /// <summary>The digest stands at the end, which the runtime does not read.</summary>
    private static bool IsWhole(string file)
    {
        using var stream = File.OpenRead(file);
        var code = stream.Length - SHA256.HashSizeInBytes;
        if (code <= 0)
            return false;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (int read; code > 0; code -= read)
        {
            read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, code));
            if (read == 0)
                return false;
            hash.AppendData(buffer, 0, read);
        }

        var digest = new byte[SHA256.HashSizeInBytes];
        return stream.ReadAtLeast(digest, digest.Length, throwOnEndOfStream: false) == digest.Length && hash.GetHashAndReset().AsSpan().SequenceEqual(digest);
    }

    /// <summary>Writes under another name and renames, so that nobody finds half a file, and who has the one before mapped keeps it.</summary>
    private static void Keep(string file, byte[] code)
    {
        var folder = Path.GetDirectoryName(file)!;
        var part = Path.Combine(folder, $"{Path.GetFileName(file)}.{Guid.NewGuid():N}.part");
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using (var stream = File.Create(part))
            {
                stream.Write(code);
                stream.Write(SHA256.HashData(code));
            }

            File.Move(part, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full or closed disk costs time at the next run, nothing else.
            try
            {
                File.Delete(part);
            }
            catch (Exception again) when (again is IOException or UnauthorizedAccessException)
            {
                // What cannot be deleted lies in a cache, under a name that nobody asks for.
            }
        }
    }
}
