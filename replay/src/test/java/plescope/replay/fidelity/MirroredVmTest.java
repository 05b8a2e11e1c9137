package plescope.replay.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.replay.kvm.YieldTo;
import plescope.replay.model.CpuSet;
import plescope.replay.policy.Policy;
import plescope.replay.policy.Setting;
import plescope.replay.scheduler.Entity;
import plescope.replay.scheduler.FairScheduler;
import plescope.replay.scheduler.HostScheduler;
import plescope.replay.scheduler.RunQueue;

class MirroredVmTest {
    private final Setting setting = Setting.parse("cfs-6.1+p2019");
    private final Policy policy = setting.createPolicy();
    private final FairScheduler scheduler =
            HostScheduler.create(setting.scheduler(), setting.layout(), 1, 250, new int[3], policy);
    private final RunQueue rq = scheduler.rq(0);
    private final MirroredVm vm = new MirroredVm(0, 3);

    /** vCPU 0 runs, the others were preempted. */
    private void runFirst() {
        for (int number = 0; number < 3; number++) {
            Entity thread = scheduler.newThread(number, CpuSet.first(1));
            scheduler.fork(rq, thread);
            vm.vcpus[number] = new MirroredVcpu(number, number, vm, thread);
        }
        scheduler.switchTo(rq, vm.vcpus[0].thread());
        vm.vcpus[0].schedIn();
        vm.vcpus[1].schedOut(true, true, 0);
        vm.vcpus[2].schedOut(true, true, 0);
    }

    private boolean spins(int number) {
        return vm.onSpin(vm.vcpus[number], rq, new YieldTo(scheduler), policy);
    }

    /** The scan starts behind vCPU 0, so vCPU 1 is boosted; that is stored once vCPU 0 runs again. */
    @Test
    void lastBoostedIsStoredWhenTheSpinnerRunsAgain() {
        runFirst();
        assertThat(spins(0)).isTrue();
        assertThat(vm.lastBoosted).isZero();
        vm.vcpus[0].schedOut(true, true, 0);
        vm.vcpus[0].schedIn();
        assertThat(vm.lastBoosted).isEqualTo(1);
    }

    /** Whoever spins meanwhile scans from where vCPU 0 did, past itself to vCPU 2; the last to run again is remembered. */
    @Test
    void aSecondSpinnerStillScansFromTheOldPlace() {
        runFirst();
        assertThat(spins(0)).isTrue();
        vm.vcpus[0].schedOut(true, true, 0);
        scheduler.switchTo(rq, vm.vcpus[1].thread());
        vm.vcpus[1].schedIn();
        assertThat(spins(1)).isTrue();
        assertThat(vm.lastBoosted).isZero();
        vm.vcpus[1].schedIn();
        assertThat(vm.lastBoosted).isEqualTo(2);
        vm.vcpus[0].schedIn();
        assertThat(vm.lastBoosted).isEqualTo(1);
    }

    /** Without PLE no policy asks for readiness; thread 1 has not been seen yet, so thread 2 is taken. */
    @Test
    void aSiblingNotSeenYetIsNoTarget() {
        runFirst();
        vm.vcpus[1] = new MirroredVcpu(1, 1, vm, scheduler.newThread(1, CpuSet.first(1)));
        Policy without = Setting.parse("cfs-6.1+no-ple").createPolicy();
        assertThat(vm.onSpin(vm.vcpus[0], rq, new YieldTo(scheduler), without)).isTrue();
        vm.vcpus[0].schedIn();
        assertThat(vm.lastBoosted).isEqualTo(2);
    }

    @Test
    void noPreemptedSiblingMeansNoYield() {
        runFirst();
        vm.vcpus[1].schedIn();
        vm.vcpus[2].schedIn();
        assertThat(spins(0)).isFalse();
        assertThat(vm.vcpus[0].inSpinLoop()).isFalse();
    }
}
