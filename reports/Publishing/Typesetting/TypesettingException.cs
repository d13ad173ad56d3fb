namespace Innovation1551.Publishing.Typesetting;

/// <summary>A source that cannot be set: an error in what we have written, or one that asks for more time or memory than is given.</summary>
public sealed class TypesettingException(string message, Exception? inner = null) : Exception(message, inner);
