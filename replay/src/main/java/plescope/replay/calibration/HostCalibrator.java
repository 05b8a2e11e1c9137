package plescope.replay.calibration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import plescope.parser.event.ExitReason;
import plescope.replay.calibration.CostSpread.Cost;
import plescope.replay.model.CpuSet;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Ipi;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.Topology;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;

/**
 * Measures the machine from the schedule it produced: medians of what exits and switches cost, and where vCPUs may run
 * (only costs are calibrated, never a policy's constants).
 */
public final class HostCalibrator extends SelectiveSink {
    /** Fewer samples than this and the default of {@link HostCosts#DEFAULT} stays. */
    static final int MIN_SAMPLES = 20;

    /** A vCPU put on a pCPU this often without ever changing it counts as pinned [I]. */
    static final int PINNED_MIN_RUNS = 50;

    private final DurationSample exit = new DurationSample();
    private final DurationSample pauseExit = new DurationSample();
    private final DurationSample tick = new DurationSample();
    private final DurationSample switchOut = new DurationSample();
    private final DurationSample switchIn = new DurationSample();
    private final DurationSample ack = new DurationSample();
    private final TickTimes ticks = new TickTimes();
    private final NoiseTally noise = new NoiseTally();
    private final YieldTally yields = new YieldTally();
    private final List<VcpuTrack> vcpus = new ArrayList<>();

    /** Where one vCPU has been, and its last host interval while it may still turn out to end in a switch. */
    private static final class VcpuTrack {
        long[] ranNs = new long[8];
        int runs;
        long offCpuSinceNs = -1;
        boolean cameFromGuest;
        boolean cameFromSwitch;
        long hostNs;
        final Deque<VmExit> undecided = new ArrayDeque<>();

        /** All pCPUs it ran on, as a bit mask. */
        CpuSet ranOn() {
            CpuSet set = CpuSet.of();
            for (int pcpu = 0; pcpu < ranNs.length; pcpu++) {
                set = ranNs[pcpu] > 0 ? set.or(CpuSet.of(pcpu)) : set;
            }
            return set;
        }

        void ran(int pcpu, long ns) {
            if (pcpu >= ranNs.length) {
                ranNs = Arrays.copyOf(ranNs, Math.max(pcpu + 1, 2 * ranNs.length));
            }
            ranNs[pcpu] += ns;
        }

        /** Where it ran most, -1 if it never ran. */
        int home() {
            int home = -1;
            long most = 0;
            for (int pcpu = 0; pcpu < ranNs.length; pcpu++) {
                if (ranNs[pcpu] > most) {
                    most = ranNs[pcpu];
                    home = pcpu;
                }
            }
            return home;
        }
    }

    private VcpuTrack of(int vcpu) {
        while (vcpus.size() <= vcpu) {
            vcpus.add(new VcpuTrack());
        }
        return vcpus.get(vcpu);
    }

    @Override
    public void interval(VcpuInterval interval) {
        VcpuTrack track = of(interval.vcpu());
        decideExits(track, interval.startNs());
        switch (interval.state()) {
            case GUEST, SPINNING -> {
                if (track.cameFromSwitch) {
                    switchIn.add(track.hostNs);
                }
                ran(track, interval);
                track.cameFromGuest = true;
                track.cameFromSwitch = false;
            }
            case HOST -> {
                ran(track, interval);
                track.hostNs = interval.durationNs();
            }
            case HALT_POLL, BLOCKED, UNKNOWN -> {
                track.cameFromGuest = false;
                track.cameFromSwitch = false;
                track.offCpuSinceNs = interval.startNs();
            }
            case PREEMPTED, WAITING -> {
                if (track.cameFromGuest && interval.state() == VcpuState.PREEMPTED) {
                    switchOut.add(track.hostNs);
                }
                track.offCpuSinceNs = interval.startNs();
                track.cameFromGuest = false;
                track.cameFromSwitch = true;
                track.runs++;
            }
        }
    }

    private static void ran(VcpuTrack track, VcpuInterval interval) {
        if (interval.pcpu() >= 0) {
            track.ran(interval.pcpu(), Math.max(1, interval.durationNs()));
        }
    }

    /** Exits may come before the intervals of their handling: whether they ended in a switch is known once those have passed. */
    @Override
    public void vmExit(VmExit vmExit) {
        if (vmExit.reason().family() == ExitReason.Family.INTERRUPT) {
            ticks.interrupted(vmExit.pcpu(), vmExit.exitNs());
        }
        if (vmExit.entryNs() >= 0) {
            of(vmExit.vcpu()).undecided.add(vmExit);
        }
    }

    private void decideExits(VcpuTrack track, long passedNs) {
        while (!track.undecided.isEmpty() && track.undecided.peek().entryNs() <= passedNs) {
            VmExit vmExit = track.undecided.remove();
            if (track.offCpuSinceNs < vmExit.exitNs()) {
                handledWithoutSwitch(vmExit.reason().family(), vmExit.entryNs() - vmExit.exitNs());
            }
        }
    }

    private void handledWithoutSwitch(ExitReason.Family family, long handlingNs) {
        if (family == ExitReason.Family.PAUSE) {
            pauseExit.add(handlingNs);
        } else if (family == ExitReason.Family.INTERRUPT) {
            tick.add(handlingNs);
        } else if (family != ExitReason.Family.HALT) {
            exit.add(handlingNs);
        }
    }

    @Override
    public void ipi(Ipi ipi) {
        if (ipi.ackNs() >= 0) {
            ack.add(ipi.ackNs() - ipi.sentNs());
        }
    }

    @Override
    public void directedYield(DirectedYield yielded) {
        yields.directedYield(yielded);
    }

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        noise.contextSwitch(pcpu, timeNs, prevTid, nextTid);
    }

    /** One per cost, in their order. */
    List<CostSpread> spreads() {
        return List.of(
                CostSpread.of(Cost.EXIT, exit),
                CostSpread.of(Cost.PAUSE_EXIT, pauseExit),
                CostSpread.of(Cost.SWITCH_OUT, switchOut),
                CostSpread.of(Cost.SWITCH_IN, switchIn),
                CostSpread.of(Cost.TICK, tick),
                CostSpread.of(Cost.ACK, ack));
    }

    /** Who ran after PLE exits. */
    YieldTally yields() {
        return yields;
    }

    /** The machine as measured; what the trace cannot show keeps its default. */
    public HostModel model(Roster roster, int hz, PleHardware ple) {
        HostCosts d = HostCosts.DEFAULT;
        HostCosts costs = new HostCosts(
                exit.quantile(0.1, MIN_SAMPLES, d.exitNs()),
                pauseExit.quantile(0.5, MIN_SAMPLES, d.pauseExitNs()),
                switchOut.quantile(0.5, MIN_SAMPLES, d.switchOutNs()),
                switchIn.quantile(0.5, MIN_SAMPLES, d.switchInNs()),
                tick.quantile(0.5, MIN_SAMPLES, d.tickNs()),
                d.reschedIpiNs(),
                // The quickest acknowledgements are those of receivers in guest mode: delivery and handler, no waiting.
                ack.quantile(0.05, MIN_SAMPLES, d.ackNs()),
                d.cacheRefillNs(),
                d.llcMigrationNs());
        List<Integer> home =
                roster.vcpus().stream().map(vcpu -> of(vcpu.index()).home()).toList();
        return new HostModel(
                        Topology.flat(Math.max(1, roster.pcpus())),
                        allowed(roster),
                        home,
                        hz,
                        costs,
                        ple,
                        HostModel.Kvm.DEFAULT,
                        List.of())
                .withNoise(noise.noise(roster, vcpusNs(roster.pcpus())))
                .withTickSpread(ticks.spreadNs(1_000_000_000L / hz));
    }

    /** How long vCPUs ran on each pCPU. */
    private long[] vcpusNs(int pcpus) {
        long[] sum = new long[pcpus];
        for (VcpuTrack track : vcpus) {
            for (int pcpu = 0; pcpu < Math.min(pcpus, track.ranNs.length); pcpu++) {
                sum[pcpu] += track.ranNs[pcpu];
            }
        }
        return sum;
    }

    /** A VM whose vCPUs never moved, although they were scheduled often, is taken as pinned; any other may run anywhere. */
    private List<CpuSet> allowed(Roster roster) {
        CpuSet anywhere = CpuSet.first(Math.max(1, roster.pcpus()));
        List<CpuSet> masks = new ArrayList<>();
        for (Roster.Vcpu vcpu : roster.vcpus()) {
            boolean pinned = roster.vcpusOf(vcpu.vm()).stream()
                    .map(this::of)
                    .allMatch(track -> track.ranOn().size() <= 1);
            boolean scheduledOften =
                    roster.vcpusOf(vcpu.vm()).stream().map(this::of).anyMatch(track -> track.runs >= PINNED_MIN_RUNS);
            masks.add(pinned && scheduledOften ? of(vcpu.index()).ranOn() : anywhere);
        }
        return masks;
    }
}
