using System.Runtime.InteropServices;
using Innovation1551.Models;
using Wasmtime;

namespace Innovation1551.Publishing.Typesetting;

/// <summary>
/// Makes a PDF of a Typst source, inside the process: the typesetter is a WebAssembly module that lies beside the program and runs in
/// bounds of time and memory, without clock, files or network. Each document has an instance of its own, so that several can be set at once.
/// </summary>
public static class Typesetter
{
    /// <summary>The most that one document may hold in memory, and the longest that it may take, in ticks of <see cref="Tick"/>.</summary>
    internal const long MostMemory = 2L << 30;
    internal const ulong MostTicks = 180;

    private const int StackSize = 16 << 20;

    /// <summary>How the module calls plain messages, a line each.</summary>
    private const int PlainMessages = 2;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>Where the build puts the module.</summary>
    internal static readonly string ModulePath = Path.Combine(AppContext.BaseDirectory, "typst", "typst_ts_web_compiler_bg.wasm");

    private static readonly Lazy<(Engine Engine, Module Module)> Loaded = new(() => CompiledModule.Load(ModulePath, UserCache.Folder));

    /// <summary>Why no PDF can be made, and what to do; null where one can.</summary>
    public static Text? Missing { get; } = WhyMissing();

    /// <summary>Whether the first PDF will take some ten seconds longer, because the module has not been made ready on this machine yet.</summary>
    public static bool IsFirstUse => Missing is null && !Loaded.IsValueCreated && !CompiledModule.IsKept(ModulePath, UserCache.Folder);

    /// <summary>The module beside the program. Making it ready takes long once for each machine, and a moment from then on.</summary>
    internal static (Engine Engine, Module Module) Ready => Loaded.Value;

    /// <param name="source">The text of the main file.</param>
    /// <param name="files">What it reads, by path.</param>
    /// <param name="fonts">The only fonts that there are.</param>
    /// <exception cref="TypesettingException">The source is wrong, or asks for too much.</exception>
    public static byte[] Pdf(string source, IReadOnlyDictionary<string, byte[]> files, IReadOnlyList<byte[]> fonts) =>
        Pdf(source, files, fonts, MostMemory, MostTicks);

    internal static byte[] Pdf(string source, IReadOnlyDictionary<string, byte[]> files, IReadOnlyList<byte[]> fonts, long memory, ulong ticks)
    {
        var (engine, module) = Ready;
        byte[]? pdf = null;
        Exception? failure = null;
        // The module's calls nest deeper than a pool's thread has room for.
        var thread = new Thread(
            () =>
            {
                try
                {
                    pdf = Set(engine, module, source, files, fonts, memory, ticks);
                }
                catch (Exception e)
                {
                    failure = e;
                }
            },
            StackSize
        );
        using (new Timer(_ => engine.IncrementEpoch(), null, Tick, Tick))
        {
            thread.Start();
            thread.Join();
        }

        return failure switch
        {
            null => pdf!,
            ScriptError error => throw new TypesettingException($"the PDF's source cannot be set:\n{error.Message}", error),
            TypesettingException known => throw known,
            _ => throw new TypesettingException("the typesetter failed: " + failure.Message, failure),
        };
    }

    private static byte[] Set(
        Engine engine,
        Module module,
        string source,
        IReadOnlyDictionary<string, byte[]> files,
        IReadOnlyList<byte[]> fonts,
        long memory,
        ulong ticks
    )
    {
        const string Main = "/main.typ";
        using var host = new ModuleHost(engine, module, memory, ticks);
        var shelf = host.Ask("typstfontresolverbuilder_new", 3);
        foreach (var font in fonts)
            host.Ask("typstfontresolverbuilder_add_raw_font", 2, shelf, host.Values.Add(font));
        var resolver = (ModuleObject)host.Await(host.Call("typstfontresolverbuilder_build", shelf))!;
        var builder = host.Ask("typstcompilerbuilder_new", 3);
        host.Ask("typstcompilerbuilder_set_dummy_access_model", 2, builder);
        var compiler = ((ModuleObject)host.Await(host.Call("typstcompilerbuilder_build", builder))!).Address;
        host.Ask("typstcompiler_set_fonts", 2, compiler, resolver.Address);
        foreach (var (name, bytes) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var (path, content) = (host.Pass(name), host.Pass(bytes));
            host.Call("typstcompiler_map_shadow", compiler, path.Address, path.Length, content.Address, content.Length);
        }

        var (main, text) = (host.Pass(Main), host.Pass(source));
        host.Call("typstcompiler_add_source", compiler, main.Address, main.Length, text.Address, text.Length);
        host.Ask("typstcompiler_reset", 2, compiler);
        var (file, format) = (host.Pass(Main), host.Pass("pdf"));
        object? answer;
        try
        {
            answer = host.Values.Take(
                host.Ask("typstcompiler_compile", 3, compiler, file.Address, file.Length, 0, 0, format.Address, format.Length, PlainMessages)
            );
        }
        catch (WasmtimeException trap)
        {
            throw new TypesettingException($"the typesetter gave up: {host.LastWords} {trap.Message.Split('\n')[0]}", trap);
        }

        return ScriptValues.Property(answer, "result") as byte[]
            ?? throw new ScriptError(Messages(ScriptValues.Property(answer, "diagnostics"), source) + host.LastWords);
    }

    /// <summary>What is wrong, each with the line that it speaks of: the source is made, so that nobody could look it up.</summary>
    private static string Messages(object? diagnostics, string source)
    {
        const int Longest = 300;
        var lines = source.Split('\n');
        var messages = (diagnostics as List<object?> ?? [diagnostics]).Select(ScriptValues.Describe).Take(5);
        return string.Join(
            '\n',
            messages.Select(message =>
                message.Split(':') is [var path, var row, ..]
                && path.EndsWith("main.typ", StringComparison.Ordinal)
                && int.TryParse(row, out var number)
                && number <= lines.Length
                    ? message + "\n  " + lines[number - 1][..Math.Min(Longest, lines[number - 1].Length)]
                    : message
            )
        );
    }

    private static Text? WhyMissing()
    {
        if (!File.Exists(ModulePath))
            return new(
                "没有 PDF 排版模块：编译程序时未能用 npm 取得；请装好 npm 后重新编译（dotnet build）",
                "the PDF typesetter is not there: npm could not fetch it when the program was built; install npm and build again (dotnet build)"
            );
        try
        {
            using var engine = new Engine();
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            return new(
                $"本机（{RuntimeInformation.RuntimeIdentifier}）不能运行 PDF 排版模块；请换一台常见系统的机器生成 PDF",
                $"the PDF typesetter does not run on this machine ({RuntimeInformation.RuntimeIdentifier}); make the PDF on one of the common systems"
            );
        }
    }
}
