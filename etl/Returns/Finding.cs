using Innovation1551.Models;

namespace Innovation1551.Returns;

/// <summary>How grave a finding is: an error keeps the row (or the file) out; a warning asks for an explanation; a note informs.</summary>
public enum Severity
{
    Note,
    Warning,
    Error,
}

/// <summary>
/// One fault or remark about received data: a value, never an exception. It names the place, what was read, and what to do.
/// </summary>
/// <param name="Code">Stable identifier of the kind of finding, e.g. <c>R003</c>, <c>V01</c>.</param>
/// <param name="Sheet">Sheet name as the file has it; null where the format has no sheets or the whole file is meant.</param>
/// <param name="Row">1-based row as a person sees it in the file (for text files: the physical line on which the record begins); null for the whole sheet or file.</param>
/// <param name="Column">Column letters (A, B, … AA); null where the whole row is meant.</param>
/// <param name="Heading">The heading or field that the column was read as, where known.</param>
/// <param name="Read">What was read, shortened to 200 characters; null where nothing was.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record Finding(
    string Code,
    Severity Severity,
    string File,
    Text Problem,
    Text Remedy,
    string? Sheet = null,
    int? Row = null,
    string? Column = null,
    string? Heading = null,
    string? Read = null
)
{
    /// <summary>Findings of one kind on one sheet that are listed with their place; more are counted.</summary>
    public const int MostOfAKind = 1_000;

    /// <summary>The finding speaks of the whole sheet although it points at a row (a header, a total): as an error it keeps the whole sheet out.</summary>
    public bool WholeSheet { get; init; }

    /// <summary>Letters of the columns that are most likely wrong, separated by ";"; null where only the place itself is known.</summary>
    public string? SuspectColumns { get; init; }

    /// <summary>So many further findings of this kind that are counted here and not listed; 0 for a finding of its own.</summary>
    public int More { get; init; }

    /// <summary>One finding for the rest of a kind, which is not listed.</summary>
    public static Finding Rest(Finding like, int more) =>
        new(
            like.Code,
            like.Severity,
            like.File,
            new($"另有 {more} 处同类问题，只计数，不逐一列出", $"{more} more of this kind are counted and not listed one by one"),
            new("请按已列出的各处一并改正", "mend them all as those that are listed"),
            like.Sheet
        )
        {
            More = more,
        };

    /// <summary>file, sheet or row: what an error keeps out; rest where it stands for others that are counted only.</summary>
    public string Scope =>
        More > 0 ? "rest"
        : Sheet is null && Row is null ? "file"
        : Row is null || WholeSheet ? "sheet"
        : "row";
}
