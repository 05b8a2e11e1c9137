package plescope.analysis.report;

import java.util.List;

/** The text of an answer in one format, row by row, so that answers of any length need no room. */
public interface RowText {
    /** What stands before the first row. */
    String head();

    /** One row; numbers, text and truth values as {@link ReportTable} has them. */
    String row(List<Object> values);

    /** What stands behind the last row. */
    String tail();
}
