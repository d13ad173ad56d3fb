using System.Data.Common;
using System.Globalization;
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

    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly string? _password;
    private readonly string _user;

    private ClickHouseHttp(Uri address, string user, string? password)
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

    /// <exception cref="DisseminationException">The connection string cannot be read; nothing of it is repeated, for a password may stand anywhere in it.</exception>
    public static ClickHouseHttp Of(string connection)
    {
        string[] known = ["host", "port", "username", "password", "protocol"];
        try
        {
            var given = new DbConnectionStringBuilder { ConnectionString = connection };
            string? Value(string key) => given.TryGetValue(key, out var value) ? (string)value : null;
            var protocol = Value("protocol") ?? "http";
            if (
                Value("host") is { Length: > 0 } host
                && protocol is "http" or "https"
                && given.Keys.Cast<string>().All(k => known.Contains(k.ToLowerInvariant()))
                && int.TryParse(Value("port") ?? (protocol == "https" ? "8443" : "8123"), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            )
                return new(new UriBuilder(protocol, host!, port).Uri, Value("username") ?? "default", Value("password"));
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException or FormatException)
        {
            // What it says may have the password in it.
        }
        throw new DisseminationException(
            new(
                "读不懂连接字符串；应写作 Host=主机;Port=8123;Username=用户;Password=…;Protocol=http（此处不重复所写内容）",
                "the connection string cannot be read; it is written Host=…;Port=8123;Username=…;Password=…;Protocol=http (what was written is not repeated here)"
            )
        );
    }

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

    /// <summary>Sends rows of texts as they come.</summary>
    public void Insert(string sql, IEnumerable<string?[]> rows)
    {
        using var answer = Send(new RowContent(rows), "?query=" + Uri.EscapeDataString(sql));
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

    private ClickHouseException Refused(string said)
    {
        var code = CodeNumber().Match(said) is { Success: true } match ? match.Groups[1].Value : "?";
        var brief = Secrets.Hide(said.ReplaceLineEndings(" ").Trim(), _password);
        brief = brief.Length > Told ? brief[..Told] + "…" : brief;
        return new(
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
                "243" => new($"{Place} 的磁盘已满：{brief}，未发布", $"the disk of {Place} is full: {brief}; nothing was published"),
                _ => new($"{Place} 报错：{brief}，未发布", $"{Place} answers: {brief}; nothing was published"),
            }
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

    [GeneratedRegex(@"^Code: (\d+)")]
    private static partial Regex CodeNumber();

    /// <summary>Rows on their way: nothing is kept.</summary>
    private sealed class RowContent(IEnumerable<string?[]> rows) : HttpContent
    {
        private const int Buffer = 1 << 16;

        protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), Buffer, leaveOpen: true);
            foreach (var row in rows)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    if (i > 0)
                        writer.Write('\t');
                    Write(writer, row[i]);
                }
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

        private static void Write(StreamWriter writer, string? value)
        {
            if (value is null)
                writer.Write("\\N");
            else if (value.AsSpan().IndexOfAny("\\\t\n\r\0") < 0)
                writer.Write(value);
            else
                foreach (var c in value)
                    writer.Write(
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
        }
    }
}
