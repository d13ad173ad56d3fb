using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Child;

/// <summary>
/// A running child that parses one file. It is stopped when the next line is not there in time, or when it takes too much memory;
/// what went wrong comes out of <see cref="ReadLine"/> as a finding.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(50);

    private readonly OpenedDocument _document;
    private readonly Process _process;
    private readonly Timer _timer;
    private readonly StreamReader _lines;
    private long _waitingSince;
    private volatile bool _late;
    private volatile bool _large;
    /// <summary>The child has ended: nothing is left to look after.</summary>
    private volatile bool _gone;

    /// <exception cref="RefusedException">The child cannot be started.</exception>
    public ChildProcess(OpenedDocument document, string format, string path)
    {
        _document = document;
        var program = ChildProgram.Find() ?? throw new RefusedException(ReadingFindings.ParserCrashed(document.FileName, format, "the program for the child process was not found"));
        var memory = document.Limits.MaxMemoryBytes;
        var start = new ProcessStartInfo(program.FileName)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            StandardOutputEncoding = new System.Text.UTF8Encoding(false, true),
        };
        foreach (var argument in program.Leading) start.ArgumentList.Add(argument);
        foreach (var argument in new[] { ChildReader.Verb, format, path, memory.ToString(CultureInfo.InvariantCulture) }) start.ArgumentList.Add(argument);
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x" + (memory / 2).ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new RefusedException(ReadingFindings.ParserCrashed(document.FileName, format, fault.Message));
        }
        // What a dying parser writes is not for people; it is read so that the pipe does not fill.
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        _process.StandardInput.Close();
        _lines = _process.StandardOutput;
        _timer = new Timer(static state => ((ChildProcess)state!).Check(), this, Watch, Watch);
    }

    /// <summary>The child's next line.</summary>
    /// <exception cref="RefusedException">It was stopped, or ended without saying so.</exception>
    public string ReadLine()
    {
        Volatile.Write(ref _waitingSince, Stopwatch.GetTimestamp());
        var line = _lines.ReadLine();
        Volatile.Write(ref _waitingSince, 0);
        if (_late) throw new RefusedException(ReadingFindings.TooSlow(_document.FileName, _document.Limits.MaxTime));
        if (_large) throw new RefusedException(ReadingFindings.LimitExceeded(_document.FileName, nameof(ReadLimits.MaxMemoryBytes), "> 100%", _document.Limits.MaxMemoryBytes.ToString(CultureInfo.InvariantCulture)));
        if (line is not null) return line;
        _process.WaitForExit();
        throw new RefusedException(ReadingFindings.ParserCrashed(_document.FileName, _document.Format, $"exit code {_process.ExitCode}"));
    }

    public void Dispose()
    {
        _timer.Dispose();
        Kill();
        _process.Dispose();
    }

    /// <summary>Looks after the child while we wait for its next line.</summary>
    private void Check()
    {
        if (_gone) return;
        try
        {
            var since = Volatile.Read(ref _waitingSince);
            if (since != 0 && _document.Remaining < Stopwatch.GetElapsedTime(since)) _late = true;
            _process.Refresh();
            // The runtime and the engine take some 100 MB before the first byte is read; the limit is for all of it.
            if (!_process.HasExited && _process.WorkingSet64 > _document.Limits.MaxMemoryBytes) _large = true;
            if (_late || _large) Kill();
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
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        }
        catch (Exception fault) when (HasEnded(fault))
        {
            _gone = true;
        }
    }

    /// <summary>What the process class throws when the process ends, or is disposed of, between two looks at it.</summary>
    private static bool HasEnded(Exception fault) => fault is InvalidOperationException or Win32Exception or AggregateException;
}
