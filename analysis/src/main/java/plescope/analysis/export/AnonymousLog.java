package plescope.analysis.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plescope.parser.KernelHints;
import plescope.parser.ReadOptions;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.parser.event.EventKind;
import plescope.parser.event.ExitReason.Isa;
import plescope.parser.event.KvmExit;
import plescope.parser.event.SchedMigrate;
import plescope.parser.event.SchedStat;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.SchedWake;
import plescope.parser.event.ThreadNamed;
import plescope.parser.event.TraceEvent;

/**
 * A log written anew, as {@code perf script} prints one, from what was understood of it: nothing of the original text is copied but the
 * names of exit reasons. Two passes: who is there, then the events. Memory does not grow with the log.
 */
public final class AnonymousLog {
    /** Clock reading of the first event, unless the original's is kept. */
    private static final long ORIGIN_NS = 1_000_000_000_000L;

    private static final Pattern RELEASE = Pattern.compile("[0-9]+(\\.[0-9]+){1,3}");

    private final List<Path> files;
    private final ReadOptions options;
    private final Pseudonyms pseudonyms;
    private long masked;
    private long damaged;

    /** @param key whoever has it can try names out; null for one that nobody knows */
    public AnonymousLog(List<Path> files, ReadOptions options, String key) {
        this.files = List.copyOf(files);
        this.options = options;
        pseudonyms = new Pseudonyms(key == null ? Pseudonyms.randomKey() : key);
    }

    /**
     * Writes the log.
     *
     * @param keepTime whether clock readings stay
     * @throws IOException also for logs of other machines than x86, whose events print otherwise
     */
    public void write(boolean keepTime, Writer out) throws IOException {
        ReadSummary summary = meet();
        pseudonyms.settle();
        LogLines lines = new LogLines(
                pseudonyms,
                summary.kernel(),
                summary.timestampResolutionNs(),
                keepTime ? summary.firstTimestampNs() : ORIGIN_NS);
        try (TraceReader reader = TraceReader.open(files, options)) {
            header(summary, out);
            ReadSummary second = reader.read(event -> {
                try {
                    lines.write(event, out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            damaged = second.lines() - second.eventCount();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private ReadSummary meet() throws IOException {
        try (TraceReader reader = TraceReader.open(files, options)) {
            return reader.read(this::meet);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void meet(TraceEvent event) {
        pseudonyms.meet(event.tid());
        if (event instanceof ThreadNamed named) {
            pseudonyms.meet(named.namedTid());
            pseudonyms.meet(named.tgid());
            pseudonyms.meet(named.comm());
        } else if (event instanceof SchedSwitch change) {
            pseudonyms.meet(change.prevTid());
            pseudonyms.meet(change.nextTid());
        } else if (event instanceof SchedWake wake) {
            pseudonyms.meet(wake.wakeeTid());
        } else if (event instanceof SchedMigrate move) {
            pseudonyms.meet(move.movedTid());
        } else if (event instanceof SchedStat stat) {
            pseudonyms.meet(stat.statTid());
        } else if (event.kind() == EventKind.OTHER) {
            masked++;
        } else if (event instanceof KvmExit exit && !isX86(exit.reason().isa())) {
            throw new UncheckedIOException(new IOException(
                    "exits of " + exit.reason().isa() + " are not anonymised, only those of x86; cut the log by hand"));
        }
    }

    private static boolean isX86(Isa isa) {
        return isa == Isa.VMX || isa == Isa.SVM || isa == Isa.UNKNOWN;
    }

    /** The vendor and the numbers of the kernel's release; hosts, commands and files stay out. */
    private static void header(ReadSummary summary, Writer out) throws IOException {
        KernelHints kernel = summary.kernel();
        out.write("# ========\n");
        if (kernel.release() != null) {
            Matcher release = RELEASE.matcher(kernel.release());
            if (release.lookingAt()) {
                out.write("# os release : " + release.group() + "\n");
            }
        }
        if (summary.isa() == Isa.VMX || summary.isa() == Isa.SVM) {
            out.write("# cpuid : " + (summary.isa() == Isa.VMX ? "GenuineIntel" : "AuthenticAMD") + ",0,0,0\n");
        }
        out.write("# ========\n#\n");
    }

    /** Events whose payload was left out. */
    public long masked() {
        return masked;
    }

    /** Lines that were no events and are left out: headers, damage, records and remarks. */
    public long dropped() {
        return damaged;
    }
}
