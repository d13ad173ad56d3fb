using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Innovation1551.Models;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Jobs.Notices;

/// <summary>
/// What a person is told of a job: how it ended, numbers of what it answered, and where to look. Never a cell, a name of a file or a finding:
/// a notice leaves the house.
/// </summary>
internal sealed record Notice(string Workspace, JobEnd End)
{
    private const int MostFigures = 40;

    /// <summary>What a name in an answer may be to go out with its number.</summary>
    private static bool IsPlain(string name) => name.All(c => char.IsAsciiLetterLower(c) || c == '_');

    public Text Outcome =>
        End.ExitCode switch
        {
            ExitCode.Done => new("完成", "done"),
            ExitCode.DataErrors => new(
                "数据有误，请查看 innovation status 与 feedback 文件夹",
                "the data has errors: see innovation status and the folder feedback"
            ),
            ExitCode.Usage => new("未能执行：用法、定义或工作区有误，请查看日志", "could not be done: usage, a definition or the workspace; see the log"),
            ExitCode.Bug => new("程序内部错误，请查看日志", "a bug in the program; see the log"),
            null => new("进程被终止或超时", "its process was ended, or took too long"),
            var code => new($"以 {code} 结束", $"ended with {code}"),
        };

    public Text Subject => new($"科技创新统计 {End.Job.Name}：{Outcome.Zh}", $"Innovation statistics, {End.Job.Name}: {Outcome.En}");

    /// <summary>The numbers of the answer by their path, as load.errors.</summary>
    public IReadOnlyList<(string Name, string Value)> Figures
    {
        get
        {
            var figures = new List<(string, string)>();
            try
            {
                Walk(JsonNode.Parse(End.Answer), "");
            }
            catch (JsonException)
            {
                // It answered nothing, or was cut off.
            }
            return figures;

            void Walk(JsonNode? node, string path)
            {
                if (node is not JsonObject members)
                    return;
                foreach (var (name, value) in members.Where(m => IsPlain(m.Key)))
                    if (value is JsonObject)
                        Walk(value, $"{path}{name}.");
                    else if (
                        value is JsonValue v
                        && v.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
                        && figures.Count < MostFigures
                    )
                        figures.Add((path + name, value.ToJsonString()));
            }
        }
    }

    /// <summary>As the text of a letter, Chinese first.</summary>
    public string Letter()
    {
        var text = new StringBuilder();
        var took = End.Took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        var at = End.Started.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        text.AppendLine(Outcome.Zh).AppendLine(Outcome.En).AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"任务 / job: {End.Job.Name}（{End.Job.Does}）");
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"开始 / started: {at}，用时 / took {took} s，退出码 / exit code {End.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "—"}"
        );
        text.AppendLine(CultureInfo.InvariantCulture, $"工作区 / workspace: {Workspace}");
        if (Figures is { Count: > 0 } figures)
        {
            text.AppendLine();
            foreach (var (name, value) in figures)
                text.AppendLine(CultureInfo.InvariantCulture, $"{name} = {value}");
        }
        return text.ToString();
    }

    /// <summary>For a program.</summary>
    public byte[] ToJson() =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["job"] = End.Job.Name,
                ["does"] = End.Job.Does,
                ["workspace"] = Workspace,
                ["started"] = End.Started,
                ["seconds"] = Math.Round(End.Took.TotalSeconds, 1),
                ["exit_code"] = End.ExitCode,
                ["wants_person"] = End.WantsPerson,
                ["zh"] = Outcome.Zh,
                ["en"] = Outcome.En,
                ["figures"] = new JsonObject(Figures.Select(f => KeyValuePair.Create(f.Name, JsonNode.Parse(f.Value)))),
            }.ToJsonString()
        );
}
