using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Innovation1551.Models;
using Spectre.Console;
using Text = Innovation1551.Models.Text;

namespace Innovation1551.Pipeline.Terminal;

/// <summary>How a verb speaks: to a person in their language, or to a machine as one JSON object on standard output.</summary>
public sealed class Speaker(Language language, bool json, TextWriter output, TextWriter error)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        // Chinese stays readable; everything that could end a string or a tag is still escaped.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private static readonly JsonSerializerOptions OneLine = new(Options) { WriteIndented = false };

    public Language Language => language;
    public bool Json => json;
    public TextWriter Output => output;

    /// <summary>A line for a person; nothing in JSON mode.</summary>
    public void Say(Text text) => Line(text.In(language));

    /// <summary>Under what was handed out: that it is made from the sample, where it is.</summary>
    public void SayWhetherSynthetic(bool isSynthetic)
    {
        if (isSynthetic)
            Say(new("示例数据 synthetic：不得作为统计数据使用", "示例数据 synthetic: not to be used as statistics"));
    }

    public void Line(string line)
    {
        if (!json)
            output.WriteLine(ScreenText.Lines(line));
    }

    /// <summary>A line about what went wrong; always on standard error.</summary>
    public void Complain(Text text) => error.WriteLine(ScreenText.Lines(text.In(language)));

    /// <summary>The machine's answer; nothing unless JSON was asked for.</summary>
    public void Answer(object answer)
    {
        if (json)
            output.WriteLine(JsonSerializer.Serialize(answer, Options));
    }

    /// <summary>What went wrong as one line of JSON, on standard error: what stands on standard output may be half an answer.</summary>
    public void Fail(object fault) => error.WriteLine(JsonSerializer.Serialize(fault, OneLine));

    /// <summary>
    /// Runs work with progress: a bar on a terminal, a plain line now and then elsewhere. It is a step, as the log has them.
    /// </summary>
    public T WithProgress<T>(Text title, Func<IProgress<(int Done, int Total, string What)>, T> work)
    {
        using var step = Telemetry.Step(title.En);
        if (json)
            return work(new Silent());
        if (Console.IsOutputRedirected)
            return work(new Lines(this, title.In(language)));
        return AnsiConsole
            .Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title.In(language)));
                return work(new Bar(task, title.In(language)));
            });
    }

    private sealed class Silent : IProgress<(int, int, string)>
    {
        public void Report((int, int, string) value) { }
    }

    private sealed class Bar(ProgressTask task, string title) : IProgress<(int Done, int Total, string What)>
    {
        public void Report((int Done, int Total, string What) value)
        {
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Done;
            task.Description = Markup.Escape(value.What.Length == 0 ? title : $"{title} {ScreenText.Line(value.What)}");
        }
    }

    /// <summary>A line at the first report of a count and at each further tenth, so that a log stays short; a later count says what it counts.</summary>
    private sealed class Lines(Speaker speaker, string title) : IProgress<(int Done, int Total, string What)>
    {
        private int _nextTenth;
        private int _counts;
        private int _total = -1;

        public void Report((int Done, int Total, string What) value)
        {
            lock (this)
            {
                if (value.Total != _total)
                    (_total, _nextTenth, _counts) = (value.Total, 0, _counts + 1);
                var tenth = value.Total == 0 ? 10 : value.Done * 10 / value.Total;
                if (tenth < _nextTenth)
                    return;
                _nextTenth = tenth + 1;
                speaker.Line($"{title} {value.Done}/{value.Total}{(_counts > 1 && value.What.Length > 0 ? " " + value.What : "")}");
            }
        }
    }
}
