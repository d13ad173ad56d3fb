using System.Text;
using Wasmtime;

namespace Innovation1551.Publishing.Typesetting;

/// <summary>
/// One instance of the typesetter's module with the world that it expects around it: the few dozen functions of a browser's script engine
/// that its binding calls. There is no clock, no file, no network and no chance in that world, so that the same source gives the same bytes.
/// </summary>
internal sealed partial class ModuleHost : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(false, true);

    private readonly ScriptValues _values = new();
    private readonly Turns _turns = new();
    private readonly Dictionary<string, Function> _exports = new(StringComparer.Ordinal);
    private readonly Store _store;
    private readonly Instance _instance;
    private readonly Memory _memory;

    /// <param name="memory">The most that it may hold, in bytes.</param>
    /// <param name="ticks">How many of the engine's ticks it may run.</param>
    public ModuleHost(Engine engine, Module module, long memory, ulong ticks)
    {
        _store = new Store(engine);
        _store.SetLimits(memorySize: memory);
        _store.SetEpochDeadline(ticks);
        using var linker = new Linker(engine);
        foreach (var import in module.Imports.OfType<FunctionImport>())
            linker.Define(import.ModuleName, import.Name, Function.FromCallback(_store, Callback(import.Name), import.Parameters, import.Results));
        _instance = linker.Instantiate(_store, module);
        _memory = _instance.GetMemory("memory") ?? throw new InvalidDataException("the module has no memory");
    }

    public ScriptValues Values => _values;

    /// <summary>A function of the module whose arguments and result are numbers or addresses.</summary>
    public int Call(string export, params ReadOnlySpan<int> arguments)
    {
        if (!_exports.TryGetValue(export, out var function))
            _exports[export] = function = _instance.GetFunction(export) ?? throw new InvalidDataException($"the module has no function {export}");
        var boxed = new ValueBox[arguments.Length];
        for (var i = 0; i < boxed.Length; i++)
            boxed[i] = arguments[i];
        return function.Invoke(boxed) is int result ? result : 0;
    }

    /// <summary>A function of the module that answers with words in memory, the last two of which are an error and whether there is one.</summary>
    /// <param name="words">How many words it answers with, those two included.</param>
    public int Ask(string export, int words, params ReadOnlySpan<int> arguments)
    {
        const int Room = 16;
        var answer = Call("__wbindgen_add_to_stack_pointer", -Room);
        try
        {
            Call(export, [answer, .. arguments]);
            if (Word(answer, words - 1) != 0)
                throw new ScriptError(ScriptValues.Describe(_values.Take(Word(answer, words - 2))));
            return Word(answer, 0);
        }
        finally
        {
            Call("__wbindgen_add_to_stack_pointer", Room);
        }
    }

    /// <summary>The value of a promise that the module has given; nothing here is left to wait for, so that it is there after all turns.</summary>
    public object? Await(int place)
    {
        _turns.Run();
        return _values.Take(place) switch
        {
            Promise { IsSettled: true, IsBroken: false } promise => promise.Value,
            Promise { IsSettled: true } broken => throw new ScriptError(ScriptValues.Describe(broken.Value)),
            _ => throw new ScriptError("the module waits for what never comes"),
        };
    }

    /// <summary>Bytes in the module's memory, which the module owns from now on.</summary>
    public (int Address, int Length) Pass(ReadOnlySpan<byte> bytes)
    {
        var address = Call("__wbindgen_export", bytes.Length, 1);
        bytes.CopyTo(Bytes(address, bytes.Length));
        return (address, bytes.Length);
    }

    public (int Address, int Length) Pass(string text) => Pass(Utf8.GetBytes(text));

    public void Dispose() => _store.Dispose();

    private Span<byte> Bytes(int address, int length) => _memory.GetSpan((uint)address, length);

    private string Said(int address, int length) => Utf8.GetString(Bytes(address, length));

    private int Word(int address, int index) => _memory.ReadInt32((uint)address + 4 * index);

    /// <summary>Writes where a text lies and how long it is.</summary>
    private void Return(int address, (int Address, int Length) text)
    {
        _memory.WriteInt32((uint)address, text.Address);
        _memory.WriteInt32((uint)address + 4, text.Length);
    }
}
