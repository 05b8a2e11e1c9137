package plescope.replay.scenario.text;

import java.util.Arrays;
import java.util.List;
import plescope.replay.guest.GuestObserver;
import plescope.replay.guest.Privilege;
import plescope.replay.guest.VmSpec;
import plescope.replay.model.Roster;
import plescope.replay.model.VcpuState;
import plescope.replay.model.Wait;

/** What live guests did when, overheard while they ran, so that a trace can say where in their code an exit found them. */
public final class GuestActivity implements GuestRips, GuestObserver {
    private static final int FIRST_SIZE = 256;

    private static final long USER_CODE = 0x40_1000L;
    private static final long USER_LOOP = 0x40_0f40L;
    private static final int USER_BYTES = 1 << 16;

    private final List<VmSpec> vms;
    private final Entries[] entries;
    private final int[] wanted;
    private final int[] vmOf;

    /** Things a vCPU does in guest mode, with the place of the loop where it is one. */
    private enum Doing {
        USER_WORK(0),
        KERNEL_WORK(0),
        USER_SPIN(USER_LOOP),
        TEST_AND_SET(GuestFunction.QUEUED_LOCK.address() + 0x40),
        QUEUED(GuestFunction.QUEUED_LOCK.address() + 0xa0),
        PV_QUEUED(GuestFunction.PV_LOCK.address() + 0x80),
        TICKET(GuestFunction.TICKET_LOCK.address() + 0x1c),
        MUTEX(GuestFunction.MUTEX.address() + 0x38),
        ANSWER(GuestFunction.CALL_SINGLE.address() + 0xb0),
        ANSWERS(GuestFunction.CALL_MANY.address() + 0x33f);

        private final long loop;

        Doing(long loop) {
            this.loop = loop;
        }
    }

    /** Doings of one vCPU in order of time. */
    private static final class Entries {
        private long[] times = new long[FIRST_SIZE];
        private Doing[] doings = new Doing[FIRST_SIZE];
        private int size;

        void add(long now, Doing doing) {
            if (size > 0 && doings[size - 1] == doing) {
                return;
            }
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
                doings = Arrays.copyOf(doings, 2 * size);
            }
            times[size] = now;
            doings[size++] = doing;
        }

        /** What was done at that moment or since, and last before. */
        void forget(long beforeNs) {
            int from = 0;
            while (from + 1 < size && times[from + 1] < beforeNs) {
                from++;
            }
            size -= from;
            System.arraycopy(times, from, times, 0, size);
            System.arraycopy(doings, from, doings, 0, size);
        }

        /** What was done just before that moment. */
        Doing before(long timeNs) {
            int at = Arrays.binarySearch(times, 0, size, timeNs);
            int index = at >= 0 ? at - 1 : -at - 2;
            // Several may have begun at that very moment; the last one before it was going on.
            while (index > 0 && times[index] == timeNs) {
                index--;
            }
            return index < 0 ? Doing.KERNEL_WORK : doings[index];
        }
    }

    /** Nothing overheard yet. */
    public GuestActivity(Roster roster, List<VmSpec> vms) {
        this.vms = List.copyOf(vms);
        int vcpus = roster.vcpus().size();
        entries = new Entries[vcpus];
        Arrays.setAll(entries, v -> new Entries());
        wanted = new int[vcpus];
        vmOf = roster.vcpus().stream().mapToInt(Roster.Vcpu::vm).toArray();
    }

    @Override
    public void lockWanted(int vm, int lock, int task, int vcpu, long now) {
        wanted[vcpu] = lock;
    }

    void works(int vcpu, Privilege privilege, long now) {
        entries[vcpu].add(now, privilege == Privilege.USER ? Doing.USER_WORK : Doing.KERNEL_WORK);
    }

    void spins(int vcpu, Privilege privilege, Wait.Cause cause, long now) {
        entries[vcpu].add(now, privilege == Privilege.USER ? Doing.USER_SPIN : loopFor(vcpu, cause));
    }

    private Doing loopFor(int vcpu, Wait.Cause cause) {
        return switch (cause) {
            case TLB_SHOOTDOWN -> Doing.ANSWERS;
            case IPI -> Doing.ANSWER;
            case LOCK, UNKNOWN -> lockLoop(vms.get(vmOf[vcpu]), wanted[vcpu]);
        };
    }

    private static Doing lockLoop(VmSpec vm, int lock) {
        if (lock >= vm.locks().size()) {
            return Doing.QUEUED;
        }
        return switch (vm.locks().get(lock).kind()) {
            case TEST_AND_SET -> Doing.TEST_AND_SET;
            case TICKET -> Doing.TICKET;
            case QUEUED -> vm.features().pvSpinlock() ? Doing.PV_QUEUED : Doing.QUEUED;
            case MUTEX -> Doing.MUTEX;
        };
    }

    @Override
    public long pause(int vcpu, long timeNs) {
        Doing doing = entries[vcpu].before(timeNs);
        return doing.loop == 0 ? Doing.QUEUED.loop : doing.loop;
    }

    @Override
    public long interrupted(int vcpu, long timeNs, VcpuState state) {
        Doing doing = entries[vcpu].before(timeNs);
        if (doing == Doing.USER_WORK) {
            return USER_CODE + Math.floorMod(GuestCode.mix(timeNs), USER_BYTES);
        }
        long within = (timeNs & 1) == 0 ? 0 : GuestCode.SHORT_INSTRUCTION;
        return doing.loop == 0 ? GuestCode.work(timeNs) : doing.loop + within;
    }

    @Override
    public void forget(long beforeNs) {
        for (Entries each : entries) {
            each.forget(beforeNs);
        }
    }
}
