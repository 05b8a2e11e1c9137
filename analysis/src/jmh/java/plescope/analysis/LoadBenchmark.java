package plescope.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import plescope.analysis.store.Run;
import plescope.analysis.store.ScheduleLoader;
import plescope.analysis.store.TraceDatabase;
import plescope.parser.event.ExitReason;
import plescope.replay.model.Origin;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;

/**
 * Rows per second into a database file, and its size: 16 vCPUs exit in turn, each exit makes one row of vm_exit and two
 * intervals, as two trace events (kvm_exit, kvm_entry) do.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class LoadBenchmark {
    private static final int EXITS = 2_000_000;
    private static final int ROWS = EXITS * 3;
    private static final int VCPUS = 16;
    private static final ExitReason[] REASONS = {
        new ExitReason(ExitReason.Isa.SVM, 0x77, "pause", ExitReason.Family.PAUSE),
        new ExitReason(ExitReason.Isa.SVM, 0x60, "interrupt", ExitReason.Family.INTERRUPT),
        new ExitReason(ExitReason.Isa.SVM, 0x7c, "msr", ExitReason.Family.MSR)
    };

    private Path file = Path.of("unset");

    /** One operation is one row. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void rows() throws IOException {
        file = Files.createTempFile("plescope-load", ".duckdb");
        Files.delete(file);
        try (TraceDatabase database = TraceDatabase.create(file)) {
            try (ScheduleLoader loader = database.loader(Run.RECORDED)) {
                fill(loader);
            }
            database.publish();
        }
    }

    private static void fill(ScheduleLoader loader) {
        long[] entered = new long[VCPUS];
        long hash = 1;
        for (int i = 0; i < EXITS; i++) {
            // Times as a microsecond log has them, irregular but reproducible.
            hash = hash * 6364136223846793005L + 1442695040888963407L;
            int vcpu = i % VCPUS;
            long exit = i * 4_000L + (hash >>> 52) * 1_000;
            long entry = exit + 1_000 + (hash >>> 60) * 1_000;
            ExitReason reason = REASONS[(int) (hash >>> 33) % REASONS.length];
            long start = Math.min(entered[vcpu], exit);
            loader.interval(new VcpuInterval(vcpu, VcpuState.GUEST, vcpu & 7, start, exit, Origin.RECORDED));
            loader.interval(new VcpuInterval(vcpu, VcpuState.HOST, vcpu & 7, exit, entry, Origin.RECORDED));
            loader.vmExit(new VmExit(
                    vcpu,
                    vcpu & 7,
                    exit,
                    entry,
                    reason,
                    0xffffffff81000080L + (hash >>> 61),
                    exit - start,
                    4096,
                    2L * i));
            entered[vcpu] = entry;
        }
    }

    @TearDown(org.openjdk.jmh.annotations.Level.Invocation)
    public void size() {
        try {
            System.out.printf("%n%.2f bytes per event%n", Files.size(file) / (2.0 * EXITS));
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
