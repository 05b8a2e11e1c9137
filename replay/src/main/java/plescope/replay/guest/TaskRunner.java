package plescope.replay.guest;

import plescope.parser.event.ExitReason.Family;
import plescope.replay.guest.GuestTask.Doing;
import plescope.replay.model.Wait;

/** Carries out tasks' programs, one operation at a time. */
final class TaskRunner {
    private final GuestVm vm;
    private final GuestObserver observer;

    TaskRunner(GuestVm vm, GuestObserver observer) {
        this.vm = vm;
        this.observer = observer;
    }

    /** Goes on with the task that is on the vCPU: tells the vCPU something, puts the task to sleep, or comes one step further. */
    void step(GuestVcpu vcpu, GuestTask task) {
        switch (task.doing) {
            case NEXT -> execute(vcpu, task);
            case COMPUTING -> compute(vcpu, task);
            case LOCKING -> locking(vcpu, task, task.lock.goOn(task));
            case ASKING -> ask(vcpu, task);
            case MEETING -> meet(vcpu, task);
            case REQUESTING -> request(vcpu, task);
            case FINISHED -> throw new IllegalStateException(task + " has finished");
        }
    }

    private void execute(GuestVcpu vcpu, GuestTask task) {
        Program.Line line = task.program.line(task.pc++);
        int ref = line.ref();
        switch (line.op()) {
            case COMPUTE_KERNEL, COMPUTE_USER -> {
                task.leftNs = line.span().draw(task.random);
                task.doing = Doing.COMPUTING;
            }
            case LOCK -> lock(vcpu, task, vm.locks[ref]);
            case UNLOCK -> unlock(vcpu, task, vm.locks[ref]);
            case SHOOTDOWN -> shootDown(vcpu, task);
            case CALL -> call(vcpu, task);
            case SEND -> sleepUnless(vm.channels[ref].send(task), vcpu);
            case RECEIVE -> sleepUnless(vm.channels[ref].receive(task), vcpu);
            case SLEEP -> {
                vcpu.timers.add(vm.cpus.now() + line.span().draw(task.random), task);
                vm.alarms++;
                vm.scheduler.block(vcpu);
            }
            case IO -> {
                task.doing = Doing.REQUESTING;
                vcpu.exit(Family.IO, line.ns());
            }
            case MEET -> arrive(vcpu, task, vm.meetings[ref]);
            case REPEAT -> task.loopsLeft[ref] = line.ns();
            case LOOP -> {
                if (line.ns() == 0 || --task.loopsLeft[ref] > 0) {
                    task.pc = line.target();
                }
            }
            case CHOOSE -> task.pc = task.program.choose(ref, task.random);
            case JUMP -> task.pc = line.target();
            case COUNT -> {
                task.operations++;
                observer.counted(vm.id, task.id, vcpu.index, vm.cpus.now());
            }
            case END -> {
                task.doing = Doing.FINISHED;
                vm.scheduler.block(vcpu);
                vm.finished();
            }
        }
    }

    private void compute(GuestVcpu vcpu, GuestTask task) {
        if (task.leftNs > 0) {
            boolean user = task.program.line(task.pc - 1).op() == Program.Op.COMPUTE_USER;
            vcpu.compute(task.leftNs, user ? Privilege.USER : Privilege.KERNEL);
        } else {
            task.doing = Doing.NEXT;
        }
    }

    private void sleepUnless(boolean done, GuestVcpu vcpu) {
        if (!done) {
            vm.scheduler.block(vcpu);
        }
    }

    // Locks.

    private void lock(GuestVcpu vcpu, GuestTask task, GuestLock lock) {
        task.lock = lock;
        task.wantedNs = vm.cpus.now();
        task.doing = Doing.LOCKING;
        if (lock.spinlock()) {
            task.atomic++;
        }
        GuestLock.Next next = lock.want(task);
        if (task.contended) {
            observer.lockWanted(vm.id, lock.index, task.id, vcpu.index, vm.cpus.now());
        }
        locking(vcpu, task, next);
    }

    private void locking(GuestVcpu vcpu, GuestTask task, GuestLock.Next next) {
        switch (next) {
            case TAKEN -> {
                long waited = vm.cpus.now() - task.wantedNs;
                vm.lockTaken(task.contended, waited);
                observer.lockTaken(vm.id, task.lock.index, task.id, vcpu.index, waited, vm.cpus.now());
                task.doing = Doing.NEXT;
            }
            case SPIN -> vcpu.spin(task.leftNs, Privilege.KERNEL, Wait.Cause.LOCK);
            case SLEEP -> vm.scheduler.block(vcpu);
            case HALT -> vcpu.halt();
            case YIELD -> vcpu.yieldTo(task.lock.owner.vcpu);
        }
    }

    private void unlock(GuestVcpu vcpu, GuestTask task, GuestLock lock) {
        lock.release(task);
        if (lock.spinlock()) {
            task.atomic--;
        }
        observer.lockReleased(vm.id, lock.index, task.id, vcpu.index, vm.cpus.now());
    }

    // Interrupting other vCPUs.

    /** {@code flush_tlb_others}: every vCPU that runs a task; idle ones flush when they leave the lazy mode [I]. */
    private void shootDown(GuestVcpu vcpu, GuestTask task) {
        begin(task, Wait.Cause.TLB_SHOOTDOWN);
        boolean spare = vm.spec.features().pvTlbFlush();
        for (GuestVcpu other : vm.vcpus) {
            if (other != vcpu && other.current != null) {
                if (spare && vm.cpus.preempted(other.index)) {
                    vm.flushesLeft++;
                } else {
                    expect(vcpu, task, other, GuestVectors.CALL);
                }
            }
        }
    }

    private void call(GuestVcpu vcpu, GuestTask task) {
        int n = vm.vcpus.length;
        if (n == 1) {
            return;
        }
        begin(task, Wait.Cause.IPI);
        int drawn = (vcpu.number + 1 + task.random.nextInt(n - 1)) % n;
        expect(vcpu, task, vm.vcpus[drawn], GuestVectors.CALL_SINGLE);
    }

    private void begin(GuestTask task, Wait.Cause cause) {
        task.answers.begin(cause, vm.cpus.now());
        task.doing = Doing.ASKING;
        task.atomic++;
    }

    private static void expect(GuestVcpu vcpu, GuestTask task, GuestVcpu receiver, int vector) {
        task.answers.expect(receiver.number);
        vcpu.outbox.add(receiver.index, vector, task.id);
    }

    /** All interrupts are sent. */
    private void ask(GuestVcpu vcpu, GuestTask task) {
        Answers answers = task.answers;
        if (answers.complete()) {
            long waited = vm.cpus.now() - answers.sinceNs;
            if (waited > 0) {
                vm.answerWaits.add(waited);
                observer.answered(vm.id, task.id, vcpu.index, waited, vm.cpus.now());
            }
            task.atomic--;
            task.doing = Doing.NEXT;
            return;
        }
        GuestVcpu preempted = answers.yielded || !vm.spec.features().pvSchedYield() ? null : preempted(answers);
        answers.yielded = true;
        if (preempted != null) {
            vcpu.yieldTo(preempted);
        } else {
            vcpu.spin(Long.MAX_VALUE, Privilege.KERNEL, answers.cause);
        }
    }

    /** The first preempted receiver that has not answered ({@code kvm_smp_send_call_func_ipi}). */
    private GuestVcpu preempted(Answers answers) {
        for (GuestVcpu vcpu : vm.vcpus) {
            if (answers.missing(vcpu.number) && vm.cpus.preempted(vcpu.index)) {
                return vcpu;
            }
        }
        return null;
    }

    // Barriers and devices.

    private void arrive(GuestVcpu vcpu, GuestTask task, MeetingPoint meeting) {
        if (!meeting.arrive(task)) {
            if (meeting.spins()) {
                task.doing = Doing.MEETING;
            } else {
                vm.scheduler.block(vcpu);
            }
        }
    }

    /** What a task that spins or sleeps waits for. */
    String awaited(GuestTask task) {
        if (task.waitsFor != null) {
            return task.waitsFor.spec.name();
        }
        Program.Line line = task.program.line(task.pc - 1);
        return switch (line.op()) {
            case SEND -> "room in " + vm.spec.channels().get(line.ref()).name();
            case RECEIVE -> "messages in " + vm.spec.channels().get(line.ref()).name();
            case MEET -> "barrier " + vm.spec.barriers().get(line.ref()).name();
            case SHOOTDOWN, CALL -> "answers of other vCPUs";
            case SLEEP -> "its timer";
            case IO -> "its device";
            case COMPUTE_KERNEL, COMPUTE_USER, LOCK, UNLOCK, REPEAT, LOOP, CHOOSE, JUMP, COUNT, END -> "nothing";
        };
    }

    private static void meet(GuestVcpu vcpu, GuestTask task) {
        if (task.granted) {
            task.granted = false;
            task.doing = Doing.NEXT;
        } else {
            vcpu.spin(Long.MAX_VALUE, Privilege.USER, Wait.Cause.UNKNOWN);
        }
    }

    /** Back from the exit: the device works, the task sleeps. */
    private void request(GuestVcpu vcpu, GuestTask task) {
        long latency = task.program.line(task.pc - 1).span().draw(task.random);
        task.doing = Doing.NEXT;
        vm.alarms++;
        vm.scheduler.block(vcpu);
        vm.cpus.callAt(vm.cpus.now() + latency, task.deviceDone);
    }
}
