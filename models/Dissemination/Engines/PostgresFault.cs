using Npgsql;

namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>What the server or the driver says, as a person is told it: the reason, what to do, and no secret.</summary>
internal static class PostgresFault
{
    public static Refusal Of(PostgresException fault, PostgresEngine engine, NpgsqlConnectionStringBuilder to)
    {
        var said = Secrets.Hide(fault.MessageText, to.Password);
        var (place, user) = (engine.Place, to.Username);
        return fault.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => Told(
                $"{place} 不接受用户 {user}：{said}；请核对用户名和密码",
                $"{place} does not let {user} in: {said}; check user and password"
            ),
            PostgresErrorCodes.InvalidCatalogName => Told(
                $"{place}：没有这个数据库（{said}）；请先建库",
                $"{place}: there is no such database ({said}): create it first"
            ),
            PostgresErrorCodes.InsufficientPrivilege => Told(
                $"用户 {user} 在 {place} 无权发布：{said}；请管理员执行 grant create on database … to …，或换用建过这些模式的用户",
                $"{user} may not publish to {place}: {said}; have an administrator grant create on the database, or come as the user that made these schemas"
            ),
            PostgresErrorCodes.ReadOnlySqlTransaction => Told($"{place} 只读（备机？）：{said}", $"{place} can only be read (a standby?): {said}"),
            PostgresErrorCodes.LockNotAvailable => new EngineBusyException(
                new(
                    $"{place} 上有查询正占用分析用的视图；数据已装入，视图仍指向原版本；稍后再发布一次即可切换",
                    $"queries at work on {place} hold the views of analysts; the data are in, the views lead where they led before: publish again later to turn them"
                )
            ),
            PostgresErrorCodes.DependentObjectsStillExist => Told(
                $"{place} 上有他人的对象依赖将改变的视图：{said}（{fault.Detail?.ReplaceLineEndings("；")}）；数据已装入，视图仍指向原版本；删去这些对象后再发布一次",
                $"objects of others on {place} depend on views that change: {said} ({fault.Detail?.ReplaceLineEndings("; ")}); the data are in, the views lead where they led before: drop those objects and publish again"
            ),
            PostgresErrorCodes.CharacterNotInRepertoire => Told(
                $"{place} 不收文字中的空字符（U+0000）：{said}，未发布",
                $"{place} takes no text with a NUL in it: {said}; nothing was published"
            ),
            PostgresErrorCodes.DiskFull => new EngineFullException(place, said),
            _ => Told($"{place} 报错 {fault.SqlState}：{said}，未发布", $"{place} answers {fault.SqlState}: {said}; nothing was published"),
        };
    }

    /// <summary>It cannot be reached, or went away in the middle.</summary>
    public static Refusal Lost(Exception fault, string place, string? password)
    {
        var said = Secrets.Hide(fault.GetBaseException().Message.ReplaceLineEndings(" "), password);
        return Told(
            $"连不上 {place}，或连接中断：{said}；原有版本不受影响，恢复后再发布一次",
            $"{place} cannot be reached, or went away: {said}; what was published before stands, publish again when it is back"
        );
    }

    private static DisseminationException Told(string zh, string en) => new(new(zh, en));
}
