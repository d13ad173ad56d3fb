using System.Collections.Immutable;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Values;

namespace Innovation1551.Returns.Binding;

/// <summary>A file has more rows than are held in memory: it is to be bound alone, its rows landed on the way.</summary>
public sealed class LongFileException : Exception;
