namespace Innovation1551.Benchmarks;

/// <summary>The same work as an analyst would write it in pandas, where Debian's python3-pandas is installed.</summary>
internal static class Pandas
{
    public const string Python = "/usr/bin/python3";

    public static bool Available { get; } = File.Exists(Python) && Measuring.Succeeds(Python, "-c", "import pandas, openpyxl");

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
}
