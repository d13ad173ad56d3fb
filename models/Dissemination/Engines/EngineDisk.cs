namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>A server whose disk is full, as a person is told it, whatever the engine.</summary>
internal static class EngineDisk
{
    public static Text Full(string place, string said) =>
        new(
            $"{place} 的磁盘已满：{said}；原有版本不受影响。请在该服务器上腾出空间（删去不再需要的旧版本，或扩大磁盘），再发布一次",
            $"the disk of {place} is full: {said}; what was published before stands. Make room there (drop releases that nobody needs, or enlarge the disk) and publish again"
        );
}
