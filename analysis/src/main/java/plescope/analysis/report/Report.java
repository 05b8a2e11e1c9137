package plescope.analysis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plescope.analysis.store.SqlResource;

/**
 * One report: what it says, its parameters, its columns and its query, all read from its {@code .sql} file.
 *
 * @param sentence what the report answers
 * @param filters which of {@link RowFilter#CHOICES} its rows can be chosen by
 * @param body the query, with parameters as {@code $name}
 */
public record Report(
        ReportName name,
        String sentence,
        List<Parameter> parameters,
        List<String> filters,
        List<Column> columns,
        String body) {
    private static final String PARAMETER = "@param ";
    private static final String FILTER = "@filter ";
    private static final String COLUMN = "@column ";

    public Report {
        parameters = List.copyOf(parameters);
        filters = List.copyOf(filters);
        columns = List.copyOf(columns);
    }

    /** What the user may choose: name, type, default, description. */
    public record Parameter(String name, String type, String defaultValue, String description) {}

    /** What a column means: name (in double quotes where it has blanks), type, description. */
    public record Column(String name, String type, String description) {}

    /** Reads a report's file. */
    public static Report read(ReportName name) {
        return parse(name, SqlResource.read("report/" + name.text() + ".sql"));
    }

    static Report parse(ReportName name, String text) {
        StringBuilder sentence = new StringBuilder();
        StringBuilder body = new StringBuilder();
        List<Parameter> parameters = new ArrayList<>();
        List<String> filters = RowFilter.CHOICES;
        List<Column> columns = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (!line.startsWith("--")) {
                body.append(line).append('\n');
                continue;
            }
            String comment = line.substring(2).strip();
            if (comment.startsWith(PARAMETER)) {
                String[] words = words(comment.substring(PARAMETER.length()), 4);
                parameters.add(new Parameter(words[0], words[1], words[2], words[3]));
            } else if (comment.startsWith(FILTER)) {
                filters = List.of(comment.substring(FILTER.length()).strip().split("\\s+"));
            } else if (comment.startsWith(COLUMN)) {
                String[] words = words(comment.substring(COLUMN.length()), 3);
                columns.add(new Column(words[0], words[1], words[2]));
            } else {
                sentence.append(sentence.isEmpty() ? "" : " ").append(comment);
            }
        }
        return new Report(
                name,
                sentence.toString(),
                parameters,
                filters,
                columns,
                body.toString().strip());
    }

    /**
     * The query over chosen rows and in a chosen order, with every parameter filled in.
     *
     * @throws ReportException if rows cannot be chosen so: a number that the filter would not change must not look filtered
     */
    public String sql(Map<String, String> arguments, RowFilter filter, RowOrder order) {
        for (String choice : filter.choices()) {
            if (!filters.contains(choice)) {
                throw new ReportException("rows of report " + name.text() + " cannot be chosen by " + choice
                        + "; they can by: " + String.join(", ", filters));
            }
        }
        return order.applyTo(filter.applyTo(sql(arguments)), columns);
    }

    /** The query with every parameter filled in: plain SQL that runs in any DuckDB client. */
    public String sql(Map<String, String> arguments) {
        for (String given : arguments.keySet()) {
            if (parameters.stream().noneMatch(p -> p.name().equals(given))) {
                throw new ReportException("report " + name.text() + " has no parameter '" + given + "'; it has: "
                        + (parameters.isEmpty()
                                ? "none"
                                : String.join(
                                        ", ",
                                        parameters.stream().map(Parameter::name).toList())));
            }
        }
        String sql = body;
        for (Parameter parameter : parameters) {
            String value = arguments.getOrDefault(parameter.name(), parameter.defaultValue());
            sql = sql.replace("$" + parameter.name(), literal(parameter, value));
        }
        return sql;
    }

    /** Statement that makes the report a table macro of the database, callable without plescope. */
    public String macroSql() {
        List<String> heads = new ArrayList<>();
        String query = body;
        for (Parameter parameter : parameters) {
            heads.add(parameter.name() + " := " + literal(parameter, parameter.defaultValue()));
            query = query.replace("$" + parameter.name(), parameter.name());
        }
        return "CREATE MACRO " + name.macro() + "(" + String.join(", ", heads) + ") AS TABLE\n" + query
                + ";\nCOMMENT ON MACRO TABLE " + name.macro() + " IS '" + sentence.replace("'", "''") + "'";
    }

    private static String literal(Parameter parameter, String value) {
        if (parameter.type().equals("VARCHAR")) {
            return "'" + value.replace("'", "''") + "'";
        }
        try {
            return Long.toString(Long.parseLong(value.strip()));
        } catch (NumberFormatException e) {
            throw new ReportException(
                    "parameter '" + parameter.name() + "' must be a whole number, was '" + value + "'", e);
        }
    }

    private static String[] words(String text, int count) {
        // A name in double quotes may hold blanks.
        String[] words = text.strip().split("\\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", count);
        words[0] = words[0].replace("\"", "");
        if (words.length < count) {
            throw new IllegalStateException(
                    "report header line has " + words.length + " of " + count + " words: " + text);
        }
        return words;
    }
}
