namespace Innovation1551.Returns.Sample;

/// <summary>One event in a patent's life.</summary>
internal sealed record PatentEvent(string Kind, DateOnly Date, string? Note = null);

/// <summary>An invented patent: its owners in order and its life so far.</summary>
/// <param name="Outsider">A co-owner that is no enterprise of the register.</param>
/// <param name="BothReport">The second owner lists it too: one patent, two returns, one first owner.</param>
internal sealed record Patent(
    string Number,
    string Type,
    string Title,
    Enterprise First,
    Enterprise? Second,
    string? Outsider,
    bool BothReport,
    IReadOnlyList<PatentEvent> Events
);
