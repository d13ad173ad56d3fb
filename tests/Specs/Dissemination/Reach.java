import java.sql.DriverManager;

/** What a program sees that reaches PostgreSQL by JDBC: a table's key, references and meanings, and the rows of a query. */
class Reach {
    public static void main(String[] given) throws Exception {
        try (var connection = DriverManager.getConnection(given[0], given[1], System.getenv("PGPASSWORD"))) {
            var about = connection.getMetaData();
            System.out.println(about.getDriverName() + " " + about.getDriverVersion());
            try (var rows = about.getPrimaryKeys(null, given[2], given[3])) {
                while (rows.next()) System.out.println("key " + rows.getString("COLUMN_NAME"));
            }
            try (var rows = about.getImportedKeys(null, given[2], given[3])) {
                while (rows.next()) System.out.println("reference " + rows.getString("FKCOLUMN_NAME") + " to " + rows.getString("PKTABLE_NAME"));
            }
            try (var rows = about.getColumns(null, given[2], given[3], "%")) {
                while (rows.next()) System.out.println("column " + rows.getString("COLUMN_NAME") + " " + rows.getString("TYPE_NAME") + " " + rows.getString("REMARKS"));
            }
            try (var statement = connection.createStatement(); var rows = statement.executeQuery(given[4])) {
                while (rows.next()) System.out.println("row " + rows.getString(1));
            }
        }
    }
}
