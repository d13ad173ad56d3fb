using System.Text.Json;

namespace Innovation1551.Pipeline.Shell;

/// <summary>What was entered in earlier sessions, in a file that this user alone may read; without one where it cannot be written.</summary>
internal sealed class ShellHistory
{
    private readonly string _file = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "innovation1551",
        "sql-history.jsonl"
    );
    private readonly bool _keeps;

    public ShellHistory(int kept)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
            using (var file = new FileStream(_file, Opening(FileMode.OpenOrCreate, FileAccess.ReadWrite)))
            using (var reader = new StreamReader(file))
                while (reader.ReadLine() is { } line)
                    Entries.Add(JsonSerializer.Deserialize<string>(line) ?? "");
            if (Entries.Count > kept)
            {
                Entries.RemoveRange(0, Entries.Count - kept);
                File.WriteAllLines(_file, Entries.Select(e => JsonSerializer.Serialize(e)));
            }
            _keeps = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            _keeps = false;
        }
    }

    public List<string> Entries { get; } = [];

    public void Add(string text)
    {
        if (Entries.Count > 0 && Entries[^1] == text)
            return;
        Entries.Add(text);
        if (!_keeps)
            return;
        using var file = new FileStream(_file, Opening(FileMode.Append, FileAccess.Write));
        file.Write(JsonSerializer.SerializeToUtf8Bytes(text));
        file.WriteByte((byte)'\n');
    }

    private static FileStreamOptions Opening(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
