using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Innovation1551.Models;
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
            UserCache.Keep(FileOf(SHA256.HashData(wasm), folder), new MemoryStream(module.Serialize()));
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

    /// <summary>The module as it was kept; null where there is none or it is not what was written. Code is never run without its digest, which the runtime does not read.</summary>
    private static Module? Kept(Engine engine, string file)
    {
        try
        {
            return UserCache.IsWhole(file) ? Module.DeserializeFile(engine, "typst", file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or WasmtimeException)
        {
            return null;
        }
    }
}
