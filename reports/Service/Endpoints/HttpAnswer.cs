using System.Globalization;
using System.Text;
using Innovation1551.Service.Workers;
using Microsoft.AspNetCore.Http;

namespace Innovation1551.Service.Endpoints;

/// <summary>
/// An answer on its way out. Its beginning is kept back until it is whole or too long for that: so a short answer has its count in a header
/// and a fault a status of its own. A long one has its count behind it, in a trailer, where the protocol has one (HTTP/2, so over https); cut
/// short, it ends without the end that HTTP demands, and no client takes it for whole.
/// </summary>
internal sealed class HttpAnswer(HttpContext context, AnswerFormat format, long maxBytes) : IAnswerSink
{
    private const int KeptBack = 256 << 10;
    public const string Rows = "X-Innovation-Rows";

    private readonly MemoryStream _begun = new();

    public AnswerHead? Told { get; private set; }
    public long Bytes { get; private set; }
    public bool HasBegun => context.Response.HasStarted;
    public bool IsTooLong { get; private set; }

    public Task Head(AnswerHead head)
    {
        Told = head;
        return Task.CompletedTask;
    }

    public async Task Data(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        Bytes += bytes.Length;
        if (Bytes > maxBytes)
        {
            IsTooLong = true;
            throw new IOException("the answer is too long");
        }
        if (!HasBegun && _begun.Length + bytes.Length <= KeptBack)
        {
            _begun.Write(bytes.Span);
            return;
        }
        if (!HasBegun)
        {
            Headers();
            if (context.Response.SupportsTrailers())
                context.Response.DeclareTrailer(Rows);
            await context.Response.Body.WriteAsync(_begun.GetBuffer().AsMemory(0, (int)_begun.Length), stop);
        }
        await context.Response.Body.WriteAsync(bytes, stop);
    }

    public async Task End(long rows)
    {
        var count = rows.ToString(CultureInfo.InvariantCulture);
        if (HasBegun)
        {
            if (context.Response.SupportsTrailers())
                context.Response.AppendTrailer(Rows, count);
            return;
        }
        Headers();
        context.Response.Headers[Rows] = count;
        context.Response.ContentLength = _begun.Length;
        await context.Response.Body.WriteAsync(_begun.GetBuffer().AsMemory(0, (int)_begun.Length), context.RequestAborted);
    }

    private void Headers()
    {
        var (headers, about) = (context.Response.Headers, Told!.About);
        context.Response.ContentType = format.MediaType + (format.Name == "csv" ? "; charset=utf-8; header=present" : "");
        headers["X-Innovation-Release"] = about.Release;
        headers["X-Innovation-Synthetic"] = about.IsSynthetic ? "true" : "false";
        Add("X-Innovation-Stage", about.Stage);
        Add("X-Innovation-Units", about.Units);
        Add("X-Innovation-Flags", about.Flags);
        if (Told.Warnings.Count > 0)
            Add("X-Innovation-Warning", string.Join("; ", Told.Warnings.Select(w => w.En)));
        headers.CacheControl = "no-store";
        if (format.Name is "xlsx" or "parquet" or "arrow")
            headers.ContentDisposition = $"attachment; filename=answer.{format.Ending}";

        void Add(string name, string? value)
        {
            if (value is not null)
                headers[name] = Plain(value);
        }
    }

    /// <summary>A header holds plain letters alone.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var c in text.Replace("…", "...", StringComparison.Ordinal))
            plain.Append(c is >= ' ' and < '\u007F' ? c : '?');
        return plain.ToString();
    }
}
