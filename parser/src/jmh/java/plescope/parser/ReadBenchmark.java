package plescope.parser;

import java.io.IOException;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Lines per second of the whole reader, from perf text in memory to events, and of its rivals on the same text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC") // as the launcher runs it
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadBenchmark {
    private static final int LINES = 100_000;

    private final byte[] log = TraceForm.PERF.log(LINES);

    @Benchmark
    @OperationsPerInvocation(LINES)
    public long compiled(Blackhole sink) throws IOException {
        return Rung.COMPILED.read(log, sink::consume);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public long stock(Blackhole sink) throws IOException {
        return Rung.STOCK.read(log, sink::consume);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public long hand(Blackhole sink) throws IOException {
        return Rung.HAND.read(log, sink::consume);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public long naive(Blackhole sink) throws IOException {
        return Rung.NAIVE.read(log, sink::consume);
    }
}
