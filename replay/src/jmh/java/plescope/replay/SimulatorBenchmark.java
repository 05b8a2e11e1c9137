package plescope.replay;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
import plescope.replay.engine.SimulationSummary;
import plescope.replay.engine.Workloads;
import plescope.replay.model.HostModel;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;

/** Host events simulated per second of one core: convoys at ticket locks, a VM for every eight vCPUs, rows thrown away. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC") // as the launcher runs it
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SimulatorBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int VCPUS_PER_VM = 8;
    private static final long CRITICAL_NS = 8_000;
    private static final long THINK_NS = 40_000;
    /** Of simulated time of all vCPUs: large hosts are simulated for less of it, so that runs take about as long. */
    private static final long VCPU_NS = 16_000_000_000L;

    @Param({"cfs-6.1+p2019", "eevdf-6.12+p2024", "eevdf-6.12+p2024+cgroup-vm"})
    public String setting;

    @Param("16")
    public int vcpus;

    /** vCPUs per pCPU. */
    @Param("2")
    public int overcommit;

    private Workload work;
    private HostModel host;

    /** What simulations came to and took; on a machine that others use too, only events by CPU time mean anything. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Simulated {
        public long events;
        public long nanoseconds;
        public long pauseExits;
        public long cpuNanoseconds;
    }

    @Setup
    public void prepare() {
        long spanNs = VCPU_NS / vcpus;
        // More than fit into the span, so that no vCPU runs out of work.
        int rounds = (int) (spanNs / (CRITICAL_NS + THINK_NS)) + 1;
        work = Workloads.convoy(vcpus / VCPUS_PER_VM, VCPUS_PER_VM, rounds, CRITICAL_NS, THINK_NS, spanNs);
        host = Workloads.host(vcpus / overcommit);
    }

    @Benchmark
    public long run(Simulated simulated) {
        long begin = THREADS.getCurrentThreadCpuTime();
        SimulationSummary summary = HostSimulator.run(work, host, Setting.parse(setting), 1, new NullSink());
        simulated.cpuNanoseconds += THREADS.getCurrentThreadCpuTime() - begin;
        simulated.events += summary.events();
        simulated.nanoseconds += summary.elapsedNs();
        for (SimulationSummary.VcpuOutcome vcpu : summary.vcpus()) {
            simulated.pauseExits += vcpu.pauseExits();
        }
        return summary.events();
    }
}
