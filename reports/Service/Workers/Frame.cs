using System.Buffers.Binary;

namespace Innovation1551.Service.Workers;

/// <summary>What passes between the broker and a worker, over the worker's own standard input and output.</summary>
internal enum FrameKind : byte
{
    /// <summary>To the worker: a <see cref="QueryRequest"/>.</summary>
    Query = (byte)'Q',

    /// <summary>To the worker: stop what runs.</summary>
    Cancel = (byte)'C',

    /// <summary>To the worker, and back: it is there.</summary>
    Ping = (byte)'P',

    /// <summary>From the worker, once: it has opened its release (<see cref="WorkerReady"/>).</summary>
    Ready = (byte)'R',

    /// <summary>From the worker: what the answer is (<see cref="AnswerHead"/>); its bytes follow.</summary>
    Head = (byte)'H',

    /// <summary>From the worker: bytes of the answer.</summary>
    Data = (byte)'D',

    /// <summary>From the worker: the answer is whole (<see cref="AnswerEnd"/>).</summary>
    End = (byte)'E',

    /// <summary>From the worker: the statement was refused or failed (<see cref="AnswerFault"/>), perhaps in the middle.</summary>
    Fault = (byte)'F',
}

/// <summary>A frame: a byte of kind, four of length, the content.</summary>
internal static class Frame
{
    private const int Longest = 16 << 20;

    public static void Write(Stream stream, FrameKind kind, ReadOnlySpan<byte> content)
    {
        Span<byte> head = stackalloc byte[5];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], content.Length);
        // One at a time: the head of one must not stand in another.
        lock (stream)
        {
            stream.Write(head);
            stream.Write(content);
            stream.Flush();
        }
    }

    /// <returns>The next frame; null at the end of the stream, also in the middle of a frame.</returns>
    public static async Task<(FrameKind Kind, byte[] Content)?> Read(Stream stream, CancellationToken cancel)
    {
        var head = new byte[5];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel) < head.Length)
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1));
        if (length is < 0 or > Longest)
            return null;
        var content = new byte[length];
        return await stream.ReadAtLeastAsync(content, length, throwOnEndOfStream: false, cancel) < length ? null : ((FrameKind)head[0], content);
    }
}
