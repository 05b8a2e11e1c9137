package plescope.analysis.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import plescope.analysis.recording.RecordingTooLongException;
import plescope.analysis.report.ReportException;
import plescope.analysis.store.StoreException;
import plescope.parser.TraceFormatException;
import plescope.parser.diagnostic.CaretPrinter;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.replay.guest.GuestDeadlock;
import plescope.replay.scenario.ScenarioException;
import plescope.replay.scenario.text.TraceTooLongException;
import plescope.replay.workload.text.WorkloadFormatException;

/** Entry of the program: finds the command, turns failures into messages and exit codes. */
public final class Main {
    /** Set by the launcher where the output is a terminal: Java cannot ask for the width. */
    private static final String WIDTH = "plescope.width";

    /** Understood by the launcher, which puts jars on the class path. */
    private static final String POLICIES = "--policies";

    static final List<Command> COMMANDS = List.of(
            new AnalyzeCommand(),
            new ReadCommand(),
            new CheckCommand(),
            new ReplayCommand(),
            new ExtractCommand(),
            new SweepCommand(),
            new TuneCommand(),
            new ReportCommand(),
            new SqlCommand(),
            new HtmlCommand(),
            new ExportCommand(),
            new AnonymiseCommand(),
            new PoliciesCommand(),
            new SynthesizeCommand(),
            new ReproduceCommand(),
            new FidelityCommand(),
            new ValidateCommand());

    private Main() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        int code = run(args, System.in, out, System.err, Integer.getInteger(WIDTH, Terminal.UNLIMITED_WIDTH));
        // A reader that has gone away (plescope ... | head) is no fault of ours: PrintStream keeps quiet about it, so
        // do we.
        out.flush();
        System.exit(code);
    }

    /** Runs one command line; for tests and for {@link #main}. @return the exit code */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err, int width) {
        Terminal terminal = new Terminal(in, out, err, width);
        ExitCode code;
        try {
            code = dispatch(Arrays.asList(args), terminal);
        } catch (UsageException | ReportException e) {
            err.println("plescope: " + e.getMessage());
            err.println("help: plescope " + (args.length > 0 && known(args[0]) ? args[0] + " " : "") + "--help");
            code = ExitCode.USAGE;
        } catch (TraceFormatException e) {
            err.print(CaretPrinter.print(e.diagnostic()));
            code = e.diagnostic().code() == DiagnosticCode.TOO_MUCH_LOSS ? ExitCode.LOSS_LIMIT : ExitCode.BAD_INPUT;
        } catch (WorkloadFormatException e) {
            err.print(e.rendered());
            code = ExitCode.BAD_INPUT;
        } catch (ScenarioException e) {
            err.print(e.rendered());
            code = ExitCode.BAD_INPUT;
        } catch (StoreException | GuestDeadlock | TraceTooLongException | RecordingTooLongException e) {
            err.println("plescope: " + e.getMessage());
            code = ExitCode.BAD_INPUT;
        } catch (IOException e) {
            // Exceptions of the JDK often say no more than a path.
            String kind =
                    e.getClass() == IOException.class ? "" : " (" + e.getClass().getSimpleName() + ")";
            err.println("plescope: " + e.getMessage() + kind);
            code = ExitCode.BAD_INPUT;
        } catch (ServiceConfigurationError e) {
            err.println("plescope: a jar of policies cannot be used: " + e.getMessage());
            code = ExitCode.BAD_INPUT;
        } catch (RuntimeException | Error e) {
            err.println(
                    "plescope " + version() + ": this is a fault in plescope; please report it with the command line");
            e.printStackTrace(err);
            code = ExitCode.BUG;
        }
        out.flush();
        return code.code();
    }

    private static ExitCode dispatch(List<String> args, Terminal terminal) throws IOException {
        if (args.isEmpty()) {
            terminal.err().print(Help.overview(COMMANDS));
            return ExitCode.USAGE;
        }
        String first = args.get(0);
        if (first.equals("--help") || first.equals("-h") || first.equals("help")) {
            terminal.out().print(Help.overview(COMMANDS));
            return ExitCode.DONE;
        }
        if (first.equals("--version")) {
            terminal.out().println("plescope " + version());
            return ExitCode.DONE;
        }
        if (first.equals(POLICIES)) {
            throw new UsageException(
                    POLICIES + " is for the launcher; with java itself put the jar on the class path: java -cp"
                            + " plescope.jar:policies.jar " + Main.class.getName());
        }
        Command command = COMMANDS.stream()
                .filter(c -> c.name().equals(first))
                .findFirst()
                .orElseThrow(() -> new UsageException(NearestName.complaint(
                        "command", first, COMMANDS.stream().map(Command::name).toList())));
        List<String> words = args.subList(1, args.size());
        Options options = command.options(words);
        CommandLine line = parse(options, words);
        if (line.hasOption("help")) {
            terminal.out().print(Help.of(command, options));
            return ExitCode.DONE;
        }
        return command.run(line, terminal);
    }

    private static CommandLine parse(Options options, List<String> words) {
        try {
            return DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .get()
                    .parse(options, words.toArray(String[]::new));
        } catch (ParseException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static boolean known(String word) {
        return COMMANDS.stream().anyMatch(c -> c.name().equals(word));
    }

    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
