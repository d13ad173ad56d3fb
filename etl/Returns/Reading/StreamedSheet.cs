using System.Diagnostics;
using System.Text;
using System.Xml;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading;

/// <summary>A one-way reader of rows. It may throw for bad data; <see cref="StreamedSheet"/> turns that into findings.</summary>
internal abstract class RowCursor : IDisposable
{
    /// <summary>The next row, or null at the end.</summary>
    public abstract Row? Next();

    /// <summary>The row last read; kept here so that a guarded step needs no closure per row.</summary>
    public Row? Current { get; set; }

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>
/// A sheet whose rows come from a cursor. All exceptions that bad data can cause end here, as one finding about the file,
/// and the time that the reader itself takes (not the time of whoever uses the rows) is held against the limit.
/// </summary>
internal abstract class StreamedSheet(OpenedDocument document) : Sheet
{
    protected OpenedDocument Document { get; } = document;

    protected abstract RowCursor OpenCursor();

    public sealed override IEnumerable<Row> Rows()
    {
        if (Document.Refused)
            yield break;
        RowCursor? cursor = null;
        try
        {
            if (!Document.Guard(() => cursor = OpenCursor()))
                yield break;
            while (Step(cursor!) is { } row)
                yield return row;
        }
        finally
        {
            cursor?.Dispose();
        }
    }

    private Row? Step(RowCursor cursor)
    {
        var start = Stopwatch.GetTimestamp();
        var good = Document.Guard(cursor, static c => c.Current = c.Next());
        Document.Spend(Stopwatch.GetTimestamp() - start);
        return good && !Document.Refused ? cursor.Current : null;
    }
}

/// <summary>What all opened documents share: findings bound to the file's name, the clock, and the one place where exceptions become findings.</summary>
internal abstract class OpenedDocument : Document
{
    private long _ticksLeft = long.MaxValue;
    private TimeSpan _allowed;

    public required ReadLimits Limits { get; init; }

    /// <summary>Starts the clock: the limit is for files up to 64 MB and grows with the size beyond, so that a large honest file is not refused for being large.</summary>
    public void Allow(long fileBytes)
    {
        _allowed = Limits.MaxTime * Math.Max(1.0, fileBytes / (64.0 * 1024 * 1024));
        _ticksLeft = (long)(_allowed.TotalSeconds * Stopwatch.Frequency);
    }

    /// <summary>What is left of the time allowed.</summary>
    public TimeSpan Remaining => _ticksLeft == long.MaxValue ? TimeSpan.MaxValue : Stopwatch.GetElapsedTime(0, Math.Max(0, _ticksLeft));

    public void Spend(long ticks)
    {
        _ticksLeft -= ticks;
        if (_ticksLeft < 0 && !Refused)
            Refuse(ReadingFindings.TooSlow(FileName, _allowed));
    }

    /// <summary>Throws when the time is up; for loops that run long between two rows.</summary>
    public void CheckTime(long startedAt)
    {
        if (Stopwatch.GetTimestamp() - startedAt > _ticksLeft)
            throw new RefusedException(ReadingFindings.TooSlow(FileName, _allowed));
    }

    public void Refuse(Finding finding)
    {
        Refused = true;
        Findings.Add(finding);
    }

    public bool Guard(Action work) => Guard(work, static w => w());

    /// <summary>Runs work on foreign bytes. False when the file turned out to be unusable: the finding is then recorded.</summary>
    public bool Guard<T>(T state, Action<T> work)
    {
        try
        {
            work(state);
            return true;
        }
        catch (RefusedException refusal)
        {
            Refuse(refusal.Finding);
        }
        catch (XmlException fault)
        {
            Refuse(ReadingFindings.Damaged(FileName, $"XML 错误，第 {fault.LineNumber} 行", $"XML error: {fault.Message}"));
        }
        catch (DecoderFallbackException fault)
        {
            Refuse(ReadingFindings.Damaged(FileName, "含有无效的字符编码", $"invalid bytes for the encoding: {fault.Message}"));
        }
        catch (InvalidDataException fault)
        {
            Refuse(ReadingFindings.Damaged(FileName, "压缩数据无效", fault.Message));
        }
        catch (EndOfStreamException)
        {
            Refuse(ReadingFindings.Damaged(FileName, "文件不完整，提前结束", "the file ends too early"));
        }
        catch (IOException fault)
        {
            Refuse(ReadingFindings.NotAvailable(FileName, "读取时出错", fault.Message));
        }
        catch (NotSupportedException fault)
        {
            Refuse(ReadingFindings.Damaged(FileName, "使用了不支持的压缩或编码方式", fault.Message));
        }
        return false;
    }
}
