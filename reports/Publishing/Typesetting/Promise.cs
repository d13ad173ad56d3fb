namespace Innovation1551.Publishing.Typesetting;

/// <summary>A value that a module will have later. What waits for it goes through <see cref="Turns"/>, one after the other, as in a browser.</summary>
internal sealed class Promise(Turns turns)
{
    private readonly List<Action> _waiting = [];

    public bool IsSettled { get; private set; }

    public bool IsBroken { get; private set; }

    public object? Value { get; private set; } = ScriptValues.Undefined;

    /// <summary>Gives the value; a promise as a value is waited for. Only the first counts.</summary>
    public void Settle(object? value, bool broken = false)
    {
        if (value is Promise other)
        {
            other.Then(() => Settle(other.Value, other.IsBroken));
            return;
        }

        if (IsSettled)
            return;
        (IsSettled, IsBroken, Value) = (true, broken, value);
        foreach (var action in _waiting)
            turns.Add(action);
        _waiting.Clear();
    }

    public void Then(Action action)
    {
        if (IsSettled)
            turns.Add(action);
        else
            _waiting.Add(action);
    }
}

/// <summary>What is to be done as soon as the module has handed back.</summary>
internal sealed class Turns
{
    private readonly Queue<Action> _actions = [];

    public void Add(Action action) => _actions.Enqueue(action);

    public void Run()
    {
        while (_actions.TryDequeue(out var action))
            action();
    }
}
