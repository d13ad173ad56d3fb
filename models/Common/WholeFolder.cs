using System.Diagnostics;
using System.Globalization;

namespace Innovation1551.Models;

/// <summary>A folder that is there whole or not at all, and while it is made anew as it was before.</summary>
public static class WholeFolder
{
    private const string Before = ".before",
        Made = ".made";

    /// <summary>Writes a folder aside and puts it in the place of the one before; what could not be finished is removed.</summary>
    /// <param name="kept">Folders inside it that others write, and that stay.</param>
    /// <param name="write">Writes everything into the folder that it is given, which is there and empty.</param>
    /// <exception cref="IOException">It cannot be written; what stood there before still does.</exception>
    public static T Write<T>(string folder, Func<string, T> write, params ReadOnlySpan<string> kept)
    {
        Heal(folder);
        var aside = folder + "." + Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + Made;
        try
        {
            Directory.CreateDirectory(aside);
            var result = write(aside);
            FaultPoint.Reach("folder.written");
            if (Directory.Exists(folder))
                Directory.Move(folder, folder + Before);
            FaultPoint.Reach("folder.set_aside");
            Directory.Move(aside, folder);
            FaultPoint.Reach("folder.placed");
            foreach (var name in kept)
                if (Directory.Exists(Path.Combine(folder + Before, name)))
                    Directory.Move(Path.Combine(folder + Before, name), Path.Combine(folder, name));
            if (Directory.Exists(folder + Before))
                Directory.Delete(folder + Before, recursive: true);
            return result;
        }
        catch
        {
            if (Directory.Exists(aside))
                Directory.Delete(aside, recursive: true);
            Heal(folder);
            throw;
        }
    }

    /// <summary>After a process that died on the way: the folder before comes back where no new one is in its place; what is half made goes.</summary>
    public static void Heal(string folder)
    {
        if (Directory.Exists(folder + Before))
        {
            if (Directory.Exists(folder))
            {
                foreach (var kept in Directory.EnumerateDirectories(folder + Before))
                    if (!Directory.Exists(Path.Combine(folder, Path.GetFileName(kept))))
                        Directory.Move(kept, Path.Combine(folder, Path.GetFileName(kept)));
                Directory.Delete(folder + Before, recursive: true);
            }
            else
                Directory.Move(folder + Before, folder);
        }

        if (Path.GetDirectoryName(folder) is not { Length: > 0 } above || !Directory.Exists(above))
            return;
        foreach (var half in Directory.EnumerateDirectories(above, Path.GetFileName(folder) + ".*" + Made))
            if (
                !int.TryParse(Path.GetExtension(half[..^Made.Length]).AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var writer)
                || !Lives(writer)
            )
                Directory.Delete(half, recursive: true);
    }

    private static bool Lives(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
