using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Pipeline.Work;

/// <summary>
/// The warehouse before its first row: seeds, empty tables, views and two thousand comments. It hangs on definitions and program alone, and laying it
/// out is a tenth of a build of the programme's size, so it is kept in the user's cache and copied from there.
/// </summary>
internal static class EmptyWarehouse
{
    /// <summary>Few sets of definitions are in use at a time.</summary>
    private const int Kept = 4;

    private const string Ending = ".warehouse";

    /// <param name="path">Where it is to stand.</param>
    /// <param name="mark">Of all that it hangs on.</param>
    /// <param name="landing">Path of the landing store, whose columns are looked at and no row.</param>
    /// <param name="folder">Where it is kept; null where nowhere.</param>
    public static void Place(string path, WarehouseBuilder builder, string mark, string landing, string? folder)
    {
        var kept = folder is null ? null : Path.Combine(folder, mark + Ending);
        if (kept is not null && UserCache.Take(kept, path))
            return;
        using (var warehouse = Database.OpenForBuilding(path))
        {
            warehouse.Run($"attach {Sql.Literal(landing)} as landing (read_only)");
            builder.Lay(warehouse, Facts);
            warehouse.Run("detach landing");
            warehouse.Run("checkpoint");
        }
        if (folder is null || kept is null)
            return;
        using (var laid = File.OpenRead(path))
            UserCache.Keep(kept, laid);
        UserCache.Prune(folder, Ending, Kept);
    }

    /// <summary>Two small tables that models read and only the program knows: the forms, and what this build is, which each build fills in.</summary>
    private static void Facts(DuckDBConnection warehouse)
    {
        warehouse.Run("create table seed.build (release_id varchar, definition_hash varchar, input_hash varchar)");
        warehouse.Run("create table seed.form (form varchar, name_zh varchar, name_en varchar, kind varchar)");
        foreach (var form in FormCatalogue.All)
            warehouse.Run("insert into seed.form values ($1, $2, $3, $4)", form.Id, form.Name.Zh, form.Name.En, form.Kind.ToString());
    }
}
