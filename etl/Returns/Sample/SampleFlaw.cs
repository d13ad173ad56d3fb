using Innovation1551.Models;

namespace Innovation1551.Returns.Sample;

/// <summary>What is wrong with a flawed file of the sample.</summary>
public enum FlawKind
{
    NotAWorkbook,
    MixedEncoding,
    MissingColumn,
    DoubledColumn,
    TextInMoney,
    UnknownEnterprise,
    PartsDoNotSum,
    TotalRowDiffers,
    SameFileTwice,
    UnitSlip,
    BadPatentNumber,
}

/// <summary>A flaw that the sample contains on purpose, so that a test can ask whether it was found.</summary>
/// <param name="File">Name of the file in the sample's folder.</param>
/// <param name="Form">The form concerned; null where the whole file is.</param>
/// <param name="CorrectedBy">Names of the files that were sent afterwards and are right; empty where nothing had to be sent.</param>
public sealed record SampleFlaw(FlawKind Kind, string File, string? Form, Text What, IReadOnlyList<string> CorrectedBy);
