using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Binding;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Values;

namespace Innovation1551.Returns.Landing;

/// <summary>
/// What respondents wrote, append-only, in a DuckDB file of its own. It can be made again from the archive at any time;
/// a file is read once in its life unless the reader or the forms change.
/// </summary>
public sealed class LandingStore : IDisposable
{
    private readonly string _path;

    private LandingStore(DuckDBConnection connection, string path, Text? setAside) => (Connection, _path, SetAside) = (connection, path, setAside);

    public DuckDBConnection Connection { get; }

    /// <summary>That the store was damaged, and where it lies now: this one is new and the archive is to be read again. Null where it was sound.</summary>
    public Text? SetAside { get; }

    /// <summary>The functions and views that the rules rest on are made once for a store that is open.</summary>
    internal bool HasRuleFunctions { get; set; }

    /// <summary>Opens the store, making it new where it is absent or was made by another reader, other forms or code lists: the archive is then read again.</summary>
    /// <param name="codesHash">Hash of the code lists that files are read by; null for who reads none.</param>
    public static LandingStore Open(string path, string? codesHash = null)
    {
        var setAside = LandingSeal.Break(path);
        try
        {
            return Open(path, codesHash, setAside);
        }
        catch
        {
            LandingSeal.Make(path);
            throw;
        }
    }

    /// <summary>Throws away what has been read; the next load reads the archive again.</summary>
    /// <returns>Where it lies now in case it was damaged; null where it was sound.</returns>
    public static Text? Discard(string path)
    {
        var setAside = LandingSeal.Break(path);
        Delete(path);
        return setAside;
    }

    private static void Delete(string path)
    {
        // The log first: alone it would be replayed into the new file.
        File.Delete(path + ".wal");
        FaultPoint.Reach("landing.log-deleted");
        File.Delete(path);
        FaultPoint.Reach("landing.deleted");
    }

    private static LandingStore Open(string path, string? codesHash, Text? setAside)
    {
        var connection = Database.OpenForWriting(path);
        var known =
            connection.Scalar<long>("select count(*) from information_schema.tables where table_name = 'meta'") > 0
                ? connection.Scalar<string>("select max(forms_hash) from meta")
                : null;
        if (
            known is not null
            && (
                known != LandingTables.Hash
                || connection.Scalar<string>("select max(reader_version) from meta") != ReaderVersion.Current
                || codesHash is not null && connection.Scalar<string>("select max(codes_hash) from meta") is { } readBy && readBy != codesHash
            )
        )
        {
            connection.Dispose();
            Delete(path);
            return Open(path, codesHash, setAside);
        }
        if (known is null)
        {
            connection.Run("begin transaction;" + LandingTables.Ddl);
            connection.Run("insert into meta values ($1, $2, null, $3, null)", LandingTables.Hash, ReaderVersion.Current, codesHash);
            connection.Run("commit");
            FaultPoint.Reach("landing.made");
        }
        // They are the same as long as the hash is; the landing of an older release is put together from its tables alone.
        if (connection.Scalar<long>("select count(*) from duckdb_views() where view_name = 'corrected_cell' and database_name = current_database()") == 0)
            connection.Run($"begin transaction; {LandingTables.Views} commit");
        return new(connection, path, setAside);
    }

    /// <summary>Numbers of the files that have been read.</summary>
    public HashSet<int> FilesRead() => [.. Connection.Rows("select file_no from file").Select(r => (int)r[0]!)];

    /// <summary>
    /// Takes files out, with all that was found in them, and those that were not landed because one of these says the same: they are read when next they may.
    /// All rules run again: what stood may have rested on them.
    /// </summary>
    public void Forget(IReadOnlyCollection<int> files)
    {
        if (files.Count == 0)
            return;
        Whole(() =>
        {
            Connection.Run(
                "create or replace temp table forgotten as select unnest($1) as file_no union select file_no from landing.finding where code = 'F006'",
                files.ToList()
            );
            foreach (
                var table in Connection.Rows(
                    "select table_name from duckdb_columns() where database_name = 'landing' and not internal and column_name = 'file_no' and table_name in (select table_name from duckdb_tables() where database_name = 'landing')"
                )
            )
                Connection.Run($"delete from landing.{table[0]} where file_no in (from forgotten)");
            Connection.Run("update landing.meta set rules_run_for = null");
        });
    }

    /// <summary>Name and hash of the files by what they say.</summary>
    public Dictionary<string, (string Name, string Sha256)> Contents() =>
        Connection
            .Rows("select content_hash, name, sha256 from file where content_hash is not null order by file_no desc")
            .GroupBy(r => (string)r[0]!)
            .ToDictionary(g => g.Key, g => ((string)g.Last()[1]!, (string)g.Last()[2]!), StringComparer.Ordinal);

    /// <summary>Adds files in one transaction: all of them or, after a crash, none.</summary>
    public void Append(IReadOnlyList<BoundFile> files) => Whole(() => Fill(files));

    /// <summary>Adds a large plain file in one transaction, its lines as they are read. False, and nothing is kept, where they must be read cell by cell.</summary>
    /// <param name="judge">Looks at the file once its lines are counted.</param>
    public bool AppendLarge(BoundFile file, Action<BoundFile> judge)
    {
        return Whole(() =>
        {
            if (!LargeLanding.Land(Connection, file, file.Large!))
                return false;
            judge(file);
            Fill([file]);
            return true;
        });
    }

    /// <summary>
    /// Adds a file with more rows than are held in memory: they are landed while it is read, in one transaction that leaves nothing where the file turns out
    /// to be unusable.
    /// </summary>
    /// <param name="bind">Reads the file and hands over the rows of its sheets as they come.</param>
    public BoundFile AppendLong(Func<Action<BoundFile, BoundSheet>, BoundFile> bind)
    {
        BoundFile? file = null;
        var isUsable = Whole(() =>
        {
            file = bind((of, sheet) => FillRows([(of, sheet)]));
            if (file.Refused)
                return false;
            Fill([file]);
            return true;
        });
        if (!isUsable)
            Append([file!]);
        return file!;
    }

    private void Whole(Action work) =>
        Whole(() =>
        {
            work();
            return true;
        });

    /// <summary>Does work in one transaction; where it gives false, or fails, nothing of it is kept.</summary>
    private bool Whole(Func<bool> work)
    {
        Connection.Run("begin transaction");
        try
        {
            if (!work())
            {
                Connection.Run("rollback");
                return false;
            }
            FaultPoint.Reach("landing.filled");
            Connection.Run("commit");
            FaultPoint.Reach("landing.committed");
            return true;
        }
        catch
        {
            Connection.Run("rollback");
            throw;
        }
    }

    private void Fill(IReadOnlyList<BoundFile> files)
    {
        Fill(
            "file",
            files,
            (row, f) =>
                row.AppendValue(f.Receipt.Seq)
                    .AppendValue(f.Receipt.Sha256)
                    .AppendValue(f.Receipt.Name)
                    .AppendValue(f.Receipt.Bytes)
                    .AppendValue(f.Receipt.ReceivedAt.UtcDateTime)
                    .AppendValue(f.Format)
                    .AppendValue(f.Encoding)
                    .AppendValue(f.Refused || f.Sheets.Count == 0)
                    .AppendValue(f.IsSynthetic)
                    .AppendValue(BoundContent.Hash(f))
        );
        var sheets = files.SelectMany(f => f.Sheets.Select(s => (File: f, Sheet: s))).ToList();
        Fill(
            "sheet",
            sheets,
            (row, s) =>
                row.AppendValue(s.File.Receipt.Seq)
                    .AppendValue(s.Sheet.SheetNo)
                    .AppendValue(s.Sheet.SheetName)
                    .AppendValue(s.Sheet.Form.Id)
                    .AppendValue(s.Sheet.Edition)
                    .AppendValue(s.Sheet.ReporterCode)
                    .AppendValue(s.Sheet.FilledOn)
                    .AppendValue(s.Sheet.Revision)
                    .AppendValue(s.Sheet.RowsIn)
                    .AppendValue(s.Sheet.Stated?.Year)
                    .AppendValue(s.Sheet.Stated?.Month)
        );
        Fill(
            "layout",
            sheets.SelectMany(s => s.Sheet.Columns.Select(c => (s.File, s.Sheet, Column: c))),
            (row, c) =>
                row.AppendValue(c.File.Receipt.Seq)
                    .AppendValue(c.Sheet.SheetNo)
                    .AppendValue(c.Column.Field.Name)
                    .AppendValue(c.Column.Column)
                    .AppendValue(c.Column.Heading)
                    .AppendValue(c.Column.Unit?.Code)
                    .AppendValue(c.Column.Unit?.PerBase)
                    .AppendValue(c.Column.Field.Unit?.PerBase)
        );
        Fill(
            "finding",
            files.SelectMany(f => f.Findings.Select(x => (File: f, Finding: x))),
            (row, x) =>
                row.AppendValue(x.File.Receipt.Seq)
                    .AppendValue(SheetOf(x.File, x.Finding)?.SheetNo)
                    .AppendValue(x.Finding.Code)
                    .AppendValue(x.Finding.Severity.ToString().ToLowerInvariant())
                    .AppendValue(x.Finding.Scope)
                    .AppendValue("read")
                    .AppendValue(x.File.Receipt.Name)
                    .AppendValue(x.Finding.Sheet)
                    .AppendValue((long?)x.Finding.Row)
                    .AppendValue(x.Finding.Column)
                    .AppendValue(x.Finding.Heading)
                    .AppendValue(x.Finding.Read)
                    .AppendValue(x.Finding.Problem.Zh)
                    .AppendValue(x.Finding.Problem.En)
                    .AppendValue(x.Finding.Remedy.Zh)
                    .AppendValue(x.Finding.Remedy.En)
                    .AppendNullValue()
                    .AppendNullValue()
                    .AppendNullValue()
                    .AppendNullValue()
                    .AppendNullValue()
                    .AppendNullValue()
                    .AppendNullValue()
                    .AppendValue(x.Finding.More > 0 ? x.Finding.More : (int?)null)
        );
        FillRows(sheets);
    }

    /// <summary>The rows that sheets hold now, typed or not.</summary>
    private void FillRows(IReadOnlyList<(BoundFile File, BoundSheet Sheet)> sheets)
    {
        Fill(
            "rejected",
            sheets.SelectMany(s => s.Sheet.Rejected.Select(r => (s.File, s.Sheet, Row: r))),
            (row, r) =>
                row.AppendValue(r.File.Receipt.Seq)
                    .AppendValue(r.Sheet.SheetNo)
                    .AppendValue((long)r.Row.SourceRow)
                    .AppendValue(r.Sheet.Form.Id)
                    .AppendValue(r.Row.EnterpriseCode)
                    .AppendValue(r.Row.Period?.Year)
                    .AppendValue(r.Row.Period?.Month)
        );
        Fill(
            "missing",
            sheets.SelectMany(s => s.Sheet.Missing.Select(m => (s.File, s.Sheet, Cell: m))),
            (row, m) =>
                row.AppendValue(m.File.Receipt.Seq)
                    .AppendValue(m.Sheet.SheetNo)
                    .AppendValue((long)m.Cell.SourceRow)
                    .AppendValue(m.Cell.Field)
                    .AppendValue(m.Cell.Why.ToString())
        );
        foreach (var form in FormCatalogue.All)
            Fill(
                form.Id,
                sheets.Where(s => s.Sheet.Form == form).SelectMany(s => s.Sheet.Rows.Select(r => (s.File, s.Sheet, Row: r))),
                (row, r) =>
                {
                    row.AppendValue(r.File.Receipt.Seq).AppendValue(r.Sheet.SheetNo).AppendValue((long)r.Row.SourceRow);
                    for (var i = 0; i < form.Fields.Length; i++)
                        Cell(row, form.Fields[i], r.Row.Values[i]);
                }
            );
    }

    private const string FindingColumns =
        "select file_no, code, severity, file, sheet, source_row, column_letters, heading, read, problem_zh, problem_en, remedy_zh, remedy_en, scope, suspect_columns, coalesce(more, 0)";
    private const string FindingOrder = "file_no, sheet_no nulls first, source_row nulls first, code, column_letters";

    private const string Gravity = "case severity when 'error' then 1 when 'warning' then 2 else 3 end";

    /// <summary>The gravest findings of each of some files, so many at most, in the order of file, sheet and row.</summary>
    public List<(Finding Finding, int FileNo)> Findings(IReadOnlyCollection<int> files, int mostOfAFile) =>
        [
            .. Connection
                .Rows(
                    $"""
                    {FindingColumns} from finding where list_contains($1, file_no)
                    qualify row_number() over (partition by file_no order by {Gravity}, scope = 'row', {FindingOrder}) <= $2
                    order by {FindingOrder}
                    """,
                    files.ToList(),
                    mostOfAFile
                )
                .Select(r => (Finding(r), (int)r[0]!)),
        ];

    /// <summary>Of each rule that warns on some files how often it does, counted ones included, and the first place: the most frequent first.</summary>
    public IReadOnlyList<(Finding First, long Count)> Warnings(IReadOnlyCollection<int> files) =>
        [
            .. Connection
                .Rows(
                    $"""
                    {FindingColumns}, cast(sum(coalesce(more, 1)) over (partition by code) as bigint) as n
                    from finding where severity = 'warning' and list_contains($1, file_no)
                    qualify row_number() over (partition by code order by more is not null, {FindingOrder}) = 1 order by n desc, code
                    """,
                    files.ToList()
                )
                .Select(r => (Finding(r), (long)r[^1]!)),
        ];

    /// <summary>The findings in the order of file, sheet and row, one after the other: there may be millions.</summary>
    /// <param name="files">Null for all.</param>
    /// <param name="gravestFirst">Errors before warnings before notes.</param>
    public IEnumerable<Finding> Findings(IReadOnlyCollection<int>? files = null, bool gravestFirst = false)
    {
        if (files is { Count: 0 })
            yield break;
        foreach (
            var row in Connection.Stream(
                $"{FindingColumns} from finding {(files is null ? "" : "where list_contains($1, file_no)")} order by {(gravestFirst ? $"{Gravity}, " : "")}{FindingOrder}",
                files is null ? [] : [files.ToList()]
            )
        )
            yield return Finding(row);
    }

    private static Finding Finding(object?[] r) =>
        new(
            (string)r[1]!,
            Enum.Parse<Severity>((string)r[2]!, ignoreCase: true),
            (string)r[3]!,
            new((string)r[9]!, (string)r[10]!),
            new((string)r[11]!, (string)r[12]!),
            (string?)r[4],
            (int?)(long?)r[5],
            (string?)r[6],
            (string?)r[7],
            (string?)r[8]
        )
        {
            WholeSheet = (string?)r[13] == "sheet" && r[5] is not null,
            SuspectColumns = (string?)r[14],
            More = (int)r[15]!,
        };

    public void Dispose()
    {
        Connection.Dispose();
        LandingSeal.Make(_path);
    }

    /// <summary>The sheet that a finding speaks of. Formats without sheets name none; their one table is meant.</summary>
    private static BoundSheet? SheetOf(BoundFile file, Finding finding) =>
        finding.Sheet is null
            ? finding.Row is null
                ? null
                : file.Sheets.SingleOrDefault()
            : file.Sheets.FirstOrDefault(s => s.SheetName == finding.Sheet);

    private void Fill<T>(string table, IEnumerable<T> items, Action<IDuckDBAppenderRow, T> fill)
    {
        using var appender = Connection.CreateAppender(table);
        foreach (var item in items)
        {
            var row = appender.CreateRow();
            fill(row, item);
            row.EndRow();
        }
    }

    private static void Cell(IDuckDBAppenderRow row, Field field, object? value)
    {
        if (field.Type == FieldType.Period)
        {
            var period = value as Period?;
            row.AppendValue(period?.Year).AppendValue(period?.Month);
            return;
        }
        switch (value)
        {
            case null:
                row.AppendNullValue();
                break;
            case decimal d:
                row.AppendValue(d);
                break;
            case long l:
                row.AppendValue(l);
                break;
            case DateOnly d:
                row.AppendValue(d);
                break;
            default:
                row.AppendValue((string)value);
                break;
        }
    }
}
