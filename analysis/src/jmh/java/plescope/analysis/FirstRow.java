package plescope.analysis;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The floors of start-up: a word printed and, given an argument, one row of DuckDB in memory, driver as published. */
public final class FirstRow {
    private FirstRow() {}

    public static void main(String[] args) throws SQLException {
        if (args.length == 0) {
            System.out.println("hello");
            return;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 'hello'")) {
            row.next();
            System.out.println(row.getString(1));
        }
    }
}
