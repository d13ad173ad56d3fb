namespace Innovation1551.Service.Endpoints;

/// <summary>Questions about a release that everybody asks.</summary>
internal static class Catalogue
{
    public const string Columns = """
        select c.schema_name as "schema", c.table_name as "table", t.comment as table_meaning, c.column_name as "column", c.data_type as "type", c.comment as meaning
        from duckdb_columns() c
        left join (select schema_name, table_name as name, comment from duckdb_tables() union all select schema_name, view_name, comment from duckdb_views()) t
            on t.schema_name = c.schema_name and t.name = c.table_name
        where not c.internal
        order by c.schema_name, c.table_name, c.column_index
        """;

    public const string Metrics = "from published.metric order by sort_order";
}
