package plescope.replay.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.Wait;

/**
 * What a schedule, recorded or simulated alike, shows of the waits for locks: how much work the guests did, how many PLE exits
 * their waits for locks made, and how much of their siblings' guest time was work meanwhile.
 *
 * <p>The last tells fair locks from others: a fair lock that a preempted vCPU waits for stops each sibling at its next taking, a
 * barging one lets them work on.
 */
public final class LockWaits extends SelectiveSink {
    /** Shorter waits may just be queueing behind a running holder. */
    static final long LONG_WAIT_NS = 1_000_000;

    /** So many long waits per vCPU settle the share of work within two points. */
    private static final int MOST_WAITS = 500;

    private final List<CumulativeTime> guest = new ArrayList<>();
    private final List<CumulativeTime> spin = new ArrayList<>();
    private final List<List<SpinEpisode>> episodes = new ArrayList<>();
    private final Map<Long, SpinEpisode> forIpis = new HashMap<>();
    private long endNs;
    private WorkTime work = (vcpu, fromNs, toNs) -> guest.get(vcpu).between(fromNs, toNs);

    private void make(int vcpu) {
        while (guest.size() <= vcpu) {
            guest.add(new CumulativeTime());
            spin.add(new CumulativeTime());
            episodes.add(new ArrayList<>());
        }
    }

    @Override
    public void interval(VcpuInterval interval) {
        make(interval.vcpu());
        endNs = Math.max(endNs, interval.endNs());
        if (interval.state() == VcpuState.GUEST) {
            guest.get(interval.vcpu()).add(interval.startNs(), interval.endNs());
        } else if (interval.state() == VcpuState.SPINNING) {
            spin.get(interval.vcpu()).add(interval.startNs(), interval.endNs());
        }
    }

    @Override
    public void episode(SpinEpisode episode) {
        make(episode.vcpu());
        if (episode.pleExits() > 0) {
            episodes.get(episode.vcpu()).add(episode);
        }
    }

    @Override
    public void waited(Wait wait) {
        if (StepAssembler.isIpiWait(wait)) {
            forIpis.put(wait.episode(), null);
        }
    }

    /** Work is what that says, and all other guest time spin: a recording's rows do not know its waits for IPIs. */
    void workIs(WorkTime better) {
        work = better;
    }

    /** Everything a VM's schedule comes to between two moments. */
    public Tally tally(Roster roster, int vm, long fromNs, long toNs) {
        List<Integer> vcpus = roster.vcpusOf(vm);
        long worked = 0;
        long lockExits = 0;
        long otherExits = 0;
        long siblingWork = 0;
        long siblingGuest = 0;
        for (int vcpu : vcpus) {
            make(vcpu);
            worked += work.between(vcpu, fromNs, toNs);
            int waits = 0;
            for (SpinEpisode e : episodes.get(vcpu)) {
                boolean inside = e.startNs() >= fromNs && e.startNs() < toNs;
                if (!inside) {
                    continue;
                }
                if (forIpis.containsKey(e.id())) {
                    otherExits += e.pleExits();
                    continue;
                }
                lockExits += e.pleExits();
                if (e.endNs() - e.startNs() >= LONG_WAIT_NS && waits++ < MOST_WAITS) {
                    for (int other : vcpus) {
                        if (other != vcpu) {
                            make(other);
                            siblingWork += work.between(other, e.startNs(), e.endNs());
                            siblingGuest += guest.get(other).between(e.startNs(), e.endNs())
                                    + spin.get(other).between(e.startNs(), e.endNs());
                        }
                    }
                }
            }
        }
        long elapsed = Math.max(1, Math.min(toNs, endNs) - fromNs);
        return new Tally(elapsed, worked, lockExits, otherExits, siblingWork, siblingGuest);
    }

    /** When the schedule ends. */
    public long endNs() {
        return endNs;
    }

    /**
     * One VM's part of a schedule.
     *
     * @param elapsedNs its length
     * @param workNs guest work of all vCPUs
     * @param lockExits PLE exits of waits for locks, or for what is not known to be IPIs
     * @param otherExits PLE exits of waits for IPIs
     * @param siblingWorkNs guest work of siblings during long waits for locks
     * @param siblingGuestNs their guest time meanwhile
     */
    public record Tally(
            long elapsedNs, long workNs, long lockExits, long otherExits, long siblingWorkNs, long siblingGuestNs) {
        /** Work per second of time, in parts per million of one pCPU. */
        public long workPpm() {
            return workNs / 1000 * 1_000_000 / Math.max(1, elapsedNs / 1000);
        }

        public long lockExitsPerSecond() {
            return lockExits * 1_000_000 / Math.max(1, elapsedNs / 1000);
        }

        /** Whether waits for locks make most PLE exits, so that the lock sets the pace of all work. */
        public boolean locksRule() {
            return lockExits > otherExits;
        }

        /** Share of siblings' guest time that was work while somebody waited long, -1 where nobody did. */
        public int workPermille() {
            return siblingGuestNs < 1000 ? -1 : (int) (siblingWorkNs / 1000 * 1000 / (siblingGuestNs / 1000));
        }
    }
}
