namespace Innovation1551.Publishing.Typesetting;

/// <summary>
/// The values of a script that a module made for browsers reckons with, kept in a table and known to the module by their number.
/// Strings, numbers (<see cref="double"/>), truth values, bytes, lists and dictionaries are those of .NET; null is null.
/// </summary>
internal sealed class ScriptValues
{
    /// <summary>What a module takes for granted: 128 unused places, then undefined, null, true, false. None of them is ever given back.</summary>
    private const int Unused = 128,
        FirstFree = Unused + 4;

    private readonly List<object?> _values = [.. Enumerable.Repeat<object?>(Undefined, Unused), Undefined, null, true, false];
    private readonly Stack<int> _free = [];

    /// <summary>The value of what is not there.</summary>
    public static readonly object Undefined = new Nothing();

    public object? this[int place] => _values[place];

    /// <summary>Keeps a value and gives its place.</summary>
    public int Add(object? value)
    {
        if (!_free.TryPop(out var place))
        {
            _values.Add(value);
            return _values.Count - 1;
        }

        _values[place] = value;
        return place;
    }

    public void Drop(int place)
    {
        if (place < FirstFree)
            return;
        _values[place] = Undefined;
        _free.Push(place);
    }

    /// <summary>The value, whose place is free from now on.</summary>
    public object? Take(int place)
    {
        var value = _values[place];
        Drop(place);
        return value;
    }

    public static object? Property(object? of, object? name) =>
        of is Dictionary<string, object?> properties && name is string key && properties.TryGetValue(key, out var value) ? value : Undefined;

    /// <summary>The value for a message.</summary>
    public static string Describe(object? value) =>
        value switch
        {
            null => "null",
            string text => text,
            List<object?> list => string.Join('\n', list.Select(Describe)),
            Dictionary<string, object?> properties => string.Join(", ", properties.Select(p => $"{p.Key}: {Describe(p.Value)}")),
            byte[] bytes => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes.Length} bytes"),
            _ => value.ToString() ?? "",
        };

    private sealed class Nothing
    {
        public override string ToString() => "undefined";
    }
}

/// <summary>An object of the module itself, known by its address there.</summary>
internal sealed record ModuleObject(int Address);

/// <summary>An error that a script would have thrown or kept.</summary>
internal sealed class ScriptError(string message) : Exception(message)
{
    public override string ToString() => Message;
}

/// <summary>A function of a script with the one argument that any of them is called with here.</summary>
internal delegate object? ScriptFunction(object? argument);
