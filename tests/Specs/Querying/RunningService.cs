using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Innovation1551.Specs.MainJob;

namespace Innovation1551.Specs.Querying;

/// <summary>The program serving a workspace, in a process of its own, and a client of it.</summary>
internal sealed class RunningService : IDisposable
{
    private readonly Process _process;

    public RunningService(string workspace, params string[] arguments)
    {
        _process = ProgramRun.Start(workspace, ["serve", "--urls", "http://127.0.0.1:0", "--json", .. arguments]);
        _process.ErrorDataReceived += (_, line) => Errors += line.Data + "\n";
        _process.BeginErrorReadLine();
        var text = "";
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            text += line;
            if (line == "}")
                break;
        }
        if (text.Length == 0)
            throw new InvalidOperationException("the service did not start: " + Errors);
        var told = JsonDocument.Parse(text).RootElement;
        Addresses = [.. told.GetProperty("addresses").EnumerateArray().Select(a => a.GetString()!)];
        Client = new HttpClient { BaseAddress = new(Addresses[0]), Timeout = TimeSpan.FromSeconds(60) };
    }

    public IReadOnlyList<string> Addresses { get; }
    public HttpClient Client { get; }
    public Process Process => _process;
    public string Errors { get; private set; } = "";

    /// <summary>Asks and reads the whole answer.</summary>
    public async Task<(int Status, byte[] Body, HttpResponseMessage Response)> Ask(object request, string accept = "text/csv", string? key = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/sql") { Content = JsonContent.Create(request) };
        message.Headers.Accept.ParseAdd(accept);
        if (key is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var response = await Client.SendAsync(message);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response);
    }

    /// <summary>Text of the answer to a statement that has to be answered.</summary>
    public async Task<string> Text(string sql, string accept = "text/csv", string? release = null)
    {
        var (status, body, _) = await Ask(new { sql, release }, accept);
        var text = System.Text.Encoding.UTF8.GetString(body);
        return status == 200 ? text : throw new InvalidOperationException($"{status} {text}");
    }

    public async Task<JsonElement> Health() => JsonDocument.Parse(await (await Client.GetAsync("/health")).Content.ReadAsStringAsync()).RootElement;

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
