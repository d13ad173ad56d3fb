namespace Innovation1551.Models;

/// <summary>
/// What was asked cannot be done, and a person is told why: no bug, no stack trace. Whoever runs the program catches this one type.
/// The reason names the file and the place in it where there is one, and what to do where that is known.
/// </summary>
public abstract class Refusal : Exception
{
    /// <summary>Usage, a definition or what lies on the disk is wrong.</summary>
    private const int Usage = 2;

    private readonly Text _reason;

    protected Refusal(Text reason, Exception? cause = null)
        : base(reason.ToString(), cause) => _reason = reason;

    /// <summary>The file that it is about; null where there is none.</summary>
    public string? File { get; init; }

    /// <summary>The place in the file: a line, a sheet with its cell; null for the whole of it.</summary>
    public string? Place { get; init; }

    /// <summary>What to do about it, where the reason does not say so itself.</summary>
    public Text? Remedy { get; init; }

    /// <summary>What the process answers with.</summary>
    public virtual int ExitCode => Usage;

    /// <summary>All of it in one sentence for a person: file:place: reason; remedy.</summary>
    public Text Problem
    {
        get
        {
            var where =
                File is null ? ""
                : Place is null ? $"{File}: "
                : $"{File}:{Place}: ";
            return new(where + _reason.Zh + (Remedy is null ? "" : "；" + Remedy.Zh), where + _reason.En + (Remedy is null ? "" : "; " + Remedy.En));
        }
    }

    /// <summary>The reason alone, without the place.</summary>
    public Text Reason => _reason;

    public override string Message => Problem.ToString();
}
