using System.ComponentModel;
using System.Diagnostics;
using Innovation1551.Models;

namespace Innovation1551.Pipeline.Terminal;

/// <summary>
/// The screen, and, once more has been written than it holds, a program that shows it page by page: $PAGER, else less; without one all goes
/// to the screen. Whoever leaves the pages early wants no more: what is written then is dropped.
/// </summary>
/// <remarks>less can tell by itself whether all fits the screen (-F), but not of what comes little by little.</remarks>
internal sealed class Pager : WriteOnlyStream
{
    /// <summary>Keeps colours and what was shown, and does not break long lines.</summary>
    private static readonly string[] Usual = ["less", "-RSX"];

    private readonly MemoryStream _begun = new();
    private readonly int _most = Math.Max(5, Console.WindowHeight - 2);
    private int _lines;
    private Process? _process;
    private Stream? _output;
    private bool _left;

    /// <summary>True where somebody looks at a screen and has a keyboard.</summary>
    public static bool IsWanted => !Console.IsOutputRedirected && !Console.IsInputRedirected;

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (_output is null)
        {
            _begun.Write(buffer, offset, count);
            _lines += buffer.AsSpan(offset, count).Count((byte)'\n');
            if (_lines > _most)
                Open(Start());
        }
        else
            Try(() => _output.Write(buffer, offset, count));
    }

    public override void Flush()
    {
        if (_output is not null)
            Try(_output.Flush);
    }

    /// <summary>Waits until the pages have been left.</summary>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        if (_output is null)
            Open(null);
        Try(_output!.Dispose);
        _process?.WaitForExit();
        _process?.Dispose();
    }

    private void Open(Process? pager)
    {
        _process = pager;
        _output = pager?.StandardInput.BaseStream ?? Console.OpenStandardOutput();
        Try(() => _output.Write(_begun.GetBuffer(), 0, (int)_begun.Length));
    }

    private static Process? Start()
    {
        var line = Environment.GetEnvironmentVariable("PAGER") is { Length: > 0 } own ? own.Split(' ', StringSplitOptions.RemoveEmptyEntries) : Usual;
        var start = Child.Other(line[0], line[1..], reads: true);
        start.Environment["LESSCHARSET"] = "utf-8";
        // It is there to be read, not to run commands by a slip of the finger.
        start.Environment["LESSSECURE"] = "1";
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private void Try(Action work)
    {
        if (_left)
            return;
        try
        {
            work();
        }
        catch (IOException)
        {
            _left = true;
        }
    }
}
