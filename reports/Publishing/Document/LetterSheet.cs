using System.Collections.Immutable;

namespace Innovation1551.Publishing.Document;

/// <summary>A covering letter as official documents have it (GB/T 9704): what only its issuer knows is left to be filled in.</summary>
/// <param name="Issuer">Stands over the letter and under it.</param>
/// <param name="Number">Of the document, in its issuer's count.</param>
/// <param name="Attachments">What goes with it, numbered where it is more than one.</param>
public sealed record LetterSheet(Phrase Issuer, Phrase Number, Phrase Addressee, ImmutableArray<Phrase> Body, ImmutableArray<Phrase> Attachments, Phrase Day)
    : Block;
