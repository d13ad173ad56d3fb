namespace Innovation1551.Models;

/// <summary>A file that is there whole or not at all.</summary>
public static class WholeFile
{
    /// <summary>Writes beside and renames, so that a reader never finds half a file; what could not be finished is removed.</summary>
    /// <exception cref="IOException">It cannot be written; what stood there before still does.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var part = path + ".part";
        try
        {
            using (var stream = File.Create(part))
                write(stream);
            FaultPoint.Reach("file.written");
            File.Move(part, path, overwrite: true);
            FaultPoint.Reach("file.renamed");
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
