using System.Text.Json;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;

namespace Innovation1551.Service.Workers;

/// <summary>What a worker is asked.</summary>
/// <param name="Sql">Statements; the last one gives the answer, those before it make temporary tables.</param>
/// <param name="Parameters">Values of $name.</param>
/// <param name="Format">Name of the format.</param>
/// <param name="MaxRows">More rows than this are a fault.</param>
/// <param name="KeepsTables">True where temporary tables stay for the next statement.</param>
/// <param name="Only">Schemas that may be read; null for all.</param>
/// <param name="SchemaOnly">True where the answer has its columns and no row: the statement is judged and described, and not run.</param>
internal sealed record QueryRequest(
    string Sql,
    IReadOnlyDictionary<string, QueryParameter> Parameters,
    string Format,
    long MaxRows,
    bool KeepsTables,
    IReadOnlyList<string>? Only,
    bool SchemaOnly = false
);

/// <summary>A value with the type in which it is to be taken; text where no type is given is taken for what its place asks for.</summary>
internal sealed record QueryParameter(string? Value, string? Type);

/// <summary>A worker that has its release open.</summary>
internal sealed record WorkerReady(string Release, int ProcessId);

/// <summary>What an answer is.</summary>
/// <param name="About">Release, stage, synthetic mark, units, flags, columns.</param>
/// <param name="Warnings">Sums of what is not to be summed.</param>
internal sealed record AnswerHead(TableAbout About, IReadOnlyList<Text> Warnings);

internal sealed record AnswerEnd(long Rows, IReadOnlyList<Text> Notes);

/// <summary>Why there is no answer, or no whole one.</summary>
/// <param name="Kind">refused, failed, cancelled.</param>
internal sealed record AnswerFault(string Kind, Text Problem, int Line = 0, int Column = 0);

internal static class Message
{
    public static JsonSerializerOptions Options => JsonLine.Options;

    public static byte[] Of<T>(T message) => JsonLine.Of(message);

    public static T Read<T>(ReadOnlyMemory<byte> content) =>
        JsonSerializer.Deserialize<T>(content.Span, Options) ?? throw new InvalidDataException("an empty message");
}
