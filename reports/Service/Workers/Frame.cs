using System.Buffers.Binary;
using System.Runtime.InteropServices;

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
    /// <summary>Bytes before the content.</summary>
    public const int Head = 5;

    private const int Longest = 16 << 20;

    /// <summary>A pipe holds 64 KiB unless it is told otherwise, and each filling costs both sides a wake-up.</summary>
    private const int PipeBytes = 1 << 20;

    private const int SetPipeSize = 1031;

    public static void Write(Stream stream, FrameKind kind, ReadOnlySpan<byte> content)
    {
        var frame = new byte[Head + content.Length];
        content.CopyTo(frame.AsSpan(Head));
        WriteWhole(stream, kind, frame);
    }

    /// <summary>Writes a frame whose content stands behind <see cref="Head"/> free bytes: one call of the system.</summary>
    public static void WriteWhole(Stream stream, FrameKind kind, Span<byte> frame)
    {
        frame[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(frame[1..], frame.Length - Head);
        // One at a time: the head of one must not stand in another.
        lock (stream)
        {
            stream.Write(frame);
            stream.Flush();
        }
    }

    /// <summary>Lets the pipe at a descriptor of this process hold more, where the system can; where not, it is slower and nothing else.</summary>
    public static void Widen(int descriptor)
    {
        if (OperatingSystem.IsLinux())
            _ = FileControl(descriptor, SetPipeSize, PipeBytes);
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    private static extern int FileControl(int descriptor, int command, int value);

    /// <summary>Reads frames one after the other; the content of one stands until the next is read.</summary>
    public sealed class Reader(Stream stream)
    {
        private readonly byte[] _head = new byte[Head];
        private byte[] _content = [];

        /// <returns>The next frame; null at the end of the stream, also in the middle of a frame.</returns>
        public async ValueTask<(FrameKind Kind, ReadOnlyMemory<byte> Content)?> Read(CancellationToken cancel)
        {
            if (await stream.ReadAtLeastAsync(_head, Head, throwOnEndOfStream: false, cancel) < Head)
                return null;
            var length = BinaryPrimitives.ReadInt32LittleEndian(_head.AsSpan(1));
            if (length is < 0 or > Longest)
                return null;
            if (_content.Length < length)
                _content = new byte[length];
            var content = _content.AsMemory(0, length);
            return await stream.ReadAtLeastAsync(content, length, throwOnEndOfStream: false, cancel) < length ? null : ((FrameKind)_head[0], content);
        }
    }
}
