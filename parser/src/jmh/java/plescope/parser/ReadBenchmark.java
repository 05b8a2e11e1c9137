package plescope.parser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Lines per second of the whole reader, from perf text in memory to events: exits and entries, every tenth line a switch. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadBenchmark {
    private static final int LINES = 100_000;

    private byte[] log;

    @Setup
    public void write() {
        StringBuilder text = new StringBuilder(LINES * 130);
        for (int i = 0; i < LINES; i++) {
            int vcpu = i / 2 % 4;
            text.append("       CPU ")
                    .append(vcpu)
                    .append("/KVM   17")
                    .append(vcpu)
                    .append(" [00")
                    .append(i % 2);
            // 8 us apart, six decimals
            text.append("]     3.").append(100_000 + i * 8);
            text.append(payload(i, vcpu)).append('\n');
        }
        log = text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String payload(int i, int vcpu) {
        if (i % 10 == 9) {
            return ":                 sched:sched_switch: prev_comm=CPU " + vcpu + "/KVM prev_pid=17" + vcpu
                    + " prev_prio=120 prev_state=R ==> next_comm=swapper/0 next_pid=0 next_prio=120";
        }
        return i % 2 == 0
                ? ":                       kvm:kvm_exit: vcpu " + vcpu + " reason pause rip 0xffffffff8117043f info1"
                        + " 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000"
                : ":                      kvm:kvm_entry: vcpu " + vcpu + ", rip 0xffffffff81170441";
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public ReadSummary read(Blackhole sink) throws IOException {
        ReadOptions options = new ReadOptions(false, 1, ReadOptions.DEFAULT_REORDER_WINDOW_NS);
        try (TraceReader reader = TraceReader.open(new ByteArrayInputStream(log), "memory", options)) {
            return reader.read(sink::consume);
        }
    }
}
