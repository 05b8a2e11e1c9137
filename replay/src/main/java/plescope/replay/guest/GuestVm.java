package plescope.replay.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import plescope.replay.model.Roster;

/** One VM's software: its tasks, its kernel's objects and what they got done. */
final class GuestVm {
    final int id;
    final VmSpec spec;
    final GuestVcpu[] vcpus;
    final GuestTask[] tasks;
    final GuestLock[] locks;
    final MessageChannel[] channels;
    final MeetingPoint[] meetings;
    final GuestScheduler scheduler = new GuestScheduler(this);
    final TaskRunner runner;

    VirtualCpus cpus;

    final WaitTally.Counter answerWaits = new WaitTally.Counter();
    private final WaitTally.Counter lockWaits = new WaitTally.Counter();
    private long lockTakes;
    long flushesLeft;

    /** Timers that run and devices that work: what will wake a task without another task's help. */
    int alarms;

    private int finished;

    GuestVm(int id, VmSpec spec, Roster roster, SplittableRandom random, GuestObserver observer) {
        this.id = id;
        this.spec = spec;
        this.runner = new TaskRunner(this, observer);
        this.vcpus = createVcpus(roster.vcpusOf(id), random);
        this.tasks = createTasks(random);
        this.locks = new GuestLock[spec.locks().size()];
        for (int i = 0; i < locks.length; i++) {
            locks[i] = GuestLock.create(this, i, spec.locks().get(i));
        }
        this.channels = new MessageChannel[spec.channels().size()];
        for (int i = 0; i < channels.length; i++) {
            channels[i] = new MessageChannel(this, spec.channels().get(i).capacity());
        }
        this.meetings = new MeetingPoint[spec.barriers().size()];
        for (int i = 0; i < meetings.length; i++) {
            meetings[i] = new MeetingPoint(this, spec.barriers().get(i));
        }
    }

    /** The seed staggers VMs' ticks; those of one VM's vCPUs are spread over the period ({@code skew_tick}) [I]. */
    private GuestVcpu[] createVcpus(List<Integer> indices, SplittableRandom random) {
        if (indices.size() != spec.vcpus()) {
            throw new IllegalArgumentException(
                    "VM " + spec.name() + " has " + spec.vcpus() + " vCPUs, the roster knows " + indices.size());
        }
        long period = 1_000_000_000L / spec.features().hz();
        long offset = random.nextLong(period);
        GuestVcpu[] created = new GuestVcpu[indices.size()];
        for (int number = 0; number < created.length; number++) {
            long phase = (offset + period * number / created.length) % period;
            created[number] = new GuestVcpu(this, indices.get(number), number, phase);
        }
        return created;
    }

    private GuestTask[] createTasks(SplittableRandom random) {
        List<GuestTask> created = new ArrayList<>();
        for (TaskSpec task : spec.tasks()) {
            Program program = ProgramCompiler.compile(spec, task);
            for (int i = 0; i < task.count(); i++) {
                String name = task.count() == 1 ? task.name() : task.name() + "." + i;
                GuestTask each = new GuestTask(this, created.size(), name, program, random.split(), task.affinity());
                each.vcpu = leastLoaded(each);
                each.vcpu.queue.enter(each, null);
                created.add(each);
            }
        }
        return created.toArray(new GuestTask[0]);
    }

    /** Where fork would place it: the vCPU it may use with the fewest tasks, of equals the first. */
    private GuestVcpu leastLoaded(GuestTask task) {
        GuestVcpu least = null;
        for (GuestVcpu vcpu : vcpus) {
            if (GuestScheduler.allows(task, vcpu) && (least == null || vcpu.queue.size() < least.queue.size())) {
                least = vcpu;
            }
        }
        if (least == null) {
            throw new IllegalArgumentException(
                    "VM " + spec.name() + ", task " + task.name + ": it may use none of the VM's vCPUs");
        }
        return least;
    }

    void lockTaken(boolean contended, long waitedNs) {
        lockTakes++;
        if (contended) {
            lockWaits.add(waitedNs);
        }
    }

    /** The vCPU has handled the interrupt by which that task asked it. */
    void answered(int task, GuestVcpu by) {
        GuestTask asker = tasks[task];
        asker.answers.answered(by.number);
        if (asker.answers.complete()) {
            asker.vcpu.release(asker, by.index);
        }
    }

    void deviceDone(GuestTask task) {
        cpus.interrupt(scheduler.interruptTarget(task.vcpu).index, GuestVectors.DEVICE, task.id);
    }

    void finished() {
        finished++;
    }

    /** Whether tasks are left and each waits for another: whatever the host does, nothing will happen any more. */
    boolean stuck() {
        if (done() || alarms > 0) {
            return false;
        }
        for (GuestTask task : tasks) {
            if (!task.waitsForOthers()) {
                return false;
            }
        }
        return true;
    }

    /** Who waits for what. */
    GuestDeadlock deadlock() {
        StringBuilder text = new StringBuilder("VM " + spec.name() + ": deadlock");
        String before = ": ";
        for (GuestTask task : tasks) {
            if (task.doing != GuestTask.Doing.FINISHED) {
                text.append(before).append(task.asleep ? task.name : task.toString());
                text.append(" waits for ").append(runner.awaited(task));
                before = "; ";
            }
        }
        return new GuestDeadlock(text.toString());
    }

    boolean done() {
        return finished == tasks.length;
    }

    GuestOutcome outcome() {
        long useful = 0;
        long operations = 0;
        List<GuestOutcome.Task> each = new ArrayList<>();
        for (GuestTask task : tasks) {
            long ns = task.usefulNs + (task.vcpu.current == task ? task.vcpu.unbookedNs() : 0);
            useful += ns;
            operations += task.operations;
            each.add(new GuestOutcome.Task(task.name, task.operations, ns, task.doing == GuestTask.Doing.FINISHED));
        }
        return new GuestOutcome(
                spec.name(),
                operations,
                useful,
                lockTakes,
                lockWaits.tally(),
                answerWaits.tally(),
                flushesLeft,
                scheduler.switches,
                scheduler.migrations,
                each);
    }
}
