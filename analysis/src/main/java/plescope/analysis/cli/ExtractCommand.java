package plescope.analysis.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.file.PartialText;
import plescope.analysis.recording.RecordingInput;
import plescope.analysis.recording.RecordingReader;
import plescope.analysis.recording.RecordingText;
import plescope.analysis.recording.SourcedRecording;
import plescope.analysis.recording.TimeWindow;
import plescope.replay.model.Roster;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;
import plescope.replay.workload.text.Anonymous;
import plescope.replay.workload.text.VmSelection;
import plescope.replay.workload.text.WorkloadFile;
import plescope.replay.workload.text.WorkloadWriter;

/** {@code plescope extract}: what the guests of a trace had to do, as a text that replays without the trace. */
final class ExtractCommand implements Command {
    private static final String DEFAULT_FILE = "work.plescope.zst";
    private static final String STANDARD = "-";
    private static final String MEMBER = "member";
    private static final String TIME = "time";
    private static final String VM = "vm";
    private static final String ANONYMISE = "anonymise";
    private static final String RECORDED = "recorded";

    @Override
    public String name() {
        return "extract";
    }

    @Override
    public String summary() {
        return "write the guests' work as a text to read, cut, edit, share and replay";
    }

    @Override
    public String arguments() {
        return "TRACE...|DATABASE|- [-o FILE|-] [--member N] [--time A,B|P%/N] [--vm NAME]... [--anonymise]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope extract perf-script.txt.zst",
                "plescope extract trace.duckdb -o - --time 100ms,200ms --vm vm0 | less",
                "plescope extract trace.txt -o work.plescope.gz --anonymise");
    }

    @Override
    public Options options(List<String> words) {
        return ReadingOptions.checking()
                .addOption(ReadingOptions.symbols())
                .addOption(ReadingOptions.spinCode())
                .addOption(CommonOptions.memory())
                .addOption(CommonOptions.value(
                        CommonOptions.OUTPUT,
                        "output",
                        "FILE",
                        "file to write, default " + DEFAULT_FILE + "; .gz and .zst compress, - is standard output"))
                .addOption(CommonOptions.value(
                        RECORDED, "SETTING", "what the log was recorded under, where you know better than the log"))
                .addOption(CommonOptions.value(
                        MEMBER, "N", "which reading of what the log leaves open; 0, the default, is the most likely"))
                .addOption(
                        CommonOptions.value(
                                TIME,
                                "A,B",
                                "only this part: clock readings in seconds, times from the start with a unit (100ms,1s), or 10%/2"))
                .addOption(CommonOptions.value(VM, "NAME", "only this VM, by name or as vm0; may be repeated"))
                .addOption(CommonOptions.flag(ANONYMISE, "leave out the names of VMs, threads, locks and the source"));
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        Pipeline pipeline = ReadingOptions.pipeline(line, terminal.in());
        int member = member(line);
        SourcedRecording sourced;
        try (RecordingInput input = pipeline.open(ReadingOptions.traces(line))) {
            sourced = new RecordingReader(pipeline.options(), pipeline.threads(), pipeline.symbols(), recorded(line))
                    .read(input, window(line));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        if (sourced.log() != null) {
            ReadCommand.findings(sourced.log(), terminal.err());
        }
        WorkloadFile file = RecordingText.file(sourced, member);
        if (line.hasOption(VM)) {
            file = VmSelection.of(
                    file, vms(line.getOptionValues(VM), file.work().roster()));
            terminal.err()
                    .println("what the recording measured is left out: fewer VMs would have come to something else");
        }
        if (line.hasOption(ANONYMISE)) {
            file = Anonymous.of(file);
        }
        String output = line.getOptionValue(CommonOptions.OUTPUT, DEFAULT_FILE);
        write(file, output, terminal);
        said(file, sourced, output, terminal);
        return ExitCode.DONE;
    }

    private static int member(CommandLine line) {
        String text = line.getOptionValue(MEMBER, "0");
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new UsageException("--member must be a whole number from 0, was '" + text + "'");
        }
    }

    private static Setting recorded(CommandLine line) {
        return line.hasOption(RECORDED) ? Setting.parse(line.getOptionValue(RECORDED)) : null;
    }

    private static TimeWindow window(CommandLine line) {
        return line.hasOption(TIME) ? TimeWindow.parse(line.getOptionValue(TIME)) : TimeWindow.ALL;
    }

    private static Set<Integer> vms(String[] names, Roster roster) {
        Set<Integer> vms = new TreeSet<>();
        for (String name : names) {
            Roster.Vm found = roster.vms().stream()
                    .filter(vm -> vm.name().equals(name) || ("vm" + vm.id()).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new UsageException(NearestName.complaint(
                            "VM",
                            name,
                            roster.vms().stream().map(Roster.Vm::name).toList())));
            vms.add(found.id());
        }
        return vms;
    }

    private static void write(WorkloadFile file, String output, Terminal terminal) throws IOException {
        if (output.equals(STANDARD)) {
            WorkloadWriter.write(file, text -> terminal.out().print(text + "\n"));
            return;
        }
        try (PartialText aside = new PartialText(Path.of(output))) {
            WorkloadWriter.write(file, text -> line(aside.writer(), text));
            aside.publish();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void line(Writer writer, String text) {
        try {
            writer.append(text).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void said(WorkloadFile file, SourcedRecording sourced, String output, Terminal terminal) {
        Workload work = file.work();
        long steps = 0;
        for (int vcpu = 0; vcpu < work.vcpuCount(); vcpu++) {
            steps += work.work(vcpu).size();
        }
        String open = sourced.opened() == 0 ? "" : ", " + sourced.opened() + " waits and IPIs cut open";
        terminal.err()
                .println("extracted " + steps + " steps of "
                        + work.roster().vms().size() + " VMs, " + work.spanNs() / 1_000_000 + " ms, "
                        + work.locks().size() + " locks, " + work.ipiCount() + " IPIs" + open + " into " + output);
    }
}
