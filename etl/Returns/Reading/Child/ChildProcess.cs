using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Child;

/// <summary>A running child that parses one file within the limits of the document; what went wrong comes out of <see cref="ReadLine"/> as a finding.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly OpenedDocument _document;
    private readonly string _format;
    private readonly Models.Child _child;

    /// <exception cref="RefusedException">The child cannot be started.</exception>
    public ChildProcess(OpenedDocument document, string format, string path)
    {
        (_document, _format) = (document, format);
        var memory = document.Limits.MaxMemoryBytes;
        try
        {
            _child = new([ChildReader.Verb, format, path, memory.ToString(CultureInfo.InvariantCulture)], memory, () => document.Remaining);
        }
        catch (ChildException fault)
        {
            throw new RefusedException(ReadingFindings.ParserCrashed(document.FileName, format, fault.Reason.En), fault);
        }
    }

    /// <summary>The child's next line.</summary>
    /// <exception cref="RefusedException">It was stopped, or ended without saying so.</exception>
    public string ReadLine() =>
        _child.ReadLine()
        ?? throw new RefusedException(
            _child.End switch
            {
                ChildEnd.Late => ReadingFindings.TooSlow(_document.FileName, _document.Limits.MaxTime),
                ChildEnd.TooLarge => ReadingFindings.LimitExceeded(
                    _document.FileName,
                    nameof(ReadLimits.MaxMemoryBytes),
                    "> 100%",
                    _document.Limits.MaxMemoryBytes.ToString(CultureInfo.InvariantCulture)
                ),
                _ => ReadingFindings.ParserCrashed(_document.FileName, _format, $"exit code {_child.ExitCode}"),
            }
        );

    public void Dispose() => _child.Dispose();
}
