using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Innovation1551.Models;

namespace Innovation1551.Service.Endpoints;

/// <summary>A query under a name of its own, which is a permanent link to its answer.</summary>
/// <param name="Sql">What is asked; its $parameters stand in the address.</param>
/// <param name="Title">What a reader calls it.</param>
/// <param name="Release">A release, to which its answer is pinned; latest to follow.</param>
internal sealed record SavedQuery(string Sql, string? Title = null, string Release = "latest");

/// <summary>The saved queries of a workspace, a file each.</summary>
internal sealed partial class SavedQueries(string folder)
{
    private static readonly JsonSerializerOptions Options = new(Workers.Message.Options)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public IReadOnlyDictionary<string, SavedQuery> All =>
        Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder, "*.json")
                .Order(StringComparer.Ordinal)
                .ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => JsonSerializer.Deserialize<SavedQuery>(File.ReadAllBytes(f), Options)!)
            : new Dictionary<string, SavedQuery>();

    /// <exception cref="RequestException">There is none of that name.</exception>
    public SavedQuery Find(string name) =>
        Name().IsMatch(name) && File.Exists(Place(name))
            ? JsonSerializer.Deserialize<SavedQuery>(File.ReadAllBytes(Place(name)), Options)!
            : throw new RequestException(404, "usage", new("没有这个查询；GET /v1/queries 列出全部", "there is no such query; GET /v1/queries lists them"));

    /// <exception cref="RequestException">The name is none.</exception>
    public void Put(string name, SavedQuery query)
    {
        if (!Name().IsMatch(name))
            throw new RequestException(
                400,
                "usage",
                new("名称由小写字母、数字和连字符组成，以字母开头", "a name is made of small letters, digits and hyphens and begins with a letter")
            );
        Directory.CreateDirectory(folder);
        WholeFile.Write(Place(name), stream => stream.Write(JsonSerializer.SerializeToUtf8Bytes(query, Options)));
    }

    public static SavedQuery Read(Stream body)
    {
        try
        {
            return JsonSerializer.Deserialize<SavedQuery>(body, Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw StatementRequest.Unreadable(e);
        }
    }

    private string Place(string name) => Path.Combine(folder, name + ".json");

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,63}\z")]
    private static partial Regex Name();
}
