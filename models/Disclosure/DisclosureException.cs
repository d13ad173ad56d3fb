namespace Innovation1551.Models.Disclosure;

/// <summary>Nothing is published, because it could not be shown that what is protected stays so.</summary>
public sealed class DisclosureException(Text problem) : Refusal(problem);
