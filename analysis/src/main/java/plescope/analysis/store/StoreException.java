package plescope.analysis.store;

import java.sql.SQLException;

/** The database cannot be written, read or understood; the message is fit for the user. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String REASON = "\nError: ";

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Wraps a DuckDB error; DuckDB's text holds the position and caret of a faulty statement. */
    public static StoreException of(SQLException error) {
        String message = String.valueOf(error.getMessage());
        // The driver puts its own state before the reason when a statement fails as it starts.
        int reason = message.startsWith("Invalid Input Error: Attempting to execute") ? message.indexOf(REASON) : -1;
        return new StoreException(reason < 0 ? message : message.substring(reason + REASON.length()), error);
    }
}
