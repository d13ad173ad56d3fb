using Wasmtime;

namespace Innovation1551.Publishing.Typesetting;

/// <summary>
/// The functions that the module calls. Their names end in a hash that its binding gives them, and go with the version of the package;
/// a spec holds that each import of the module is here and that nothing else is.
/// </summary>
internal sealed partial class ModuleHost
{
    /// <summary>What JavaScript's <c>boolean_get</c> answers for what is neither true nor false.</summary>
    private const int NoBoolean = 0xFFFFFF;

    /// <summary>The largest number that is still whole beyond doubt.</summary>
    private const double LargestInteger = 9007199254740991;

    private static readonly Dictionary<string, object?> Global = [];

    /// <summary>Those whose arguments and result are numbers of 32 bits.</summary>
    private static readonly Dictionary<string, Func<ModuleHost, int[], int>> Plain = new(StringComparer.Ordinal)
    {
        // References.
        ["__wbindgen_object_clone_ref"] = (h, a) => h._values.Add(h._values[a[0]]),
        ["__wbindgen_object_drop_ref"] = (h, a) => Done(() => h._values.Drop(a[0])),
        ["__wbg__wbg_cb_unref_87dfb5aaa0cbcea7"] = (_, _) => 0,
        // What kind of value.
        ["__wbg___wbindgen_is_bigint_0e1a2e3f55cfae27"] = (h, a) => Is(h._values[a[0]] is long),
        ["__wbg___wbindgen_is_function_8d400b8b1af978cd"] = (h, a) => Is(h._values[a[0]] is ScriptFunction),
        ["__wbg___wbindgen_is_object_ce774f3490692386"] = (h, a) =>
            Is(h._values[a[0]] is Dictionary<string, object?> or List<object?> or byte[] or Promise or ModuleObject or ScriptError),
        ["__wbg___wbindgen_is_string_704ef9c8fc131030"] = (h, a) => Is(h._values[a[0]] is string),
        ["__wbg___wbindgen_is_undefined_f6b95eab589e0269"] = (h, a) => Is(ReferenceEquals(h._values[a[0]], ScriptValues.Undefined)),
        ["__wbg_instanceof_ArrayBuffer_f3320d2419cd0355"] = (_, _) => 0,
        ["__wbg_instanceof_Map_084be8da74364158"] = (_, _) => 0,
        ["__wbg_instanceof_Uint8Array_da54ccc9d3e09434"] = (h, a) => Is(h._values[a[0]] is byte[]),
        ["__wbg_isArray_51fd9e6422c0a395"] = (h, a) => Is(h._values[a[0]] is List<object?>),
        ["__wbg_isSafeInteger_ae7d3f054d55fa16"] = (h, a) =>
            Is(h._values[a[0]] is double number && number == Math.Truncate(number) && Math.Abs(number) <= LargestInteger),
        ["__wbg___wbindgen_jsval_eq_b6101cc9cef1fe36"] = (h, a) => Is(Equals(h._values[a[0]], h._values[a[1]])),
        ["__wbg___wbindgen_jsval_loose_eq_766057600fdd1b0d"] = (h, a) => Is(Equals(h._values[a[0]], h._values[a[1]])),
        // What is in a value.
        ["__wbg___wbindgen_boolean_get_dea25b33882b895b"] = (h, a) => h._values[a[0]] is bool truth ? Is(truth) : NoBoolean,
        ["__wbg___wbindgen_number_get_9619185a74197f95"] = (h, a) =>
            Done(() =>
            {
                var number = h._values[a[1]] as double?;
                h._memory.WriteDouble((uint)a[0] + 8, number ?? 0);
                h._memory.WriteInt32((uint)a[0], Is(number is not null));
            }),
        ["__wbg___wbindgen_bigint_get_as_i64_6e32f5e6aff02e1d"] = (h, a) =>
            Done(() =>
            {
                var number = h._values[a[1]] as long?;
                h._memory.WriteInt64((uint)a[0] + 8, number ?? 0);
                h._memory.WriteInt32((uint)a[0], Is(number is not null));
            }),
        ["__wbg___wbindgen_string_get_a2a31e16edf96e42"] = (h, a) => Done(() => h.Return(a[0], h._values[a[1]] is string text ? h.Pass(text) : default)),
        ["__wbg___wbindgen_debug_string_adfb662ae34724b6"] = (h, a) => Done(() => h.Return(a[0], h.Pass(ScriptValues.Describe(h._values[a[1]])))),
        ["__wbg___wbindgen_in_0d3e1e8f0c669317"] = (h, a) =>
            Is(h._values[a[1]] is Dictionary<string, object?> properties && h._values[a[0]] is string name && properties.ContainsKey(name)),
        ["__wbg_length_22ac23eaec9d8053"] = (h, a) => h.Length(a[0]),
        ["__wbg_length_d45040a40c570362"] = (h, a) => h.Length(a[0]),
        ["__wbg_get_6b7bd52aca3f9671"] = (h, a) =>
            h._values.Add(h._values[a[0]] is List<object?> list && a[1] < list.Count ? list[a[1]] : ScriptValues.Undefined),
        ["__wbg_get_af9dab7e9603ea93"] = (h, a) => h._values.Add(ScriptValues.Property(h._values[a[0]], h._values[a[1]])),
        ["__wbg_get_with_ref_key_1dc361bd10053bfe"] = (h, a) => h._values.Add(ScriptValues.Property(h._values[a[0]], h._values[a[1]])),
        ["__wbg_set_3f1d0b984ed272ed"] = (h, a) =>
            Done(() => ((Dictionary<string, object?>)h._values[a[0]]!)[(string)h._values.Take(a[1])!] = h._values.Take(a[2])),
        ["__wbg_set_781438a03c0c3c81"] = (h, a) =>
        {
            ((Dictionary<string, object?>)h._values[a[0]]!)[(string)h._values[a[1]]!] = h._values[a[2]];
            return 1;
        },
        ["__wbg_set_7df433eea03a5c14"] = (h, a) =>
            Done(() =>
            {
                var list = (List<object?>)h._values[a[0]]!;
                while (list.Count <= a[1])
                    list.Add(ScriptValues.Undefined);
                list[a[1]] = h._values.Take(a[2]);
            }),
        ["__wbg_push_7d9be8f38fc13975"] = (h, a) =>
        {
            var list = (List<object?>)h._values[a[0]]!;
            list.Add(h._values[a[1]]);
            return list.Count;
        },
        ["__wbg_prototypesetcall_dfe9b766cdc1f1fd"] = (h, a) => Done(() => ((byte[])h._values[a[2]]!).CopyTo(h.Bytes(a[0], a[1]))),
        // New values.
        ["__wbg_new_1ba21ce319a06297"] = (h, _) => h._values.Add(new Dictionary<string, object?>(StringComparer.Ordinal)),
        ["__wbg_new_25f239778d6112b9"] = (h, _) => h._values.Add(new List<object?>()),
        ["__wbg_new_6421f6084cc5bc5a"] = (h, a) => h._values.Add(((byte[])h._values[a[0]]!).ToArray()),
        ["__wbg_new_from_slice_f9c22b9153b26992"] = (h, a) => h._values.Add(h.Bytes(a[0], a[1]).ToArray()),
        ["__wbindgen_cast_2241b6af4c4b2941"] = (h, a) => h._values.Add(h.Said(a[0], a[1])),
        ["__wbindgen_cast_3334ea73b4b28ba3"] = (h, a) =>
            h._values.Add(
                (ScriptFunction)(
                    argument =>
                    {
                        h.Call("__wasm_bindgen_func_elem_944", a[0], a[1], h._values.Add(argument));
                        return ScriptValues.Undefined;
                    }
                )
            ),
        ["__wbg_typstcompiler_new"] = (h, a) => h._values.Add(new ModuleObject(a[0])),
        ["__wbg_typstfontresolver_new"] = (h, a) => h._values.Add(new ModuleObject(a[0])),
        ["__wbg_proxycontext_new"] = (h, a) => h._values.Add(new ModuleObject(a[0])),
        // Errors and what would be said on a console.
        ["__wbg_Error_52673b7de5a0ca89"] = (h, a) => h._values.Add(new ScriptError(h.Said(a[0], a[1]))),
        ["__wbg_new_df1173567d5ff028"] = (h, a) => h._values.Add(new ScriptError(h.Said(a[0], a[1]))),
        ["__wbg_new_8a6f238a6ece86ea"] = (h, _) => h._values.Add(new ScriptError("")),
        ["__wbg_stack_0ed75d68575b0f3c"] = (h, a) => Done(() => h.Return(a[0], h.Pass(""))),
        ["__wbg_error_7534b8e9a36f1ab4"] = (h, a) =>
            Done(() =>
            {
                h._lastWords = h.Said(a[0], a[1]);
                h.Call("__wbindgen_export4", a[0], a[1], 1);
            }),
        ["__wbg_error_85faeb8919b11cc6"] = (h, a) => Done(() => h._lastWords = ScriptValues.Describe(h._values[a[0]])),
        ["__wbg_info_ce6bcc489c22f6f0"] = (_, _) => 0,
        ["__wbg___wbindgen_throw_dd24417ed36fc46e"] = (h, a) => throw new ScriptError(h.Said(a[0], a[1])),
        // Promises and functions.
        ["__wbg_new_ff12d2b041fb48f1"] = (h, a) =>
        {
            var promise = new Promise(h._turns);
            h.Call("__wasm_bindgen_func_elem_37350", a[0], a[1], h._values.Add(Settler(promise, false)), h._values.Add(Settler(promise, true)));
            return h._values.Add(promise);
        },
        ["__wbg_resolve_fd5bfbaa4ce36e1e"] = (h, a) =>
        {
            if (h._values[a[0]] is Promise already)
                return h._values.Add(already);
            var promise = new Promise(h._turns);
            promise.Settle(h._values[a[0]]);
            return h._values.Add(promise);
        },
        ["__wbg_then_4f95312d68691235"] = (h, a) =>
        {
            var (promise, next, function) = ((Promise)h._values[a[0]]!, new Promise(h._turns), (ScriptFunction)h._values[a[1]]!);
            promise.Then(() => next.Settle(promise.IsBroken ? promise.Value : function(promise.Value), promise.IsBroken));
            return h._values.Add(next);
        },
        ["__wbg_queueMicrotask_9b549dfce8865860"] = (h, _) =>
            h._values.Add(
                (ScriptFunction)(
                    task =>
                    {
                        h._turns.Add(() => ((ScriptFunction)task!)(ScriptValues.Undefined));
                        return ScriptValues.Undefined;
                    }
                )
            ),
        ["__wbg_queueMicrotask_fca69f5bfad613a5"] = (h, a) =>
        {
            var task = (ScriptFunction)h._values[a[0]]!;
            h._turns.Add(() => task(ScriptValues.Undefined));
            return 0;
        },
        ["__wbg_call_abb4ff46ce38be40"] = (h, a) => h._values.Add(((ScriptFunction)h._values[a[0]]!)(ScriptValues.Undefined)),
        ["__wbg_call_3020136f7a2d6e44"] = (h, a) => h._values.Add(((ScriptFunction)h._values[a[0]]!)(h._values[a[2]])),
        // A text made into a function: the module asks for the global object in this way where it finds no other, and for nothing else.
        ["__wbg_new_no_args_cb138f77cf6151ee"] = (h, _) => h._values.Add((ScriptFunction)(_ => Global)),
        ["__wbg_new_with_args_df9e7125ffe55248"] = (h, _) => h._values.Add((ScriptFunction)(_ => Global)),
        ["__wbg_static_accessor_GLOBAL_THIS_60cf02db4de8e1c1"] = (h, _) => h._values.Add(Global),
        ["__wbg_static_accessor_GLOBAL_769e6b65d6557335"] = (_, _) => 0,
        ["__wbg_static_accessor_SELF_08f5a74c69739274"] = (_, _) => 0,
        ["__wbg_static_accessor_WINDOW_a8924b26aa92d024"] = (_, _) => 0,
        // The clock stands still.
        ["__wbg_new_b2db8aa2650f793a"] = (h, _) => h._values.Add(new Dictionary<string, object?>(StringComparer.Ordinal)),
    };

    /// <summary>Those that take or give other numbers.</summary>
    private static readonly Dictionary<string, Func<ModuleHost, ValueBox, ValueBox>> Wide = new(StringComparer.Ordinal)
    {
        ["__wbindgen_cast_d6cd19b81560fd6e"] = (h, a) => h._values.Add(a.AsDouble()),
        ["__wbindgen_cast_4625c577ab2ec9ee"] = (h, a) => h._values.Add(a.AsInt64()),
        ["__wbindgen_cast_9ae0607507abb057"] = (h, a) => h._values.Add(a.AsInt64()),
        ["__wbg_Number_2d1dcfcf4ec51736"] = (h, a) => h._values[a.AsInt32()] is double number ? number : double.NaN,
        ["__wbg_getTimezoneOffset_45389e26d6f46823"] = (_, _) => 0.0,
        ["__wbg_now_69d776cd24f5215b"] = (_, _) => 0.0,
    };

    /// <summary>What only a caller of other kinds needs: packages from outside, answers of a browser's own iterators.</summary>
    private static readonly HashSet<string> Unneeded = new(StringComparer.Ordinal)
    {
        "__wbg_call_78f94eb02ec7f9b2",
        "__wbg_done_62ea16af4ce34b24",
        "__wbg_entries_83c79938054e065f",
        "__wbg_iterator_27b7c8b35ab3e86b",
        "__wbg_new_from_slice_db0691b69e9d3891",
        "__wbg_next_138a17bbf04e926c",
        "__wbg_next_3cfe5c0fe2a4cc53",
        "__wbg_value_57b7b035e117f7ee",
    };

    /// <summary>What the module last said when it gave up.</summary>
    private string _lastWords = "";

    /// <summary>The names of all imports that are known.</summary>
    internal static IEnumerable<string> Known => Plain.Keys.Concat(Wide.Keys).Concat(Unneeded);

    public string LastWords => _lastWords;

    private Function.UntypedCallbackDelegate Callback(string name)
    {
        if (Plain.TryGetValue(name, out var plain))
            return (_, arguments, results) =>
            {
                var numbers = new int[arguments.Length];
                for (var i = 0; i < numbers.Length; i++)
                    numbers[i] = arguments[i].AsInt32();
                var result = plain(this, numbers);
                if (results.Length > 0)
                    results[0] = result;
            };
        if (Wide.TryGetValue(name, out var wide))
            return (_, arguments, results) => results[0] = wide(this, arguments.Length > 0 ? arguments[0] : default(ValueBox));
        return (_, _, _) => throw new NotSupportedException($"the module asks for {name}");
    }

    private static ScriptFunction Settler(Promise promise, bool broken) =>
        value =>
        {
            promise.Settle(value, broken);
            return ScriptValues.Undefined;
        };

    private int Length(int place) =>
        _values[place] switch
        {
            byte[] bytes => bytes.Length,
            List<object?> list => list.Count,
            _ => 0,
        };

    private static int Is(bool truth) => truth ? 1 : 0;

    private static int Done(Action action)
    {
        action();
        return 0;
    }
}
