package plescope.analysis.store;

import java.sql.SQLException;

/** The database cannot be written, read or understood; the message is fit for the user. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Wraps a DuckDB error; DuckDB's text holds the position and caret of a faulty statement. */
    public static StoreException of(SQLException error) {
        return new StoreException(error.getMessage(), error);
    }
}
