package plescope.replay.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel.Kvm;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.policy.Judging;
import plescope.replay.policy.Policy;
import plescope.replay.policy.ScanStage;
import plescope.replay.policy.Setting;
import plescope.replay.policy.VcpuView;
import plescope.replay.policy.Verdict;
import plescope.replay.scheduler.Entity;
import plescope.replay.scheduler.FairScheduler;
import plescope.replay.scheduler.HostScheduler;
import plescope.replay.scheduler.RunQueue;

class OnSpinTest {
    /** One VM of four vCPUs, vCPU i forked on the pCPU given for it; the first of each pCPU runs. */
    private static final class Scene {
        final Policy policy;
        final FairScheduler scheduler;
        final Vm vm = new Vm(0);
        final List<Vcpu> vcpus = new ArrayList<>();
        final YieldTo yieldTo;
        final OnSpin onSpin;

        Scene(String setting, int... pcpuOf) {
            this(Setting.parse(setting), Setting.parse(setting).createPolicy(), pcpuOf);
        }

        Scene(Setting parsed, Policy policy, int... pcpuOf) {
            this.policy = policy;
            scheduler =
                    HostScheduler.create(parsed.scheduler(), parsed.layout(), 4, 250, new int[pcpuOf.length], policy);
            yieldTo = new YieldTo(scheduler);
            onSpin = new OnSpin(yieldTo, policy);
            HaltPolling halting = new HaltPolling(Kvm.DEFAULT, parsed.scheduler());
            for (int v = 0; v < pcpuOf.length; v++) {
                Entity thread = scheduler.newThread(v, CpuSet.first(64));
                scheduler.fork(scheduler.rq(pcpuOf[v]), thread);
                Vcpu vcpu = new Vcpu(v, v, vm, thread, new PleWindow(PleHardware.VMX_DEFAULT), halting);
                vm.add(vcpu);
                vcpus.add(vcpu);
                RunQueue rq = scheduler.rq(pcpuOf[v]);
                if (rq.curr() == null) {
                    scheduler.switchTo(rq, thread);
                    vcpu.schedIn(0);
                } else {
                    vcpu.schedOut(true, true, false, 0);
                }
            }
        }

        Vcpu onSpin(int spinner) {
            return onSpin.onSpin(
                    vcpus.get(spinner), scheduler.rq(vcpus.get(spinner).pcpu()));
        }

        /** The same, until it runs again. */
        Vcpu onSpinAndReturn(int spinner) {
            Vcpu boosted = onSpin(spinner);
            onSpin.resume(vcpus.get(spinner));
            return boosted;
        }
    }

    @Test
    void aParkedSpinnerIsSkippedTakenAndSkippedAgain() {
        Scene scene = new Scene("cfs-5.6+p2019", 0, 0, 1, 2);
        Vcpu parked = scene.vcpus.get(1);
        parked.enterSpinLoop();
        VcpuView spinner = scene.vcpus.get(0);
        assertThat(Judging.accepts(scene.policy, spinner, parked)).isFalse();
        assertThat(Judging.accepts(scene.policy, spinner, parked)).isTrue();
        assertThat(Judging.accepts(scene.policy, spinner, parked)).isFalse();
    }

    @Test
    void threeFailuresEndTheScan() {
        // Four vCPUs alone on their pCPUs: every yield_to fails with -ESRCH.
        List<Integer> asked = new ArrayList<>();
        Policy counting = new Policy() {
            @Override
            public int yieldTries() {
                return 3;
            }

            @Override
            public Verdict judge(VcpuView spinner, VcpuView candidate, ScanStage stage, int round) {
                if (stage == ScanStage.READY) {
                    asked.add(candidate.number());
                }
                return Verdict.PASS;
            }
        };
        Scene scene = new Scene(Setting.parse("cfs-5.6+p2019"), counting, 0, 1, 2, 3);
        assertThat(scene.onSpin(0)).isNull();
        assertThat(asked).containsExactly(1, 2, 3);
        asked.clear();
        Scene crowd = new Scene(Setting.parse("cfs-5.6+p2019"), counting, 0, 1, 2, 3, 3);
        // vCPU 3 runs beside 4 on pCPU 3, so yielding to it returns 0 and costs no try; 4 is reached and taken.
        assertThat(crowd.onSpin(0).number()).isEqualTo(4);
        assertThat(asked).containsExactly(1, 2, 3, 4);
    }

    @Test
    void withoutCandidatesTheSpinnerLeavesTheSpinLoop() {
        Scene scene = new Scene("cfs-5.6+p2019", 0, 1, 2, 3);
        assertThat(scene.onSpin(0)).isNull();
        assertThat(scene.vcpus.get(0).inSpinLoop()).isFalse();
    }

    @Test
    void theRewriteOf612RemembersTheOffset() {
        for (String setting : List.of("eevdf-6.12+p2024", "eevdf-6.12+p2024{lastBoostedBug=0}")) {
            // All on one pCPU; vCPU 0 runs and spins, the last boost went to number 1.
            Scene scene = new Scene(setting, 0, 0, 0, 0);
            scene.vm.setLastBoosted(1);
            // The scan starts at 2, which is acceptable at once: offset 0.
            assertThat(scene.onSpinAndReturn(0).number()).isEqualTo(2);
            assertThat(scene.vm.lastBoosted()).isEqualTo(setting.contains("Bug") ? 2 : 0);
        }
    }

    @Test
    void aSpinnerScansOnFromTheLastBoosted() {
        Scene scene = new Scene("cfs-5.6+p2019", 0, 0, 0, 0);
        assertThat(scene.onSpinAndReturn(0).number()).isEqualTo(1);
        assertThat(scene.onSpinAndReturn(0).number()).isEqualTo(2);
        assertThat(scene.onSpinAndReturn(0).number()).isEqualTo(3);
        assertThat(scene.onSpinAndReturn(0).number()).isEqualTo(1);
    }

    @Test
    void whomASpinnerBoostedIsRememberedWhenItRunsAgain() {
        Scene scene = new Scene("cfs-5.6+p2019", 0, 0, 0, 0);
        scene.vm.setLastBoosted(1);
        Vcpu spinner = scene.vcpus.get(0);
        assertThat(scene.onSpin(0).number()).isEqualTo(2);
        assertThat(spinner.inSpinLoop()).as("parked in on_spin").isTrue();
        assertThat(scene.vm.lastBoosted()).isEqualTo(1);
        scene.onSpin.resume(spinner);
        assertThat(spinner.inSpinLoop()).isFalse();
        assertThat(scene.vm.lastBoosted()).isEqualTo(2);
    }

    @Test
    void haltedVcpusNeedAPendingInterrupt() {
        Scene scene = new Scene("cfs-5.6+p2019", 0, 0);
        Vcpu spinner = scene.vcpus.get(0);
        Vcpu halted = scene.vcpus.get(1);
        halted.schedIn(0);
        halted.halt();
        halted.schedOut(false, true, false, 0);
        assertThat(Judging.accepts(scene.policy, spinner, halted))
                .as("not ready")
                .isFalse();
        halted.wake(0);
        assertThat(Judging.accepts(scene.policy, spinner, halted))
                .as("nothing pending")
                .isFalse();
        halted.postInterrupt();
        assertThat(Judging.accepts(scene.policy, spinner, halted))
                .as("woken from halt")
                .isTrue();
        Policy old = Setting.parse("cfs-5.6+p2011").createPolicy();
        assertThat(Judging.accepts(old, spinner, halted))
                .as("blocked is out before 5.3")
                .isFalse();
    }

    @Test
    void yieldAcrossRunQueuesHintsAndReschedulesThere() {
        Scene scene = new Scene("cfs-5.6+p2019", 0, 1, 1, 0);
        RunQueue local = scene.scheduler.rq(0);
        RunQueue remote = scene.scheduler.rq(1);
        assertThat(scene.yieldTo.yieldTo(local, scene.vcpus.get(2).thread())).isEqualTo(YieldTo.YIELDED);
        assertThat(remote.needResched()).isTrue();
        assertThat(local.needResched()).isFalse();
        assertThat(scene.scheduler.pickNext(remote)).isSameAs(scene.vcpus.get(2).thread());
        assertThat(scene.scheduler.pickNext(local))
                .as("the yielder is skipped")
                .isSameAs(scene.vcpus.get(3).thread());
    }

    @Test
    void yieldToReturnsWhatTheKernelReturns() {
        Scene scene = new Scene("cfs-5.6+p2019", 0, 1, 2, 2, 2);
        RunQueue lone = scene.scheduler.rq(0);
        assertThat(scene.yieldTo.yieldTo(lone, scene.vcpus.get(1).thread())).isEqualTo(YieldTo.ESRCH);
        assertThat(scene.yieldTo.yieldTo(lone, scene.vcpus.get(2).thread()))
                .as("runs already")
                .isEqualTo(YieldTo.NOT_YIELDED);
        Entity blocked = scene.vcpus.get(2).thread();
        scene.scheduler.block(scene.scheduler.rq(2), blocked);
        scene.scheduler.switchTo(scene.scheduler.rq(2), scene.vcpus.get(3).thread());
        assertThat(scene.yieldTo.yieldTo(scene.scheduler.rq(2), blocked)).isEqualTo(YieldTo.NOT_YIELDED);
    }

    /** Passes what its lists say, by round; hears of every judgement and yield. */
    private static class Listing implements Policy {
        final List<String> heard = new ArrayList<>();

        @Override
        public Verdict judge(VcpuView spinner, VcpuView candidate, ScanStage stage, int round) {
            if (stage == ScanStage.READY) {
                heard.add(round + "/" + candidate.number());
            }
            return Verdict.PASS;
        }

        @Override
        public void onYieldTo(VcpuView spinner, VcpuView target) {
            heard.add("yield to " + target.number());
        }
    }

    @Test
    void aSecondRoundComesWhereTheFirstFoundNobody() {
        Listing policy = new Listing() {
            @Override
            public int scanRounds() {
                return 2;
            }

            @Override
            public Verdict judge(VcpuView spinner, VcpuView candidate, ScanStage stage, int round) {
                super.judge(spinner, candidate, stage, round);
                return round == 1 && candidate.number() == 3 ? Verdict.PASS : Verdict.SKIP;
            }
        };
        Scene scene = new Scene(Setting.parse("cfs-5.6+p2019"), policy, 0, 0, 0, 0);
        assertThat(scene.onSpinAndReturn(0).number()).isEqualTo(3);
        assertThat(policy.heard).containsExactly("0/1", "0/2", "0/3", "1/1", "1/2", "1/3", "yield to 3");
        assertThat(scene.vm.lastBoosted()).isEqualTo(3);
    }

    @Test
    void theFirstChoiceIsJudgedBeforeTheScanAndNotAgainInItsFirstRound() {
        Listing policy = new Listing() {
            @Override
            public int firstChoice(VcpuView spinner) {
                return 2;
            }
        };
        Scene scene = new Scene(Setting.parse("cfs-5.6+p2019"), policy, 0, 0, 0, 0);
        assertThat(scene.onSpin(0).number()).isEqualTo(2);
        assertThat(policy.heard).containsExactly("0/2", "yield to 2");
        // vCPU 2 runs elsewhere: yield_to returns 0, and the scan begins behind the last boosted.
        policy.heard.clear();
        Scene elsewhere = new Scene(Setting.parse("cfs-5.6+p2019"), policy, 0, 0, 1, 1);
        assertThat(elsewhere.onSpin(0).number()).isEqualTo(1);
        assertThat(policy.heard).containsExactly("0/2", "yield to 2", "0/1", "yield to 1");
    }

    @Test
    void failureTakenForSuccessEndsTheScanWithoutAYield() {
        Listing policy = new Listing() {
            @Override
            public boolean takesFailureForSuccess() {
                return true;
            }
        };
        // All alone on their pCPUs: -ESRCH.
        Scene scene = new Scene(Setting.parse("cfs-5.6+p2019"), policy, 0, 1, 2, 3);
        assertThat(scene.onSpin(0)).isNull();
        assertThat(policy.heard).containsExactly("0/1", "yield to 1");
        assertThat(scene.vm.lastBoosted()).isEqualTo(1);
        assertThat(scene.vcpus.get(0).yieldsAttempted()).isEqualTo(1);
        assertThat(scene.vcpus.get(0).yieldsSucceeded()).isZero();
        assertThat(scene.vcpus.get(0).inSpinLoop()).isFalse();
    }

    @Test
    void schedYieldRefusesASingleTaskAnUnreadyTargetAndOneself() {
        Scene scene = new Scene("cfs-5.6+p2019", 0, 0, 1, 2, 2);
        RunQueue shared = scene.scheduler.rq(0);
        Vcpu caller = scene.vcpus.get(0);
        Vcpu waiting = scene.vcpus.get(1);
        Vcpu alone = scene.vcpus.get(2);
        assertThat(scene.onSpin.schedYield(alone, scene.scheduler.rq(1), waiting))
                .as("single task")
                .isFalse();
        // Queued, and could be yielded to, but neither preempted nor woken from halt.
        waiting.schedIn(0);
        assertThat(scene.onSpin.schedYield(caller, shared, waiting))
                .as("not ready")
                .isFalse();
        waiting.schedOut(true, true, false, 0);
        assertThat(scene.onSpin.schedYield(caller, shared, caller))
                .as("oneself")
                .isFalse();
        assertThat(scene.onSpin.schedYield(caller, shared, waiting)).isTrue();
        assertThat(caller.yieldsAttempted()).isEqualTo(3);
        assertThat(caller.yieldsSucceeded()).isEqualTo(1);
        assertThat(caller.inSpinLoop()).as("no scan").isFalse();
    }
}
