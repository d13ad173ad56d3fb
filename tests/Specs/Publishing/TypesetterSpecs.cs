using Innovation1551.Publishing.Typesetting;
using Wasmtime;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>The typesetter as a module in the process: its world is whole, its compiled form is kept with care, and what it is given cannot hang it.</summary>
public sealed class TypesetterSpecs : IDisposable
{
    private static readonly Dictionary<string, byte[]> NoFiles = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("typesetter").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The names of the imports end in hashes that change with the package: another version must not come in unseen.</summary>
    [Fact]
    public void Every_import_of_the_module_is_known_and_no_other()
    {
        Skip();
        Assert.Equal(Typesetter.Ready.Module.Imports.Select(i => i.Name).Order(StringComparer.Ordinal), ModuleHost.Known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_wrong_source_is_refused_with_the_line_that_is_wrong()
    {
        Skip();
        var refused = Assert.Throws<TypesettingException>(() => Typesetter.Pdf("#let a = 1\n#nope(2)", NoFiles, []));
        Assert.Contains("unknown variable: nope", refused.Message, StringComparison.Ordinal);
        Assert.Contains("#nope(2)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused_as_such() =>
        Assert.Throws<TypesettingException>(() => Typesetter.Pdf("#read(\"/etc/passwd\")", Ready(NoFiles), []));

    [Fact]
    public void What_never_ends_is_ended()
    {
        Skip();
        Assert.Throws<TypesettingException>(() =>
            Typesetter.Pdf("#let f(n) = { let i = 0; while i >= 0 { i = calc.rem(i + 1, 7) } }\n#f(1)", NoFiles, [], 1L << 30, 2)
        );
    }

    [Fact]
    public void What_asks_for_too_much_memory_is_refused()
    {
        Skip();
        Assert.Throws<TypesettingException>(() =>
            Typesetter.Pdf("#let a = \"x\" * 1000000\n#let b = range(400).map(i => a + str(i))\n#b.len()", NoFiles, [], 64 << 20, Typesetter.MostTicks)
        );
    }

    /// <summary>A small module stands for the large one: what is kept, damaged and not to be kept is the same.</summary>
    [Fact]
    public void A_compiled_module_is_kept_and_a_damaged_one_is_made_again()
    {
        var wasm = Path.Combine(_folder, "small.wasm");
        File.WriteAllBytes(wasm, Module.ConvertText("(module (func (export \"two\") (result i32) i32.const 2))"));
        var cache = Path.Combine(_folder, "cache");
        Assert.Equal(2, Two(cache));
        var kept = Assert.Single(Directory.GetFiles(cache));
        var whole = File.ReadAllBytes(kept);
        foreach (var damage in new Func<byte[], byte[]>[] { b => b[..^9], b => [], b => [.. b[..100], (byte)(b[100] ^ 1), .. b[101..]] })
        {
            File.WriteAllBytes(kept, damage(whole));
            Assert.Equal(2, Two(cache));
            Assert.Equal(whole, File.ReadAllBytes(Assert.Single(Directory.GetFiles(cache))));
        }

        // Where nothing can be kept it works all the same: a file stands where the folder would be.
        Assert.Equal(2, Two(Path.Combine(wasm, "cache")));
        Assert.Equal(2, Two(null));

        int Two(string? folder)
        {
            var (engine, module) = CompiledModule.Load(wasm, folder);
            using (engine)
            using (module)
            using (var store = new Store(engine))
            {
                store.SetEpochDeadline(1);
                return (int)new Instance(store, module).GetFunction("two")!.Invoke()!;
            }
        }
    }

    private static Dictionary<string, byte[]> Ready(Dictionary<string, byte[]> files)
    {
        Skip();
        return files;
    }

    private static void Skip() => Assert.SkipWhen(Typesetter.Missing is not null, Typesetter.Missing?.En ?? "");
}
