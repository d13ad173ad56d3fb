using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using Innovation1551.Models;

namespace Innovation1551.Pipeline.Verbs;

/// <summary>What of a command line cannot be understood, and what was meant by it.</summary>
internal static partial class Misunderstood
{
    /// <summary>A sentence for each fault; empty where all is understood.</summary>
    public static IReadOnlyList<string> In(ParseResult parse)
    {
        if (parse.Errors.Count == 0)
            return [];
        // What follows an option that is not known is most likely its value, and what is missing then is most likely that option: neither is a second fault.
        var unknown = parse.UnmatchedTokens.Any(IsOption) ? parse.UnmatchedTokens.Where(IsOption) : parse.UnmatchedTokens.Take(1);
        string[] said = [.. unknown.Select(word => Unknown(word, parse.CommandResult.Command, parse.RootCommandResult.Command))];
        // Whoever misspells --connection has a password behind it.
        return [.. (said.Length > 0 ? said : parse.Errors.Select(e => InBoth(e.Message))).Select(s => Secrets.Hide(s))];
    }

    /// <summary>An option that is not known must not be taken for a file, a release or a query.</summary>
    public static void RefuseOptions(ArgumentResult result)
    {
        var root = (SymbolResult)result;
        while (root.Parent is not null)
            root = root.Parent;
        var isFile = result.Argument.Name is "FILE" or "PATH";
        foreach (var word in result.Tokens.Select(t => t.Value).Where(w => IsOption(w) && !(isFile && Path.Exists(w))))
            result.AddError(
                Unknown(word, ((CommandResult)result.Parent!).Command, ((CommandResult)root).Command)
                    + (isFile ? $"（文件名以 - 开头时请写 ./{word} / a file of that name is written ./{word}）" : "")
            );
    }

    /// <summary>The number behind an option; null where none can be read, which is told as such and no matter of its limits.</summary>
    public static T? Number<T>(OptionResult result)
        where T : struct, IParsable<T> =>
        result.Tokens is [.., var last] && T.TryParse(last.Value, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What the library says in English alone, in both languages; what this program says itself is in both already.</summary>
    private static string InBoth(string message)
    {
        if (message.Any(c => c is >= '\u4e00' and <= '\u9fff'))
            return message;
        foreach (var (english, chinese) in Said)
            if (english.Match(message) is { Success: true } found)
                return $"{found.Result(chinese)} / {message}";
        return $"命令行有误，见 --help / {message}";
    }

    /// <summary>What System.CommandLine says, in its LocalizationResources.</summary>
    private static readonly (Regex English, string Chinese)[] Said =
    [
        (new(@"^Option '(.+)' is required\.$"), "缺少选项 $1"),
        (new(@"^Required argument missing for (?:command|option): '(.+)'\.$"), "$1 缺少内容"),
        (new(@"^Required command was not provided\.$"), "没有写命令"),
        (
            new(@"^(?:Option|Command) '(.+)' expects (?:a single argument|no more than (?:\d+) arguments?) but (\d+) were provided\.$"),
            "$1 后的内容过多（$2 个）"
        ),
        (new(@"^Cannot parse argument '(.*)' for (?:command|option) '(.+)' as expected type '(?:.+)'\..*$", RegexOptions.Singleline), "$2 的内容“$1”无法读取"),
        (new(@"^Cannot parse argument '(.*)' as expected type '(?:.+)'\..*$", RegexOptions.Singleline), "内容“$1”无法读取"),
        (new(@"^Argument '(.*)' not recognized\. Must be one of:(.*)$", RegexOptions.Singleline), "“$1”不是其中之一"),
        (new(@"^(?:File|Directory|File or directory) does not exist: '?(.+?)'?\.$"), "没有 $1"),
    ];

    private static string Unknown(string word, Command verb, Command root)
    {
        if (!IsOption(word))
            return verb == root
                ? $"没有命令 / no such verb: {word}{Meant(Nearest.Of(word, root.Subcommands.Select(v => v.Name)))}"
                : $"多余的内容 / not expected here: {word}";
        if (Nearest.Of(word, Options(verb, root)) is { } near)
            return $"没有选项 / no such option: {word}{Meant(near)}";
        var elsewhere = Nearest.Of(word, root.Subcommands.SelectMany(v => v.Options).Select(o => o.Name));
        var owner = root.Subcommands.FirstOrDefault(v => v.Options.Any(o => o.Name == elsewhere));
        return $"没有选项 / no such option: {word}{Meant(owner is null ? null : $"{owner.Name} {elsewhere}")}";
    }

    private static IEnumerable<string> Options(Command verb, Command root) => verb.Options.Concat(root.Options).Select(o => o.Name);

    private static string Meant(string? near) => near is null ? "" : $"；是否指 / did you mean: {near}";

    private static bool IsOption(string word) => OptionName().IsMatch(word);

    /// <summary>A query may begin with a remark, a name with a dash: neither looks like this.</summary>
    [GeneratedRegex(@"^--?\p{L}[\p{L}\d-]*(=.*)?$", RegexOptions.Singleline)]
    private static partial Regex OptionName();
}
