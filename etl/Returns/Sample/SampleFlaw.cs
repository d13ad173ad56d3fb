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
public sealed record SampleFlaw(FlawKind Kind, string File, string? Form, Text What, IReadOnlyList<string> CorrectedBy)
{
    /// <summary>Code of the finding that loading the file must raise.</summary>
    public string Finding =>
        Kind switch
        {
            FlawKind.NotAWorkbook => "R006",
            FlawKind.MixedEncoding => "R021",
            FlawKind.MissingColumn => "B003",
            FlawKind.DoubledColumn => "B004",
            FlawKind.TextInMoney => "B006",
            FlawKind.UnknownEnterprise => "E01",
            FlawKind.PartsDoNotSum => "V01",
            FlawKind.TotalRowDiffers => "V07",
            FlawKind.SameFileTwice => "F001",
            FlawKind.UnitSlip => "V25",
            FlawKind.BadPatentNumber => "V16",
            _ => throw new InvalidOperationException($"no finding for {Kind}"),
        };
}
