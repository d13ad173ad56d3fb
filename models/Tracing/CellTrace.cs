using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Tracing;

/// <summary>A figure that a cell feeds.</summary>
/// <param name="Side">value, numerator or denominator; base or donor where an imputed amount is made of it.</param>
/// <param name="Weight">By how much that side moves when the cell, in the unit of the warehouse, moves by one; null where it is not linear.</param>
public sealed record FedFigure(string Figure, string Side, int? Weight, decimal? Value, string Unit);

/// <summary>A cell of a received file and what became of it.</summary>
/// <param name="Fate">in_force, superseded, rejected, or none where no figure uses it.</param>
/// <param name="Amount">The amount in the unit of the warehouse, where the cell holds one.</param>
public sealed record TracedSource(
    string FileName,
    string FileSha256,
    string Sheet,
    string Cell,
    string? Field,
    string? Heading,
    string Fate,
    decimal? Amount,
    IReadOnlyList<FedFigure> Figures
);

/// <summary>From a cell of a received file to the figures that it feeds.</summary>
public static partial class CellTrace
{
    public static bool IsAddress(string text) => Address().IsMatch(text);

    /// <param name="address">FILE#SHEET!CELL; the file by its name or the beginning of its SHA-256, the sheet by its name or number, or empty where the file has one.</param>
    /// <exception cref="ReleaseException">The release has no such file, sheet or column, or more than one.</exception>
    public static TracedSource Of(DuckDBConnection release, string address)
    {
        var parts = Address().Match(address);
        var (file, sheet, letters) = (parts.Groups["file"].Value, parts.Groups["sheet"].Value, parts.Groups["column"].Value.ToUpperInvariant());
        var row = long.Parse(parts.Groups["row"].Value, CultureInfo.InvariantCulture);
        var sheets = release.Rows(
            """
            select distinct file_no, sheet_no, file_name, file_sha256, sheet_name from core.dim_return
            where (file_name = $1 or (length($1) >= 8 and starts_with(file_sha256, lower($1)))) and ($2 = '' or sheet_name = $2 or cast(sheet_no as varchar) = $2)
            order by all
            """,
            file,
            sheet
        );
        if (sheets.Count == 0)
            throw new ReleaseException(
                sheet.Length == 0
                    ? new($"该版本中没有文件“{file}”", $"the release has no file \"{file}\"")
                    : new($"该版本中没有文件“{file}”的工作表“{sheet}”", $"the release has no sheet \"{sheet}\" of a file \"{file}\"")
            );
        if (sheets.Count > 1)
            throw new ReleaseException(
                new(
                    $"“{file}#{sheet}”有 {sheets.Count} 处，请写明工作表，或以 SHA-256 指明文件",
                    $"\"{file}#{sheet}\" stands for {sheets.Count} sheets; name the sheet, or the file by its SHA-256"
                )
            );
        var (fileNo, sheetNo) = ((int)sheets[0][0]!, (int)sheets[0][1]!);
        var column = release
            .Rows("select field, heading from core.source_column where file_no = $1 and sheet_no = $2 and column_letters = $3", fileNo, sheetNo, letters)
            .SingleOrDefault();
        var found = release.Rows(
            """
            with cells as (
                select * from lineage.figure_cell
                where return_id in (select return_id from core.dim_return where file_no = $1 and sheet_no = $2) and source_row = $3
                    -- A counted row counts with all its cells.
                    and (field = $4 or amount is null)
                    -- What is imputed from the cell stands there once more, as its base.
                    and fact <> 'metric.imputed_amount'
            ),
            named as (
                select c.*, case when p.period_kind = 'ytd' and not ends_with(c.metric, '_month') then c.metric || '_ytd' else c.metric end || ':' || c.breakdown || ':' || c.category || ':' || p.period as figure_id
                from cells as c join core.dim_period as p using (period_key)
            )
            select f.figure_id, n.side, sum(n.weight), f.value, f.unit, max(n.amount)
            from named as n join published.figure as f using (figure_id)
            where f.value is not null
            group by f.figure_id, n.side, f.value, f.unit, n.weight is null
            order by all
            """,
            fileNo,
            sheetNo,
            row,
            column?[0] ?? ""
        );
        var fate =
            found.Count > 0 ? "in_force"
            : release.Scalar<long>("select count(*) from core.rejected_row where file_no = $1 and sheet_no = $2 and source_row = $3", fileNo, sheetNo, row) > 0
                ? "rejected"
            : release.Scalar<bool>("select bool_and(not is_latest) from core.dim_return where file_no = $1 and sheet_no = $2", fileNo, sheetNo) ? "superseded"
            : "none";
        return new(
            (string)sheets[0][2]!,
            (string)sheets[0][3]!,
            (string)sheets[0][4]!,
            letters + row.ToString(CultureInfo.InvariantCulture),
            column?[0] as string,
            column?[1] as string,
            fate,
            found.Count > 0 ? (decimal?)found[0][5] : null,
            [
                .. found.Select(f => new FedFigure(
                    (string)f[0]!,
                    (string)f[1]!,
                    f[2] is { } w ? (int)Convert.ToDecimal(w.ToString(), CultureInfo.InvariantCulture) : null,
                    (decimal?)f[3],
                    (string)f[4]!
                )),
            ]
        );
    }

    [GeneratedRegex(@"^(?<file>.+)#(?<sheet>[^!]*)!(?<column>[A-Za-z]{1,3})(?<row>[0-9]{1,9})$")]
    private static partial Regex Address();
}
