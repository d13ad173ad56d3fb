using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Innovation1551.Service.Endpoints;

/// <summary>A format in which an answer goes out.</summary>
/// <param name="Name">As workers and <c>?format=</c> call it.</param>
/// <param name="Ending">Of a file of it.</param>
internal sealed record AnswerFormat(string Name, string MediaType, string Ending)
{
    private static readonly AnswerFormat[] All =
    [
        new("json", "application/json", "json"),
        new("csv", "text/csv", "csv"),
        new("arrows", "application/vnd.apache.arrow.stream", "arrows"),
        new("arrow", "application/vnd.apache.arrow.file", "arrow"),
        new("parquet", "application/vnd.apache.parquet", "parquet"),
        new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ];

    public static IEnumerable<string> MediaTypes => All.Select(f => f.MediaType);
    public static IEnumerable<string> Names => All.Select(f => f.Name);

    public static AnswerFormat? Named(string name) => Array.Find(All, f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the request accepts best; JSON where it takes anything; null where it takes none of these.</summary>
    public static AnswerFormat? Accepted(HttpRequest request)
    {
        if (request.Query["format"].ToString() is { Length: > 0 } named)
            return Named(named);
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
            return All[0];
        foreach (var wanted in accepted.Where(a => a.Quality is not 0).OrderByDescending(a => a.Quality ?? 1))
            if (Array.Find(All, f => MediaTypeHeaderValue.Parse(f.MediaType).IsSubsetOf(wanted)) is { } format)
                return format;
        return null;
    }
}
