using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Innovation1551.Models;

namespace Innovation1551.Service.Workers;

/// <summary>What the operating system keeps a worker from, over and above what the engine's settings do. Each was tried when the service started.</summary>
/// <param name="Name">bwrap, unshare, user, prlimit.</param>
/// <param name="Does">What it keeps from.</param>
/// <param name="IsOn">True where workers start through it.</param>
public sealed record ConfinementLayer(string Name, Text Does, bool IsOn);

/// <summary>
/// Workers start through what this machine has, tried in order: bwrap (no network, no sight of other processes, and of the disk only the
/// system, the program, the releases and the worker's own folder, which alone can be written), else unshare (no network) and another user, where
/// the service is root's (nobody, who owns nothing but the worker's folder and never gets more rights), and prlimit (memory, length of files, no core).
/// </summary>
public sealed class Confinement
{
    /// <summary>The user who owns nothing, and his group.</summary>
    private const int Nobody = 65534;

    /// <summary>Address space of a worker: the engine may use 2 GiB, the runtime reserves 1.3 GiB, and stacks and allocators take their share.</summary>
    public const long Memory = 5L << 30;
    private const long LongestFile = 4L << 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _releases;
    private readonly string _scratch;
    private readonly bool _bwrap;
    private readonly bool _unshare;
    private readonly bool _user;
    private readonly bool _prlimit;

    /// <param name="releases">The folder that workers read.</param>
    /// <param name="scratch">The folder in which the digests of releases are remembered and workers have folders of their own.</param>
    /// <param name="required">Layers without which the service must not start.</param>
    /// <exception cref="ServiceException">A required one does not work here.</exception>
    public Confinement(string releases, string scratch, IReadOnlyCollection<string> required)
    {
        (_releases, _scratch) = (releases, scratch);
        var own = Path.Combine(scratch, "worker-tried");
        Directory.CreateDirectory(own);
        _bwrap = Works(Bwrap(own));
        _unshare = !_bwrap && Works(Unshare);
        _user = !_bwrap && Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() && Works(OtherUser) && Sees(own);
        _prlimit = Works(Prlimit);
        Directory.Delete(own);
        Layers =
        [
            new(
                "bwrap",
                new(
                    "无网络，看不见其他进程，只见系统、程序和发布版本，只能写自己的文件夹",
                    "no network, no sight of other processes, of the disk the system, the program and the releases, and one folder to write in"
                ),
                _bwrap
            ),
            new("unshare", new("无网络", "no network"), _unshare),
            new("user", new("以 nobody 身份运行，不能获得更多权限", "runs as nobody, who never gets more rights"), _user),
            new("prlimit", new("内存、文件长度、不留转储", "memory, length of files, no core dump"), _prlimit),
        ];
        if (required.FirstOrDefault(r => Layers.All(l => l.Name != r)) is { } unknown)
            throw new ServiceException(new($"没有隔离手段 {unknown}；可用 {Names}", $"there is no confinement {unknown}: {Names}"));
        if (required.FirstOrDefault(r => Layers.Any(l => l.Name == r && !l.IsOn)) is { } missing)
            throw new ServiceException(
                new(
                    $"要求的隔离手段 {missing} 在本机不可用，服务未启动；请安装（apt-get install {Package(missing)}）或去掉 --require {missing}",
                    $"the confinement {missing} that is required does not work here, and the service was not started: install it (apt-get install {Package(missing)}) or leave out --require {missing}"
                )
            );
    }

    public IReadOnlyList<ConfinementLayer> Layers { get; }

    private string Names => string.Join(", ", Layers.Select(l => l.Name));

    /// <summary>Gives a worker's folder to whom the worker runs as.</summary>
    public void Hand(string own)
    {
        if (_user && ChangeOwner(own, Nobody, Nobody) != 0)
            throw new ServiceException(new($"{own} 无法交给 nobody", $"{own} cannot be given to nobody"));
    }

    /// <summary>The programs through which a worker with this folder starts; none where this machine has none.</summary>
    public IReadOnlyList<string> Through(string own) =>
        [
            .. _bwrap ? Bwrap(own)
            : _unshare ? Unshare
            : [],
            .. _user ? OtherUser : [],
            .. _prlimit ? Prlimit : [],
        ];

    private static string[] Unshare { get; } = ["unshare", "--net", "--"];

    private static string[] OtherUser { get; } = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--no-new-privs", "--"];

    private static string[] Prlimit { get; } =
    ["prlimit", "--as=" + Memory.ToString(CultureInfo.InvariantCulture), "--fsize=" + LongestFile.ToString(CultureInfo.InvariantCulture), "--core=0"];

    private string[] Bwrap(string own)
    {
        var line = new List<string> { "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp" };
        foreach (
            var seen in (string[])
                [
                    "/usr",
                    "/bin",
                    "/lib",
                    "/lib64",
                    "/etc/ld.so.cache",
                    "/etc/dotnet",
                    .. Runtime is { } shared ? [shared] : Array.Empty<string>(),
                    AppContext.BaseDirectory,
                    _releases,
                    Path.Combine(_scratch, "digests"),
                ]
        )
            line.AddRange(["--ro-bind-try", seen, seen]);
        return [.. line, "--bind", own, own, .. Runtime is { } root ? ["--setenv", "DOTNET_ROOT", root] : Array.Empty<string>(), "--"];
    }

    private static string? Runtime { get; } = Shared(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), AppContext.BaseDirectory);

    /// <summary>The .NET of this machine, of which the runtime used is part; null where the program brings its own, in its own folder.</summary>
    internal static string? Shared(string used, string program) =>
        Path.TrimEndingDirectorySeparator(used) == Path.TrimEndingDirectorySeparator(program) ? null : Path.GetFullPath(Path.Combine(used, "..", "..", ".."));

    private static string Package(string layer) => layer == "bwrap" ? "bubblewrap" : "util-linux";

    /// <summary>True where nobody reads the releases and writes in a folder that he was given.</summary>
    private bool Sees(string own)
    {
        if (ChangeOwner(own, Nobody, Nobody) != 0)
            return false;
        using var looks = Process.Start(
            Child.Other(OtherUser[0], [.. OtherUser[1..], "test", "-r", _releases, "-a", "-x", _releases, "-a", "-w", own], complains: false)
        )!;
        return looks.WaitForExit(Patience) && looks.ExitCode == 0;
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    private static extern int ChangeOwner(
        [System.Runtime.InteropServices.MarshalAs(System.Runtime.InteropServices.UnmanagedType.LPUTF8Str)] string path,
        int user,
        int group
    );

    /// <summary>True where the program itself starts through it.</summary>
    private static bool Works(string[] line)
    {
        try
        {
            using var tried = Process.Start(Child.Self(["--version"], Memory / 4, line))!;
            if (tried.WaitForExit(Patience))
                return tried.ExitCode == 0;
            tried.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>The service cannot start, or not like this.</summary>
public sealed class ServiceException(Text problem) : Refusal(problem);
