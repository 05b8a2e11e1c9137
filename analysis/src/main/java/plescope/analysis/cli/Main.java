package plescope.analysis.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import plescope.analysis.recording.RecordingTooLongException;
import plescope.analysis.report.ReportException;
import plescope.analysis.store.StoreException;
import plescope.parser.TraceFormatException;
import plescope.parser.diagnostic.CaretPrinter;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.replay.guest.GuestDeadlock;
import plescope.replay.scenario.ScenarioException;
import plescope.replay.timeline.TooManyVcpusException;
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
            new CompareCommand(),
            new ExportCommand(),
            new AnonymiseCommand(),
            new PoliciesCommand(),
            new SynthesizeCommand(),
            new ReproduceCommand(),
            new FidelityCommand(),
            new ValidateCommand(),
            new RecordHelpCommand(),
            new CompletionsCommand(),
            new ManCommand());

    private static final long MEGABYTE = 1L << 20;

    private Main() {}

    public static void main(String[] args) {
        AtomicBoolean done = new AtomicBoolean();
        StandardError err = StandardError.open();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(done, err), "interrupted"));
        int code = run(
                args,
                System.in,
                StandardOutput.open(),
                err.stream(),
                Integer.getInteger(WIDTH, Terminal.UNLIMITED_WIDTH));
        done.set(true);
        System.exit(code);
    }

    /** A signal ends the process by way of its shutdown hooks; Java itself gives the exit code. */
    private static void interrupted(AtomicBoolean done, StandardError err) {
        if (!done.get()) {
            err.end((Boolean.getBoolean(ReplayProgress.PROPERTY) ? "\n" : "") + "plescope: interrupted");
        }
    }

    /** Runs one command line; for tests and for {@link #main}. @return the exit code */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err, int width) {
        PrintStream shown = width == Terminal.UNLIMITED_WIDTH ? out : VisibleOutput.over(out);
        PrintStream messages = VisibleOutput.over(err);
        int code = run(args, new Terminal(in, shown, messages, width, false));
        messages.flush();
        return code;
    }

    private static int run(String[] args, Terminal terminal) {
        PrintStream err = terminal.err();
        ExitCode code;
        try {
            code = dispatch(Arrays.asList(args), terminal);
            terminal.out().flush();
        } catch (OutputClosed e) {
            return ExitCode.OUTPUT_CLOSED.code();
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
        } catch (StoreException | GuestDeadlock | RecordingTooLongException | TooManyVcpusException e) {
            err.println("plescope: " + e.getMessage());
            code = ExitCode.BAD_INPUT;
        } catch (IOException e) {
            // Exceptions of the JDK often say no more than a path.
            String kind =
                    e.getClass() == IOException.class ? "" : " (" + e.getClass().getSimpleName() + ")";
            err.println("plescope: " + e.getMessage() + kind);
            code = ExitCode.BAD_INPUT;
        } catch (UncheckedIOException e) {
            err.println("plescope: " + e.getMessage());
            code = ExitCode.BAD_INPUT;
        } catch (InvalidPathException e) {
            // NUL, or a character that the locale's file names cannot hold
            err.println("plescope: '" + e.getInput() + "' can be no file's name here: " + e.getReason());
            code = ExitCode.USAGE;
        } catch (ServiceConfigurationError e) {
            err.println("plescope: a jar of policies cannot be used: " + e.getMessage());
            code = ExitCode.BAD_INPUT;
        } catch (OutOfMemoryError e) {
            // What was being made has no final name yet and is gone.
            err.println("plescope: Java's heap of " + Runtime.getRuntime().maxMemory() / MEGABYTE
                    + " MB is too small for this (" + e.getMessage()
                    + "); give it more (PLESCOPE_JAVA_OPTIONS=-Xmx8g), or take a part of the input");
            code = ExitCode.BAD_INPUT;
        } catch (RuntimeException | Error e) {
            err.println(
                    "plescope " + version() + ": this is a fault in plescope; please report it with the command line");
            e.printStackTrace(err);
            code = ExitCode.BUG;
        }
        return code.code();
    }

    private static ExitCode dispatch(List<String> args, Terminal terminal) throws IOException {
        if (args.isEmpty()) {
            terminal.err().print(Help.overview(COMMANDS));
            return ExitCode.USAGE;
        }
        String first = args.get(0);
        if (first.equals("help") && args.size() > 1) {
            return dispatch(List.of(args.get(1), "--help"), terminal);
        }
        if (first.equals("--help") || first.equals("-h") || first.equals("help")) {
            terminal.out().print(Help.overview(COMMANDS));
            return ExitCode.DONE;
        }
        if (first.equals("--version")) {
            terminal.out().print(Version.read().text());
            return ExitCode.DONE;
        }
        if (first.equals(POLICIES)) {
            throw new UsageException(
                    POLICIES + " is for the launcher; with java itself put the jar on the class path: java -cp"
                            + " plescope.jar:policies.jar " + Main.class.getName());
        }
        Command command = command(first);
        List<String> words = args.subList(1, args.size());
        Options options = command.options(words);
        CommandLine line = parse(options, words);
        if (line.hasOption("help")) {
            terminal.out().print(Help.of(command, options));
            return ExitCode.DONE;
        }
        CommonOptions.limitMemory(line);
        boolean bold = ColorMode.bold(line);
        return command.run(line, new Terminal(terminal.in(), terminal.out(), terminal.err(), terminal.width(), bold));
    }

    private static Command command(String name) {
        return COMMANDS.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException(NearestName.complaint(
                        "command", name, COMMANDS.stream().map(Command::name).toList())));
    }

    private static CommandLine parse(Options options, List<String> words) {
        try {
            return DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .get()
                    .parse(options, words.toArray(String[]::new));
        } catch (UnrecognizedOptionException e) {
            throw new UsageException(unknownOption(e.getOption(), options));
        } catch (ParseException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static boolean known(String word) {
        return COMMANDS.stream().anyMatch(c -> c.name().equals(word));
    }

    private static String unknownOption(String typed, Options options) {
        String name = typed.replaceFirst("=.*", "");
        List<String> known = options.getOptions().stream()
                .flatMap(option -> Syntax.dashed(option).stream())
                .toList();
        return "unknown option '" + name + "'"
                + NearestName.of(name, known)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("");
    }

    static String version() {
        return Version.read().number();
    }
}
