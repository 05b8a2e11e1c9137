package plescope.replay.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.guest.Guests.US;
import static plescope.replay.guest.Guests.compute;
import static plescope.replay.guest.Guests.count;
import static plescope.replay.guest.Guests.forever;
import static plescope.replay.guest.Guests.locked;
import static plescope.replay.guest.Guests.tasks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.guest.LockSpec.Kind;
import plescope.replay.model.Wait;

/** A run of live guests costs memory when it starts, not while it goes on. */
class SteadyStateTest {
    private static final int EVENTS = 300_000;

    /** Growth of arrays that have not seen their fullest yet; an object per event would be megabytes. */
    private static final long GROWTH_BYTES = 16_384;

    @Test
    void goingOnAllocatesNothing() {
        for (boolean paravirtual : new boolean[] {false, true}) {
            LiveGuests guests = guests(paravirtual);
            Metronome host = new Metronome(guests);
            host.run(EVENTS);
            GuestOutcome early = guests.outcomes().get(0);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            host.run(EVENTS);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(GROWTH_BYTES);
            GuestOutcome late = guests.outcomes().get(0);
            assertThat(late.operations() - early.operations()).isGreaterThan(1_000);
            assertThat(late.lockWaits().count() - early.lockWaits().count()).isGreaterThan(1_000);
            assertThat(late.answerWaits().count() - early.answerWaits().count()).isGreaterThan(1_000);
            assertThat(late.contextSwitches() - early.contextSwitches()).isGreaterThan(1_000);
        }
    }

    private static LiveGuests guests(boolean paravirtual) {
        VmSpec vm = new VmSpec(
                "vm",
                6,
                new GuestFeatures(250, 2_800_000, paravirtual, paravirtual, paravirtual, false, 1),
                List.of(
                        new LockSpec("a", Kind.TEST_AND_SET),
                        new LockSpec("b", Kind.QUEUED),
                        new LockSpec("c", Kind.MUTEX)),
                List.of(new VmSpec.Channel("pipe", 2)),
                List.of(new VmSpec.Barrier("phase", 2, true)),
                List.of(
                        tasks(2, "flusher", forever(compute(20 * US), locked(0, new Instruction.Shootdown()), count())),
                        tasks(2, "locker", forever(compute(5 * US), locked(1, compute(US)), locked(2, compute(US)))),
                        tasks(2, "caller", forever(compute(US), new Instruction.Call(), new Instruction.Meet(0))),
                        tasks(2, "sleeper", forever(new Instruction.Sleep(new Span.Exponential(50 * US)))),
                        tasks(2, "reader", forever(new Instruction.Io(US, new Span.Uniform(1, 90 * US)))),
                        tasks(1, "sender", forever(compute(US), new Instruction.Send(0))),
                        tasks(1, "receiver", forever(new Instruction.Receive(0), compute(US)))));
        return new LiveGuests(LiveGuests.roster(List.of(vm), 1), List.of(vm), 1, GuestObserver.NONE);
    }

    /** Visits the vCPUs in turn; whatever one was told is over at the next visit. Allocates nothing itself. */
    private static final class Metronome implements VirtualCpus {
        private static final int CAPACITY = 1 << 10;
        private static final long VISIT_NS = 700;

        private final LiveGuests guests;
        private final int n;
        private final boolean[] halted;
        private final boolean[] waits;
        private final long[] left;
        private final long[] armed;
        private final int[][] vector;
        private final long[][] tag;
        private final int[] first;
        private final int[] pending;
        private final Runnable[] device = new Runnable[CAPACITY];
        private int devices;
        private long now;

        Metronome(LiveGuests guests) {
            this.guests = guests;
            n = guests.roster().vcpus().size();
            halted = new boolean[n];
            waits = new boolean[n];
            left = new long[n];
            armed = new long[n];
            Arrays.fill(armed, Long.MAX_VALUE);
            vector = new int[n][CAPACITY];
            tag = new long[n][CAPACITY];
            first = new int[n];
            pending = new int[n];
            guests.boot(this);
        }

        void run(int events) {
            for (int i = 0; i < events; i++) {
                now += VISIT_NS;
                if (devices > 0) {
                    device[--devices].run();
                }
                visit(i % n);
            }
        }

        private void visit(int v) {
            if (armed[v] <= now) {
                armed[v] = Long.MAX_VALUE;
                interrupt(v, GuestVectors.TIMER, 0);
            }
            if (pending[v] > 0) {
                int at = first[v];
                first[v] = (at + 1) % CAPACITY;
                pending[v]--;
                guests.handled(v, vector[v][at], tag[v][at]);
                if (halted[v]) {
                    halted[v] = false;
                    guests.proceed(v);
                }
            } else if (!halted[v] && !waits[v]) {
                guests.proceed(v);
            }
        }

        @Override
        public long now() {
            return now;
        }

        private void told(int vcpu, long ns) {
            left[vcpu] = ns;
            waits[vcpu] = false;
            halted[vcpu] = false;
        }

        @Override
        public void compute(int vcpu, long ns, Privilege privilege, boolean useful) {
            told(vcpu, ns);
        }

        @Override
        public void spin(int vcpu, long limitNs, Privilege privilege, Wait.Cause cause) {
            told(vcpu, limitNs);
            waits[vcpu] = limitNs == Long.MAX_VALUE;
        }

        @Override
        public void halt(int vcpu) {
            told(vcpu, 0);
            halted[vcpu] = true;
        }

        @Override
        public void exit(int vcpu, Family family, long hostNs) {
            told(vcpu, hostNs);
        }

        @Override
        public void yieldTo(int vcpu, int target, Family family) {
            told(vcpu, 0);
        }

        @Override
        public void shutdown(int vcpu) {
            told(vcpu, 0);
        }

        @Override
        public void release(int spinner, int culprit) {
            waits[spinner] = false;
        }

        @Override
        public long takeOff(int vcpu) {
            waits[vcpu] = false;
            return left[vcpu] / 2;
        }

        @Override
        public long leftNs(int vcpu) {
            return left[vcpu];
        }

        @Override
        public void setLeftNs(int vcpu, long ns) {
            left[vcpu] = ns;
        }

        @Override
        public void sendIpi(int sender, int receiver, int withVector, long withTag, int receivers) {
            interrupt(receiver, withVector, withTag);
        }

        @Override
        public void interrupt(int vcpu, int withVector, long withTag) {
            int at = (first[vcpu] + pending[vcpu]++) % CAPACITY;
            vector[vcpu][at] = withVector;
            tag[vcpu][at] = withTag;
        }

        @Override
        public void armTimer(int vcpu, long atNs, int withVector, long withTag) {
            armed[vcpu] = atNs;
        }

        @Override
        public void disarmTimer(int vcpu) {
            armed[vcpu] = Long.MAX_VALUE;
        }

        @Override
        public void callAt(long atNs, Runnable finished) {
            device[devices++] = finished;
        }

        @Override
        public boolean preempted(int vcpu) {
            return (now >> 20) % n == vcpu;
        }

        @Override
        public long stealNs(int vcpu) {
            return 0;
        }

        @Override
        public boolean preferred(int vcpu) {
            return true;
        }
    }
}
