package plescope.parser;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import plescope.parser.diagnostic.UnusableInput;
import plescope.parser.input.TraceInput;

/**
 * Some ways to read one log, in turn and in one process, by CPU time of the reading thread: on a machine that others use too, only
 * ratios of such times mean anything. The best of the rounds counts.
 *
 * <p>Arguments: a log, which is a file, or a {@link TraceForm} to be made here, or {@code -} for {@code PERF}, the only form that
 * the hand scanner can read; and the rungs, all but {@code TREE} if there are none. Rungs that share a process also share what the JIT believes about their common code; published figures are of one each.
 */
public final class ReadLadder {
    private static final int LINES = 100_000;
    private static final int ROUNDS = 40;
    /** Each measurement reads this much text, so that buffers and tables made per log do not count. */
    private static final int MIN_BYTES = 32 << 20;

    private ReadLadder() {}

    public static void main(String[] args) throws IOException {
        byte[] log = log(args.length == 0 ? "-" : args[0]);
        List<Rung> rungs = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            rungs.add(Rung.valueOf(args[i]));
        }
        if (rungs.isEmpty()) {
            rungs.addAll(EnumSet.complementOf(EnumSet.of(Rung.TREE)));
        }
        double[] best = new double[rungs.size()];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < rungs.size(); i++) {
                double speed = linesPerSecond(rungs.get(i), log);
                best[i] = Math.max(best[i], speed);
            }
        }
        for (int i = 0; i < rungs.size(); i++) {
            System.out.printf(Locale.ROOT, "%-9s %6.2f M lines/s%n", rungs.get(i), best[i] / 1e6);
        }
    }

    private static double linesPerSecond(Rung rung, byte[] log) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] checksum = {0};
        long lines = 0;
        long begin = threads.getCurrentThreadCpuTime();
        for (long bytes = 0; bytes < (rung == Rung.NAIVE || rung == Rung.TREE ? 1 : MIN_BYTES); bytes += log.length) {
            lines += rung.read(log, event -> checksum[0] += event.timestampNs());
        }
        long spent = threads.getCurrentThreadCpuTime() - begin;
        return checksum[0] == -1 ? 0 : lines * 1e9 / spent;
    }

    private static byte[] log(String name) throws IOException {
        for (TraceForm form : TraceForm.values()) {
            if (form.name().equals(name.equals("-") ? "PERF" : name)) {
                return form.log(LINES);
            }
        }
        return text(Path.of(name));
    }

    /** A log, unpacked. */
    private static byte[] text(Path log) throws IOException {
        try (InputStream in = TraceInput.text(Files.newInputStream(log), log.toString())) {
            return in.readAllBytes();
        } catch (UnusableInput e) {
            throw new IOException(e.diagnostic().message(), e);
        }
    }
}
