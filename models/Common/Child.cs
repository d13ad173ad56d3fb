using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Innovation1551.Models;

/// <summary>How a child process ended.</summary>
public enum ChildEnd
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>By itself; its exit code says how.</summary>
    Exited,

    /// <summary>Stopped, because what it was asked for was not there in time.</summary>
    Late,

    /// <summary>Stopped, because it took more memory than it may.</summary>
    TooLarge,
}

/// <summary>The program could not be started again.</summary>
public sealed class ChildException(Text reason, Exception? cause = null) : Refusal(reason, cause);

/// <summary>
/// The program started again by a hidden verb, for work that must not take this process with it: a hostile file, a release that is read
/// with nothing of it in memory. It speaks by lines on its standard output, is looked after while its next line is waited for, and is
/// stopped with all that it started when that is not there in time or when it takes too much memory.
/// </summary>
public sealed class Child : IDisposable
{
    private const string Name = "innovation";
    private const int ErrorCharacters = 4_000;
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(50);

    private readonly Func<TimeSpan> _remaining;
    private readonly long _memory;
    private readonly Process _process;
    private readonly Timer _timer;
    private readonly StringBuilder _errors = new();
    private long _waitingSince;
    private volatile bool _late;
    private volatile bool _large;

    /// <summary>The child has ended: nothing is left to look after.</summary>
    private volatile bool _gone;

    /// <param name="arguments">The hidden verb and what it takes.</param>
    /// <param name="memory">Bytes that the process may hold; all of it counts, the runtime and the engine take some 100 MB before they do anything.</param>
    /// <param name="remaining">How long its next line may still be waited for.</param>
    /// <param name="variables">Of its environment, beside those of this process.</param>
    /// <exception cref="ChildException">The program is not there, or does not start.</exception>
    public Child(IReadOnlyList<string> arguments, long memory, Func<TimeSpan> remaining, params IReadOnlyList<(string Name, string Value)> variables)
        : this(arguments, memory, remaining, waits: false, variables) { }

    /// <param name="waits">Its standard input is left open until <see cref="Go"/>: it starts now, and begins when that ends.</param>
    /// <inheritdoc cref="Child(IReadOnlyList{string}, long, Func{TimeSpan}, IReadOnlyList{ValueTuple{string, string}})"/>
    public Child(
        IReadOnlyList<string> arguments,
        long memory,
        Func<TimeSpan> remaining,
        bool waits,
        params IReadOnlyList<(string Name, string Value)> variables
    )
    {
        (_remaining, _memory) = (remaining, memory);
        var start = Self(arguments, memory);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new ChildException(new($"子进程无法启动：{fault.Message}", $"the process does not start: {fault.Message}"), fault);
        }
        // Read all the time, so that the pipe does not fill; the beginning is kept for who asks.
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                if (line.Data is { } text && _errors.Length < ErrorCharacters)
                    _errors.AppendLine(text);
        };
        _process.BeginErrorReadLine();
        if (!waits)
            Go();
        _timer = new Timer(static state => ((Child)state!).Look(), this, Watch, Watch);
    }

    /// <summary>How this program is started again, with its three streams as pipes.</summary>
    /// <param name="memory">Bytes that it may hold; half of them are the runtime's.</param>
    /// <param name="through">A program that starts it, with its arguments, such as prlimit.</param>
    /// <exception cref="ChildException">The program is not there.</exception>
    public static ProcessStartInfo Self(IReadOnlyList<string> arguments, long memory, params IReadOnlyList<string> through)
    {
        var (program, leading) =
            Find() ?? throw new ChildException(new($"找不到用于启动子进程的程序 {Name}", $"the program {Name} for a process of its own was not found"));
        string[] line = [.. through, program, .. leading, .. arguments];
        var start = new ProcessStartInfo(line[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            StandardOutputEncoding = new UTF8Encoding(false, true),
        };
        foreach (var argument in line[1..])
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x" + (memory / 2).ToString("X", System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }

    /// <summary>How another program is started: by its arguments, through no shell, with what it reads from us as a pipe where that is said.</summary>
    public static ProcessStartInfo Other(string program, IEnumerable<string> arguments, bool reads = false, bool complains = true) =>
        new(program, arguments)
        {
            RedirectStandardInput = reads,
            RedirectStandardError = !complains,
            UseShellExecute = false,
        };

    public ChildEnd End { get; private set; }

    /// <summary>What it answered with, once it has ended by itself.</summary>
    public int ExitCode { get; private set; }

    /// <summary>The beginning of what it wrote to its standard error.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>Ends its standard input.</summary>
    public void Go() => _process.StandardInput.Close();

    /// <summary>The next line; null when there is none, and <see cref="End"/> then says why.</summary>
    public string? ReadLine()
    {
        Volatile.Write(ref _waitingSince, Stopwatch.GetTimestamp());
        var line = _process.StandardOutput.ReadLine();
        if (line is null && !_late && !_large)
            _process.WaitForExit();
        Volatile.Write(ref _waitingSince, 0);
        if (_late || _large)
        {
            End = _late ? ChildEnd.Late : ChildEnd.TooLarge;
            return null;
        }
        if (line is null)
            (End, ExitCode) = (ChildEnd.Exited, _process.ExitCode);
        return line;
    }

    public void Dispose()
    {
        _timer.Dispose();
        Kill();
        _process.Dispose();
    }

    /// <summary>File name and leading arguments of the program that knows the hidden verbs: this very process, or the executable that lies beside it; null when there is none.</summary>
    private static (string Program, string[] Leading)? Find()
    {
        var self = Environment.ProcessPath;
        var entry = Assembly.GetEntryAssembly();
        if (self is not null && Path.GetFileNameWithoutExtension(self) == Name)
            return (self, []);
        var dll = entry?.GetName().Name == Name && File.Exists(entry.Location) ? entry.Location : Path.Combine(AppContext.BaseDirectory, Name + ".dll");
        return File.Exists(dll) ? (DotnetHost(self), ["exec", dll]) : null;
    }

    /// <summary>The host that runs this process, or the one on the path.</summary>
    private static string DotnetHost(string? self)
    {
        if (self is not null && Path.GetFileNameWithoutExtension(self) == "dotnet")
            return self;
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host))
            return host;
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root && File.Exists(Path.Combine(root, "dotnet")))
            return Path.Combine(root, "dotnet");
        return "dotnet";
    }

    /// <summary>Looks after the child while its next line is waited for.</summary>
    private void Look()
    {
        if (_gone)
            return;
        try
        {
            var since = Volatile.Read(ref _waitingSince);
            if (since != 0 && _remaining() < Stopwatch.GetElapsedTime(since))
                _late = true;
            _process.Refresh();
            if (!_process.HasExited && _process.WorkingSet64 > _memory)
                _large = true;
            if (_late || _large)
                Kill();
        }
        catch (Exception fault) when (HasEnded(fault))
        {
            _gone = true;
        }
    }

    private void Kill()
    {
        try
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
        }
        catch (Exception fault) when (HasEnded(fault))
        {
            _gone = true;
        }
    }

    /// <summary>What the process class throws when the process ends, or is disposed of, between two looks at it.</summary>
    private static bool HasEnded(Exception fault) => fault is InvalidOperationException or Win32Exception or AggregateException;
}
