package plescope.analysis.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.reproduce.Reproducer;

/** {@code plescope reproduce}: published figures against simulations of their set-ups. */
final class ReproduceCommand implements Command {
    private static final String SEEDS = "seeds";
    private static final String JOBS = "jobs";
    private static final int DEFAULT_SEEDS = 5;

    @Override
    public String name() {
        return "reproduce";
    }

    @Override
    public String summary() {
        return "simulate published experiments and say which of their figures come out";
    }

    @Override
    public String arguments() {
        return "[FIGURE...] [--seeds N] [--jobs N] [--format FORMAT]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope reproduce T3", "plescope reproduce T4 T5-8 --seeds 10 --format csv", "plescope reproduce");
    }

    @Override
    public Options options(List<String> words) {
        return CommonOptions.withHelp()
                .addOption(
                        CommonOptions.value(SEEDS, "N", "runs per set-up, for the interval; default " + DEFAULT_SEEDS))
                .addOption(CommonOptions.value(
                        "j", JOBS, "N", "simulations at a time, default one per processor; the answer is the same"))
                .addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) {
        ReportFormat format = CommonOptions.format(line);
        int seeds = CommonOptions.count(line, SEEDS, DEFAULT_SEEDS);
        int jobs = CommonOptions.count(line, JOBS, Runtime.getRuntime().availableProcessors());
        Reproducer reproducer = Reproducer.of(line.getArgList());
        if (reproducer.size() == 0) {
            throw new UsageException("no figure's name begins with '" + String.join("', '", line.getArgList())
                    + "'; experiments are T1 to T13, figures such as T4-8-yields");
        }
        terminal.out().print(terminal.writer().write(reproducer.run(seeds, jobs), format));
        return ExitCode.DONE;
    }
}
