package plescope.analysis.cli;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** One word of the command line. Creating a command loads neither DuckDB nor a grammar, so that help stays quick. */
interface Command {
    String name();

    /** One line for the list of commands. */
    String summary();

    /** What follows the name, such as {@code TRACE [-o FILE]}. */
    String arguments();

    /** Words that may follow the name, none where these are files or texts. */
    default List<String> words() {
        return List.of();
    }

    /** Whole command lines that work, shown by {@code --help}. */
    List<String> examples();

    /** Options, given the raw words: some depend on them. */
    Options options(List<String> words);

    ExitCode run(CommandLine line, Terminal terminal) throws IOException;
}
