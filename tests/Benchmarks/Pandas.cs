namespace Innovation1551.Benchmarks;

/// <summary>The same work as an analyst would write it in pandas, where Debian's python3-pandas is installed.</summary>
internal static class Pandas
{
    private const string Python = "/usr/bin/python3";

    public static bool Available { get; } = File.Exists(Python) && Runs("import pandas, openpyxl");

    public static double Patents(string csv, string script)
    {
        File.WriteAllText(
            script,
            """
            import sys, pandas as pd
            lines = open(sys.argv[1], encoding='utf-8')
            skip = next(i for i, line in enumerate(lines) if line.startswith('统一社会信用代码'))
            frame = pd.read_csv(sys.argv[1], skiprows=skip, dtype=str, encoding='utf-8')
            frame['year'] = frame['报告期'].str[:4].astype(int)
            frame['event_date'] = pd.to_datetime(frame['事件日期'], format='%Y-%m-%d')
            dim = frame[['统一社会信用代码']].drop_duplicates().reset_index(drop=True).rename_axis('enterprise_key').reset_index()
            fact = frame.merge(dim, on='统一社会信用代码')
            fact.to_pickle(sys.argv[1] + '.pickle')
            """
        );
        return Measuring.Process(Python, [script, csv]).Seconds;
    }

    public static double Workbooks(string folder, string script)
    {
        File.WriteAllText(
            script,
            """
            import sys, glob, pandas as pd
            frames = [sheet for path in glob.glob(sys.argv[1] + '/*.xlsx') for sheet in pd.read_excel(path, sheet_name=None, header=None, dtype=str).values()]
            print(sum(frame.size for frame in frames))
            """
        );
        return Measuring.Process(Python, [script, folder]).Seconds;
    }

    private static bool Runs(string code)
    {
        try
        {
            Measuring.Process(Python, ["-c", code]);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
