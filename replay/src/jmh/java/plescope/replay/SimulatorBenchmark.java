package plescope.replay;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.Workloads;
import plescope.replay.model.HostModel;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;

/** Host events simulated per second: a ticket-lock convoy of 16 vCPUs on 8 pCPUs, rows thrown away. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SimulatorBenchmark {
    @Param({"cfs-6.1+p2019", "eevdf-6.12+p2024", "eevdf-6.12+p2024+cgroup-vm"})
    public String setting;

    private Workload work;
    private HostModel host;

    /** Events per second, from the summaries of one iteration. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Events {
        public long events;
    }

    @Setup
    public void prepare() {
        work = Workloads.convoy(2, 8, 100_000, 8_000, 40_000, 1_000_000_000);
        host = Workloads.host(8);
    }

    @Benchmark
    public long run(Events counter) {
        long events = HostSimulator.run(work, host, Setting.parse(setting), 1, new NullSink())
                .events();
        counter.events += events;
        return events;
    }
}
