package plescope.analysis.cli;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import plescope.parser.ReadOptions;
import plescope.parser.TraceReader;

/** A log on its way to the parser, with one line on a terminal that says how much of the file is read, how fast and how long it takes. */
final class ReadingProgress extends FilterInputStream {
    /** Set by the launcher where messages go to a terminal: Java cannot ask. */
    private static final String WATCHED = "plescope.progress";

    private static final long NS_PER_S = 1_000_000_000;

    /** Short readings are over before anybody wonders. */
    private static final long FIRST_NS = NS_PER_S / 2;

    private static final long EVERY_NS = NS_PER_S / 5;
    private static final String CLEAR = "\r\033[K";

    private final long size;
    private final PrintStream err;
    private final LongSupplier clockNs;
    private final long startNs;
    private long nextNs;
    private long bytes;
    private boolean shown;

    ReadingProgress(InputStream in, long size, PrintStream err, LongSupplier clockNs) {
        super(in);
        this.size = size;
        this.err = err;
        this.clockNs = clockNs;
        this.startNs = clockNs.getAsLong();
        this.nextNs = startNs + FIRST_NS;
    }

    /** The same bytes; watched where somebody looks and the size is known. */
    static InputStream of(InputStream in, Path file) throws IOException {
        return isWatched(file) ? new ReadingProgress(in, Files.size(file), System.err, System::nanoTime) : in;
    }

    private static boolean isWatched(Path file) {
        return Boolean.getBoolean(WATCHED) && Files.isRegularFile(file);
    }

    /** Opens the logs of one recording; a single one is watched. */
    @MustBeClosed
    static TraceReader open(List<Path> logs, ReadOptions options) throws IOException {
        Path first = logs.get(0);
        return logs.size() == 1 && isWatched(first)
                ? TraceReader.open(of(new FileInputStream(first.toFile()), first), first.toString(), options)
                : TraceReader.open(logs, options);
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        passed(read < 0 ? -1 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = super.read(buffer, from, length);
        passed(read);
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        passed(skipped);
        return skipped;
    }

    private void passed(long count) {
        if (count < 0) {
            clear();
            return;
        }
        bytes += count;
        long nowNs = clockNs.getAsLong();
        if (nowNs >= nextNs) {
            nextNs = nowNs + EVERY_NS;
            shown = true;
            err.print(CLEAR + line(bytes, size, nowNs - startNs));
            err.flush();
        }
    }

    /** {@code 12.5 of 80.0 MB, 6.2 MB/s, 11 s left}. */
    static String line(long bytes, long size, long elapsedNs) {
        double perSecond = bytes * (double) NS_PER_S / elapsedNs;
        return String.format(
                Locale.ROOT,
                "%.1f of %.1f MB, %.1f MB/s, %.0f s left",
                bytes / 1e6,
                size / 1e6,
                perSecond / 1e6,
                Math.ceil(Math.max(0, size - bytes) / perSecond));
    }

    /** Leaves the line to whatever is said next. */
    private void clear() {
        if (shown) {
            shown = false;
            err.print(CLEAR);
            err.flush();
        }
    }

    @Override
    public void close() throws IOException {
        clear();
        super.close();
    }
}
