package plescope.analysis.cli;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.cli.Option;
import plescope.replay.policy.PolicyCatalog;
import plescope.replay.policy.PolicySpec;

/**
 * What may follow the name of a command: the same tables that parse a command line, for shells and the manual.
 *
 * @param words that may stand free, none where these are files or texts
 */
record Syntax(
        String name, String summary, String arguments, List<Item> options, List<String> words, List<String> examples) {
    /**
     * An option.
     *
     * @param dashed as typed, short first
     * @param argument name of its value, null without one
     * @param values all it may be; none where it is free
     */
    record Item(List<String> dashed, String argument, String description, List<String> values) {
        boolean takesFile() {
            return argument != null && argument.matches(".*(FILE|DIR|TRACE|LOG|JAR).*");
        }
    }

    static List<Syntax> all() {
        return Main.COMMANDS.stream().map(Syntax::of).toList();
    }

    private static Syntax of(Command command) {
        // Some options come with a word: parameters of a report.
        List<Item> options = command.options(command.words()).getOptions().stream()
                .map(Syntax::item)
                .toList();
        return new Syntax(
                command.name(), command.summary(), command.arguments(), options, command.words(), command.examples());
    }

    private static Item item(Option option) {
        return new Item(
                dashed(option), option.hasArg() ? option.getArgName() : null, option.getDescription(), values(option));
    }

    static List<String> dashed(Option option) {
        if (option.getOpt() == null) {
            return List.of("--" + option.getLongOpt());
        }
        return option.getLongOpt() == null
                ? List.of("-" + option.getOpt())
                : List.of("-" + option.getOpt(), "--" + option.getLongOpt());
    }

    private static List<String> values(Option option) {
        if (option.getLongOpt() == null || !option.hasArg()) {
            return List.of();
        }
        return switch (option.getLongOpt()) {
            case CommonOptions.FORMAT -> CommonOptions.formats();
            case CommonOptions.COLOR -> ColorMode.names();
            case ReadingOptions.PARSER -> ReadingOptions.PARSERS;
            case SynthesizeOptions.PRODUCER -> SynthesizeOptions.producers();
            case SynthesizeOptions.KERNEL -> SynthesizeOptions.kernels();
            case TuneCommand.POLICY -> policies();
            default -> List.of();
        };
    }

    static List<String> policies() {
        return PolicyCatalog.list().stream().map(PolicySpec::name).toList();
    }

    /** All that begins with a dash. */
    List<String> dashes() {
        return options.stream().flatMap(item -> item.dashed().stream()).toList();
    }

    /** Options of the program itself, before any command. */
    static final List<String> GLOBAL = Arrays.asList("--help", "--version", "--policies");
}
