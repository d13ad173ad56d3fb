namespace Innovation1551.Returns;

/// <summary>One file as it was received.</summary>
/// <param name="Seq">Running number of receipt; 1 for the first.</param>
/// <param name="Sha256">Hash of the bytes, lower-case hex: the file's name in the archive.</param>
/// <param name="Name">The name under which it came, without folders.</param>
public sealed record Receipt(int Seq, string Sha256, string Name, long Bytes, DateTimeOffset ReceivedAt);
