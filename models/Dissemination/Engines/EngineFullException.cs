namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>The disk of a server is full, and not that of this machine.</summary>
/// <param name="place">Which.</param>
/// <param name="said">What the server says, without secrets.</param>
public sealed class EngineFullException(string place, string said)
    : Refusal(
        new(
            $"{place} 的磁盘已满：{said}；原有版本不受影响。请在该服务器上腾出空间（删去不再需要的旧版本，或扩大磁盘），再发布一次",
            $"the disk of {place} is full: {said}; what was published before stands. Make room there (drop releases that nobody needs, or enlarge the disk) and publish again"
        )
    );
