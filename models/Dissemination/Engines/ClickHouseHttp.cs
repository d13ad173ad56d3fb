using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>
/// ClickHouse by HTTP, rows as tab-separated texts: the one way that every version since 2016 takes. The password goes in a header and not in an
/// address, which servers and proxies write down.
/// </summary>
internal sealed partial class ClickHouseHttp : IDisposable
{
    private const int Told = 400;

    /// <summary>Full is told by a number of its own where the server reckons before it writes, and else in the words of the system.</summary>
    private const string NoRoom = "243",
        NoSpace = "No space left on device";

    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly string? _password;
    private readonly string _user;

    public ClickHouseHttp(Uri address, string user, string? password)
    {
        (_address, _user, _password) = (address, user, password);
        _client = new(
            new SocketsHttpHandler
            {
                UseProxy = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                AllowAutoRedirect = false,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.Add("X-ClickHouse-User", user);
        if (password is { Length: > 0 })
            _client.DefaultRequestHeaders.Add("X-ClickHouse-Key", password);
    }

    public string Place => $"{_address.Host}:{_address.Port}";

    public void Dispose() => _client.Dispose();

    public void Run(string sql)
    {
        using var answer = Send(new StringContent(sql), "");
    }

    /// <summary>The rows of an answer as they stream, each as its texts; null where there is no value.</summary>
    public IEnumerable<string?[]> Rows(string sql)
    {
        using var answer = Send(new StringContent(sql + " format TabSeparated"), "");
        using var reader = new StreamReader(answer.Content.ReadAsStream(), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
            yield return [.. line.Split('\t').Select(Plain)];
    }

    /// <summary>Sends lines as they come, each a row (<see cref="Line"/>).</summary>
    /// <param name="queryId">What the server calls it by while it is at work; it runs no second one of that name.</param>
    public void Insert(string sql, IEnumerable<string> lines, string? queryId = null)
    {
        using var answer = Send(
            new LineContent(lines),
            $"?query={Uri.EscapeDataString(sql)}{(queryId is null ? "" : "&query_id=" + Uri.EscapeDataString(queryId))}"
        );
    }

    public bool Answers()
    {
        try
        {
            Run("select 1");
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or Refusal)
        {
            return e is Refusal;
        }
    }

    /// <summary>It cannot be reached, or went away in the middle.</summary>
    public DisseminationException Lost(Exception fault)
    {
        var said = Secrets.Hide(fault.GetBaseException().Message.ReplaceLineEndings(" "), _password);
        return new(
            new(
                $"连不上 {Place}，或连接中断：{said}；原有版本不受影响，恢复后再发布一次",
                $"{Place} cannot be reached, or went away: {said}; what was published before stands, publish again when it is back"
            )
        );
    }

    private HttpResponseMessage Send(HttpContent content, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_address, "/" + query)) { Content = content };
        var answer = _client.Send(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.StatusCode == HttpStatusCode.OK)
            return answer;
        using (answer)
        using (var reader = new StreamReader(answer.Content.ReadAsStream(), Encoding.UTF8))
            throw Refused(reader.ReadToEnd());
    }

    private Refusal Refused(string said)
    {
        var code = CodeNumber().Match(said) is { Success: true } match ? match.Groups[1].Value : "?";
        var brief = Secrets.Hide(said.ReplaceLineEndings(" ").Trim(), _password);
        brief = brief.Length > Told ? brief[..Told] + "…" : brief;
        if (code == NoRoom || said.Contains(NoSpace, StringComparison.Ordinal))
            return new EngineFullException(Place, brief);
        return new ClickHouseException(
            code switch
            {
                "192" or "193" or "194" or "516" => new(
                    $"{Place} 不接受用户 {_user}（{code}）；请核对用户名和密码",
                    $"{Place} does not let {_user} in ({code}); check user and password"
                ),
                "164" or "497" => new(
                    $"用户 {_user} 在 {Place} 无权发布：{brief}；请换用可建库的用户",
                    $"{_user} may not publish to {Place}: {brief}; come as a user that may create databases"
                ),
                _ => new($"{Place} 报错：{brief}，未发布", $"{Place} answers: {brief}; nothing was published"),
            },
            code is "16" or "47" or "60" or "81" ? $"{Place}: {brief}" : null
        );
    }

    private static string? Plain(string field)
    {
        if (field == "\\N")
            return null;
        if (!field.Contains('\\', StringComparison.Ordinal))
            return field;
        var plain = new StringBuilder(field.Length);
        for (var i = 0; i < field.Length; i++)
            plain.Append(
                field[i] != '\\' || i + 1 == field.Length
                    ? field[i]
                    : field[++i] switch
                    {
                        't' => '\t',
                        'n' => '\n',
                        'r' => '\r',
                        '0' => '\0',
                        'b' => '\b',
                        'f' => '\f',
                        var c => c,
                    }
            );
        return plain.ToString();
    }

    /// <summary>A row as tab-separated text: what would end a value or a line is written with a backslash, a null as \N.</summary>
    public static string Line(params IEnumerable<string?> values) => string.Join('\t', values.Select(Field));

    private static string Field(string? value)
    {
        if (value is null)
            return "\\N";
        if (value.AsSpan().IndexOfAny("\\\t\n\r\0") < 0)
            return value;
        var field = new StringBuilder(value.Length + 8);
        foreach (var c in value)
            field.Append(
                c switch
                {
                    '\\' => "\\\\",
                    '\t' => "\\t",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\0' => "\\0",
                    _ => c.ToString(),
                }
            );
        return field.ToString();
    }

    [GeneratedRegex(@"^Code: (\d+)")]
    private static partial Regex CodeNumber();

    /// <summary>Rows on their way: nothing is kept.</summary>
    private sealed class LineContent(IEnumerable<string> lines) : HttpContent
    {
        private const int Buffer = 1 << 16;

        protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), Buffer, leaveOpen: true);
            foreach (var line in lines)
            {
                writer.Write(line);
                writer.Write('\n');
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            Task.Run(() => SerializeToStream(stream, context, CancellationToken.None));

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
