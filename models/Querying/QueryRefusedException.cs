using System.Globalization;

namespace Innovation1551.Models.Querying;

/// <summary>A query that may not run or that failed, and why.</summary>
/// <param name="line">Line of the script that it is about, from 1; 0 where the reason has no place.</param>
/// <param name="column">Column in that line, from 1.</param>
public sealed class QueryRefusedException(Text problem, int line = 0, int column = 0) : Refusal(problem)
{
    public int Line => line;
    public int Column => column;

    /// <summary>The reason with its place for a person.</summary>
    public Text Placed =>
        line == 0
            ? Problem
            : new(
                string.Create(CultureInfo.InvariantCulture, $"第 {line} 行第 {column} 列：{Problem.Zh}"),
                string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}: {Problem.En}")
            );
}
