package plescope.replay.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.guest.Guests.MS;
import static plescope.replay.guest.Guests.US;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import plescope.replay.guest.LockSpec.Kind;
import plescope.replay.model.CpuSet;

/** Random guests on hosts that take their vCPUs away at random: whatever happens, locks exclude and all work gets done once. */
class RandomGuestsPropertyTest {
    private static final int RUNS = 100;

    /** Checks every lock against its definition. */
    private static final class LockChecker implements GuestObserver {
        private final List<LockSpec> locks;
        private final int[] owner;
        private final List<ArrayDeque<Integer>> arrivals = new ArrayList<>();
        private final boolean paravirtual;
        final StringBuilder log = new StringBuilder();

        LockChecker(VmSpec vm) {
            locks = vm.locks();
            owner = new int[locks.size()];
            Arrays.fill(owner, -1);
            locks.forEach(lock -> arrivals.add(new ArrayDeque<>()));
            paravirtual = vm.features().pvSpinlock();
        }

        @Override
        public void lockWanted(int vm, int lock, int task, int vcpu, long now) {
            arrivals.get(lock).add(task);
        }

        @Override
        public void lockTaken(int vm, int lock, int task, int vcpu, long waitedNs, long now) {
            assertThat(owner[lock]).as("owner of lock %s at %s", lock, now).isEqualTo(-1);
            owner[lock] = task;
            boolean waited = arrivals.get(lock).contains(task);
            boolean fifo =
                    locks.get(lock).kind() == Kind.TICKET || locks.get(lock).kind() == Kind.QUEUED;
            if (fifo && (waited || !paravirtual)) {
                Integer first = arrivals.get(lock).peek();
                assertThat(first == null || first == task)
                        .as("order of lock %s at %s", lock, now)
                        .isTrue();
            }
            arrivals.get(lock).remove(task);
            log.append(lock).append(task).append(vcpu).append(now);
        }

        @Override
        public void lockReleased(int vm, int lock, int task, int vcpu, long now) {
            assertThat(owner[lock]).isEqualTo(task);
            owner[lock] = -1;
        }
    }

    private static VmSpec randomVm(SplittableRandom random) {
        GuestFeatures features = new GuestFeatures(
                random.nextBoolean() ? 250 : 1000,
                2_800_000,
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextInt(4) == 0,
                1);
        List<LockSpec> locks = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            locks.add(new LockSpec(kind.name(), kind));
        }
        int vcpus = 1 + random.nextInt(5);
        List<TaskSpec> tasks = new ArrayList<>();
        for (int kind = 0; kind < 3; kind++) {
            CpuSet affinity = random.nextInt(3) == 0 ? CpuSet.of(random.nextInt(vcpus)) : CpuSet.of();
            tasks.add(new TaskSpec("t" + kind, 1 + random.nextInt(3), affinity, program(random)));
        }
        // A sender for every receiver, so that all can end.
        tasks.add(new TaskSpec(
                "sender",
                1,
                CpuSet.of(),
                List.of(new Instruction.Repeat(30, List.of(work(random), new Instruction.Send(0))))));
        tasks.add(new TaskSpec(
                "receiver",
                1,
                CpuSet.of(),
                List.of(new Instruction.Repeat(30, List.of(new Instruction.Receive(0), work(random))))));
        return new VmSpec("vm", vcpus, features, locks, List.of(new VmSpec.Channel("pipe", 2)), List.of(), tasks);
    }

    private static Instruction work(SplittableRandom random) {
        return new Instruction.Compute(
                new Span.Fixed(random.nextLong(60 * US)), random.nextBoolean() ? Privilege.USER : Privilege.KERNEL);
    }

    /** Locks nest in the order of their numbers, and the mutex, the last kind, is never inside. */
    private static List<Instruction> program(SplittableRandom random) {
        List<Instruction> body = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int lock = random.nextInt(4);
            body.add(
                    switch (random.nextInt(7)) {
                        case 0 -> new Instruction.Shootdown();
                        case 1 -> new Instruction.Call();
                        case 2 -> new Instruction.Sleep(new Span.Exponential(100 * US));
                        case 3 -> new Instruction.Io(5 * US, new Span.Uniform(0, 80 * US));
                        case 4 ->
                            lock < 2
                                    ? new Instruction.Locked(
                                            lock,
                                            List.of(new Instruction.Locked(
                                                    2, List.of(work(random), new Instruction.Shootdown()))))
                                    : new Instruction.Locked(lock, List.of(work(random)));
                        case 5 ->
                            new Instruction.Locked(
                                    3,
                                    List.of(
                                            work(random),
                                            new Instruction.Sleep(new Span.Fixed(20 * US)),
                                            work(random)));
                        default -> work(random);
                    });
        }
        return List.of(new Instruction.Repeat(20, body));
    }

    /** Guest time of one task of the program. */
    private static long workOf(List<Instruction> program) {
        long work = 0;
        for (Instruction instruction : program) {
            if (instruction instanceof Instruction.Compute compute) {
                work += ((Span.Fixed) compute.span()).ns();
            } else if (instruction instanceof Instruction.Locked locked) {
                work += workOf(locked.body());
            } else if (instruction instanceof Instruction.Repeat repeat) {
                work += repeat.times() * workOf(repeat.body());
            }
        }
        return work;
    }

    private static IdealHost host(VmSpec vm, LiveGuests guests, SplittableRandom random) {
        IdealHost host = new IdealHost(guests);
        for (int v = 0; v < vm.vcpus(); v++) {
            long at = 0;
            for (int i = 0; i < 40; i++) {
                at += 1 + random.nextLong(MS);
                long back = at + 1 + random.nextLong(4 * MS);
                host.away(v, at, back);
                at = back;
            }
        }
        int unpreferred = random.nextInt(2 * vm.vcpus());
        host.callAt(3 * MS, () -> host.preferred = vcpu -> vcpu != unpreferred);
        host.callAt(20 * MS, () -> host.preferred = vcpu -> true);
        return host;
    }

    private static String run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        VmSpec vm = randomVm(random);
        LockChecker checker = new LockChecker(vm);
        LiveGuests guests = new LiveGuests(LiveGuests.roster(List.of(vm), 1), List.of(vm), seed, checker);
        IdealHost host = host(vm, guests, random);
        host.run(10_000 * MS);
        assertThat(guests.done()).as("all tasks of seed %s have ended", seed).isTrue();
        long useful = 0;
        for (int v = 0; v < vm.vcpus(); v++) {
            useful += host.usefulNs(v);
        }
        long expected = vm.tasks().stream()
                .mapToLong(t -> t.count() * workOf(t.program()))
                .sum();
        assertThat(useful).as("work of seed %s", seed).isEqualTo(expected);
        assertThat(guests.outcomes().get(0).usefulNs()).isEqualTo(expected);
        return checker.log.append(host.now()).toString();
    }

    @Test
    void locksExcludeAndWorkIsConserved() {
        for (long seed = 0; seed < RUNS; seed++) {
            run(seed);
        }
    }

    @Test
    void equalSeedsGiveEqualRuns() {
        assertThat(run(7)).isEqualTo(run(7)).isNotEqualTo(run(8));
    }
}
