namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>What the values of a column are, whatever an engine calls its type.</summary>
internal enum EngineKind
{
    Whole,
    Decimal,
    Text,
    Day,
    Moment,
    Truth,
    Floating,
}
