namespace Innovation1551.Returns.Values;

/// <summary>Why a cell has no value. Missing is never zero, and the kinds are told apart.</summary>
public enum Missing
{
    /// <summary>Not missing.</summary>
    No,

    /// <summary>The cell is blank: not filled in.</summary>
    Blank,

    /// <summary>无: the respondent says there is none.</summary>
    Nil,

    /// <summary>— - /: does not apply.</summary>
    NotApplicable,

    /// <summary>… or ***: exists but is not reported or suppressed.</summary>
    NotReported,
}
