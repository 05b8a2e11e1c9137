package plescope.replay.spin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.Ipi;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;

/**
 * Uses host interrupts as a sampling profiler of the guests, for recordings without PLE exits; hears nothing more once there is one.
 *
 * <p>Left out as samples are exits forced by an interrupt that a sibling sent to the running vCPU: they are not independent of what
 * the guests do. What is left is mostly the host's tick. Ticks also start runs, and interrupts held back meanwhile end them right
 * away, so what a vCPU does first in a run is hit too often; each sample therefore stands for the time since the last one of its
 * run. A run that a wait or a halt cuts short between two ticks leaves no sample: its end is seen too seldom. Interrupt handlers
 * count as work, which overstates the work of a guest that only spins, by a few permille [I].
 */
public final class SpinSampler extends SelectiveSink {
    /** An IPI to a vCPU in guest mode forces it out within this time [I]. */
    private static final long KICK_NS = 50_000;

    /** Without scheduler events: longer between exit and entry than any exit takes, the thread was away [I]. */
    private static final long AWAY_NS = 500_000;

    private final List<Track> tracks = new ArrayList<>();
    private boolean pauseExits;

    /** What was heard of one vCPU. */
    private static final class Track {
        final List<VmExit> exits = new ArrayList<>();
        final List<VcpuInterval> off = new ArrayList<>();
        final List<Long> ipisNs = new ArrayList<>();
    }

    private Track of(int vcpu) {
        while (tracks.size() <= vcpu) {
            tracks.add(new Track());
        }
        return tracks.get(vcpu);
    }

    @Override
    public void vmExit(VmExit exit) {
        if (exit.reason().isPause()) {
            pauseExits = true;
            tracks.clear();
        }
        if (!pauseExits) {
            of(exit.vcpu()).exits.add(exit);
        }
    }

    @Override
    public void interval(VcpuInterval interval) {
        if (!pauseExits && isOff(interval.state())) {
            of(interval.vcpu()).off.add(interval);
        }
    }

    private static boolean isOff(VcpuState state) {
        return switch (state) {
            case PREEMPTED, WAITING, BLOCKED -> true;
            case GUEST, SPINNING, HOST, HALT_POLL, UNKNOWN -> false;
        };
    }

    @Override
    public void ipi(Ipi ipi) {
        if (!pauseExits) {
            of(ipi.receiver()).ipisNs.add(ipi.sentNs());
        }
    }

    /** Whether the recording has PLE exits, so that there is nothing to sample. */
    public boolean sawPauseExits() {
        return pauseExits;
    }

    /** By dense vCPU index; call after the last record. */
    public List<GuestSamples> samples() {
        return tracks.stream().map(SpinSampler::samples).toList();
    }

    private static GuestSamples samples(Track track) {
        track.exits.sort(Comparator.comparingLong(VmExit::exitNs));
        track.off.sort(Comparator.comparingLong(VcpuInterval::startNs));
        track.ipisNs.sort(Comparator.naturalOrder());
        GuestSamples samples = new GuestSamples();
        boolean onRun = false;
        int off = 0;
        int ipi = 0;
        for (VmExit exit : track.exits) {
            long entryNs = exit.exitNs() - Math.max(0, exit.guestNs());
            if (onRun) {
                samples.extend(exit.exitNs());
            } else {
                samples.ran(entryNs, exit.exitNs());
            }
            while (ipi < track.ipisNs.size() && track.ipisNs.get(ipi) < Math.max(entryNs, exit.exitNs() - KICK_NS)) {
                ipi++;
            }
            boolean kicked = ipi < track.ipisNs.size() && track.ipisNs.get(ipi) <= exit.exitNs();
            ended(samples, exit, kicked);
            while (off < track.off.size() && track.off.get(off).startNs() < exit.exitNs()) {
                off++;
            }
            boolean left = off < track.off.size()
                    && (exit.entryNs() < 0 || track.off.get(off).startNs() < exit.entryNs());
            if (left && track.off.get(off).state() == VcpuState.BLOCKED) {
                samples.blocked();
            }
            onRun = !left && exit.entryNs() >= 0 && exit.entryNs() - exit.exitNs() < AWAY_NS;
        }
        return samples;
    }

    private static void ended(GuestSamples samples, VmExit exit, boolean kicked) {
        if (exit.reason().family() != Family.INTERRUPT) {
            samples.unknownEnd();
            return;
        }
        samples.interrupted(exit.guestRip());
        if (!kicked) {
            samples.sampled(exit.exitNs(), exit.guestRip());
        }
    }
}
