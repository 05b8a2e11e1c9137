package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.parser.event.ApicAcceptIrq;
import plescope.parser.event.ApicIpi;
import plescope.parser.event.DeliveryMode;
import plescope.parser.event.Eoi;
import plescope.parser.event.EventsLost;
import plescope.parser.event.ExitReason;
import plescope.parser.event.ExitReason.Family;
import plescope.parser.event.ExitReason.Isa;
import plescope.parser.event.HaltPollWindow;
import plescope.parser.event.HostInterrupt;
import plescope.parser.event.HostInterrupt.Phase;
import plescope.parser.event.HostInterrupt.Source;
import plescope.parser.event.HostIpi;
import plescope.parser.event.Hypercall;
import plescope.parser.event.InjectedVirq;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.MsrAccess;
import plescope.parser.event.OtherEvent;
import plescope.parser.event.PleWindowUpdate;
import plescope.parser.event.SchedMigrate;
import plescope.parser.event.SchedStat;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.SchedWake;
import plescope.parser.event.TaskState;
import plescope.parser.event.ThreadNamed;
import plescope.parser.event.VcpuWakeup;

/** Every payload in every spelling; all lines are of thread 174 on CPU 1, line 1, time 0. */
final class EventTextTest {
    private static final ExitReason SVM_PAUSE = new ExitReason(Isa.SVM, 0x77, "pause", Family.PAUSE);
    private static final ExitReason VMX_PAUSE = new ExitReason(Isa.VMX, 40, "PAUSE_INSTRUCTION", Family.PAUSE);

    private static KvmExit exit(int vcpu, ExitReason reason, long rip) {
        return new KvmExit(0, 1, 174, 1, vcpu, reason, rip);
    }

    @Test
    void exitOfEveryKernel() {
        assertThat(Logs.one("kvm:kvm_exit: reason PAUSE_INSTRUCTION rip 0x22da info 0 800000fd"))
                .isEqualTo(exit(-1, VMX_PAUSE, 0x22da));
        assertThat(Logs.one("kvm:kvm_exit: vcpu 2 reason PAUSE_INSTRUCTION rip 0xffffffffb72e29e3 info 0 0"))
                .isEqualTo(exit(2, VMX_PAUSE, 0xffffffffb72e29e3L));
        assertThat(Logs.one("kvm:kvm_exit: vcpu 1 reason pause rip 0xffffffff81000090 info1 0x0000000000000000"
                        + " info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000"))
                .isEqualTo(exit(1, SVM_PAUSE, 0xffffffff81000090L));
        assertThat(Logs.one("kvm:kvm_exit: vcpu 1 reason PAUSE_INSTRUCTION rip 0x10 info1 0x0 info2 0x0"
                        + " intr_info 0x00000000 error_code 0x00000000 requests 0x0000000000000000"))
                .isEqualTo(exit(1, VMX_PAUSE, 0x10));
    }

    @Test
    void exitOfThePluginHasNoVcpu() {
        assertThat(Logs.one("kvm:kvm_exit:             reason EXIT_PAUSE rip 0xffffffff81000090 info 0 0"))
                .isEqualTo(exit(-1, SVM_PAUSE.spelled("EXIT_PAUSE", false), 0xffffffff81000090L));
        assertThat(
                        Logs.one(
                                "kvm_exit: reason EXIT_PAUSE rip 0xffffffff81b2d0e4 native_queued_spin_lock_slowpath+0x1c4 info 0 0"))
                .isEqualTo(exit(-1, SVM_PAUSE.spelled("EXIT_PAUSE", false), 0xffffffff81b2d0e4L));
        assertThat(Logs.one("kvm_exit: CAN'T FIND FIELD \"rip\"<CANT FIND FIELD exit_code>vcpu 0 reason pause rip 0x8"))
                .isEqualTo(exit(0, SVM_PAUSE, 8));
    }

    @Test
    void exitReasonsMayHoldBlanksFlagsAndBareCodes() {
        assertThat(reason("PF excp")).isEqualTo(new ExitReason(Isa.SVM, 0x4e, "PF excp", Family.OTHER));
        assertThat(reason("idle-halt")).isEqualTo(new ExitReason(Isa.SVM, 0xa6, "idle-halt", Family.HALT));
        assertThat(reason("EXCEPTION_NMI FAILED_VMENTRY"))
                .isEqualTo(new ExitReason(
                        Isa.VMX, 0, "EXCEPTION_NMI", Family.OTHER, "EXCEPTION_NMI FAILED_VMENTRY", true));
        // a flag without a name, here the bus lock bit, is printed as its bits
        assertThat(reason("EXCEPTION_NMI 0x4000000").name()).isEqualTo("EXCEPTION_NMI");
        assertThat(reason("EXCEPTION_NMI FAILED_VMENTRY 0x4000000").name()).isEqualTo("EXCEPTION_NMI");
        assertThat(reason("PENDING_INTERRUPT"))
                .isEqualTo(new ExitReason(Isa.VMX, 7, "INTERRUPT_WINDOW", Family.INTERRUPT_WINDOW)
                        .spelled("PENDING_INTERRUPT", false));
        // kernels and plugins that did not know the code yet: 0x28 and (40) are VMX 40, 0x77 is SVM pause
        assertThat(reason("0x28")).isEqualTo(VMX_PAUSE.spelled("0x28", false));
        assertThat(reason("UNKNOWN (40)")).isEqualTo(VMX_PAUSE.spelled("UNKNOWN (40)", false));
        // very old plugins
        assertThat(reason("UNKOWN (40)")).isEqualTo(VMX_PAUSE.spelled("UNKOWN (40)", false));
        assertThat(reason("0x77")).isEqualTo(SVM_PAUSE.spelled("0x77", false));
        assertThat(reason("0xfff")).isEqualTo(new ExitReason(Isa.UNKNOWN, 0xfff, "0xfff", Family.OTHER));
        assertThat(reason("brand_new")).isEqualTo(new ExitReason(Isa.UNKNOWN, -1, "brand_new", Family.OTHER));
    }

    @Test
    void anExitWithoutItsInstructionPointerIsStillAnExit() {
        ExitReason halt = new ExitReason(Isa.VMX, 12, "HLT", Family.HALT);
        ExitReason interrupt = new ExitReason(Isa.VMX, 1, "EXTERNAL_INTERRUPT", Family.INTERRUPT);
        assertThat(Logs.one("kvm_exit: vcpu 3 reason HLT")).isEqualTo(exit(3, halt, 0));
        assertThat(Logs.one("kvm_exit: reason EXTERNAL_INTERRUPT FAILED_VMENTRY"))
                .isEqualTo(exit(-1, interrupt.spelled("EXTERNAL_INTERRUPT FAILED_VMENTRY", true), 0));
        assertThat(Logs.one("kvm_exit: vcpu 3 reason EXTERNAL_INTERRUPT intr_info 0x800000fb"))
                .isEqualTo(exit(3, interrupt, 0));
        assertThat(Logs.one("kvm_exit: vcpu 3 reason HLT info1 0x0000000000000001 info2 0x0000000000000000"))
                .isEqualTo(exit(3, halt, 0));
        assertThat(Logs.one("kvm_exit: reason HLT info 0 0")).isEqualTo(exit(-1, halt, 0));
        assertThat(Logs.one("kvm_exit: reason HLT ...")).isEqualTo(exit(-1, halt, 0));
    }

    @Test
    void bareFieldsBehindTheMarkOfAFailedPlugin() {
        assertThat(Logs.one("kvm_exit:   [FAILED TO PARSE] exit_reason=40 guest_rip=0x22da isa=1 info1=0 info2=0"))
                .isEqualTo(exit(-1, VMX_PAUSE.spelled("0x28", false), 0x22da));
        assertThat(Logs.one("kvm_entry:  [FAILED TO PARSE] vcpu_id=2")).isEqualTo(new KvmEntry(0, 1, 174, 1, 2, 0));
        assertThat(Logs.one("sched_wakeup: [FAILED TO PARSE] comm=perf pid=21 prio=120 success=1 target_cpu=0"))
                .isEqualTo(new SchedWake(0, 1, 174, 1, SchedWake.Stage.WAKEUP, 21, 120, 0));
        assertThat(Logs.one("sched_switch: [FAILED TO PARSE] prev_comm=a prev_pid=1 prev_prio=120 prev_state=2"
                        + " next_comm=b next_pid=2 next_prio=120"))
                .isEqualTo(new SchedSwitch(0, 1, 174, 1, 1, 120, TaskState.UNINTERRUPTIBLE, 2, 120));
        assertThat(Logs.one("sched_migrate_task: [FAILED TO PARSE] comm=a pid=7 prio=120 orig_cpu=0 dest_cpu=1"))
                .isEqualTo(new SchedMigrate(0, 1, 174, 1, 7, 120, 0, 1));
        assertThat(Logs.one("sched_stat_runtime: [FAILED TO PARSE] comm=a pid=7 runtime=16304 vruntime=1"))
                .isEqualTo(new SchedStat(0, 1, 174, 1, SchedStat.Type.RUNTIME, 7, 16304));
        assertThat(Logs.one("kvm_inj_virq: [FAILED TO PARSE] irq=34"))
                .isEqualTo(new InjectedVirq(0, 1, 174, 1, 34, false, false));
        assertThat(Logs.one("kvm_ple_window_update: [FAILED TO PARSE] vcpu_id=1 new=4 old=2"))
                .isEqualTo(new PleWindowUpdate(0, 1, 174, 1, 1, 2, 4));
        assertThat(Logs.one("sched_stat_wait: [FAILED TO PARSE] comm=a pid=7 delay=16304"))
                .isEqualTo(new SchedStat(0, 1, 174, 1, SchedStat.Type.WAIT, 7, 16304));
    }

    @Test
    void remarksAndBlanksBehindALineAreNoDamage() {
        KvmEntry entry = new KvmEntry(0, 1, 174, 1, 2, 0x10);
        for (String remark :
                new String[] {"  ", "\t", "   <-- here", " // again", "  /* again */", "   # again", "  <=="}) {
            assertThat(Logs.one("kvm_entry: vcpu 2, rip 0x10" + remark))
                    .as(remark)
                    .isEqualTo(entry);
            assertThat(Logs.one("kvm_msr: msr_write 830 = 0x10" + remark))
                    .as(remark)
                    .isInstanceOf(MsrAccess.class);
            assertThat(Logs.one("kvm_inj_virq: irq 52" + remark)).as(remark).isInstanceOf(InjectedVirq.class);
            assertThat(Logs.one("kvm_eoi: apicid 0 vector 52" + remark))
                    .as(remark)
                    .isInstanceOf(Eoi.class);
            assertThat(Logs.one("kvm_exit: reason HLT rip 0x10" + remark))
                    .as(remark)
                    .isInstanceOf(KvmExit.class);
        }
        // perf script -F +ip,+sym
        assertThat(Logs.one("kvm:kvm_entry: vcpu 2 ffffffffc0a1b2c3 vmx_vcpu_run+0x12 ([kvm_intel])"))
                .isEqualTo(new KvmEntry(0, 1, 174, 1, 2, 0));
        // trace-cmd report --debug
        assertThat(Logs.one("kvm_entry:            vcpu 2, rip 0x10 [4006:0xab8:36]"))
                .isEqualTo(entry);
        assertThat(Logs.one("kvm_entry:            vcpu 2 [4006:0xab8:36]"))
                .isEqualTo(new KvmEntry(0, 1, 174, 1, 2, 0));
    }

    @Test
    void theSchedulerOf2631() {
        Logs log = Logs.read(Logs.PERF + "sched_switch: task a:1 b:7 [120] (D) ==> kvm:8 [110]\n" + Logs.PERF
                + "sched_wakeup: task kvm:9 [120] success=1 [012]\n");
        assertThat(log.events())
                .containsExactly(
                        new SchedSwitch(0, 1, 174, 1, 7, 120, TaskState.UNINTERRUPTIBLE, 8, 110),
                        new SchedWake(0, 1, 174, 2, SchedWake.Stage.WAKEUP, 9, 120, 12));
        assertThat(log.named())
                .extracting(named -> ((ThreadNamed) named).comm())
                .containsExactly("CPU 3/KVM", "a:1 b", "kvm", "kvm");
        assertThat(Logs.one("softirq_entry: softirq=1 action=TIMER"))
                .isEqualTo(interrupt(Source.SOFTIRQ, Phase.ENTRY, 1));
    }

    private static ExitReason reason(String text) {
        return ((KvmExit) Logs.one("kvm:kvm_exit: vcpu 0 reason " + text + " rip 0x0 info 0 0")).reason();
    }

    @Test
    void entryOfEveryKernelAndPlugin() {
        assertThat(Logs.one("kvm:kvm_entry: vcpu 2")).isEqualTo(new KvmEntry(0, 1, 174, 1, 2, 0));
        KvmEntry entry = new KvmEntry(0, 1, 174, 1, 3, 0xffffffff81170441L);
        assertThat(Logs.one("kvm:kvm_entry: vcpu 3, rip 0xffffffff81170441")).isEqualTo(entry);
        assertThat(Logs.one("kvm:kvm_entry: vcpu 3, rip 0xffffffff81170441[immediate exit]"))
                .isEqualTo(entry);
        assertThat(Logs.one("kvm:kvm_entry: vcpu 3, rip 0xffffffff81170441 intr_info 0x000000ec error_code 0x00000000"))
                .isEqualTo(entry);
        assertThat(Logs.one("kvm:kvm_entry:  vcpu 3 rip 0xffffffff81170441")).isEqualTo(entry);
        assertThat(Logs.one("kvm:kvm_entry:  vcpu 0<CANT FIND FIELD rip>vcpu 0"))
                .isEqualTo(new KvmEntry(0, 1, 174, 1, 0, 0));
    }

    @Test
    void pleWindow() {
        assertThat(Logs.one("kvm:kvm_ple_window_update: vcpu 1 old 3000 new 6000 (growed)"))
                .isEqualTo(new PleWindowUpdate(0, 1, 174, 1, 1, 3000, 6000));
    }

    @Test
    void apicDestinationsAreHexadecimalAndVectorsDecimal() {
        // dst b0 = 176, apicid b0 = 176
        assertThat(Logs.one("kvm:kvm_apic_ipi: dst b0 vec 176 (Fixed|physical|assert|edge|self)"))
                .isEqualTo(new ApicIpi(0, 1, 174, 1, 176, 176, DeliveryMode.FIXED, false, ApicIpi.Shorthand.SELF));
        assertThat(Logs.one("kvm:kvm_apic_ipi: dst 10 vec 251 (LowPrio|logical|de-assert|level|all-but-self)"))
                .isEqualTo(new ApicIpi(
                        0, 1, 174, 1, 16, 251, DeliveryMode.LOWEST_PRIORITY, true, ApicIpi.Shorthand.ALL_BUT_SELF));
        assertThat(Logs.one("kvm:kvm_apic_accept_irq: apicid b0 vec 236 (Fixed|level) (coalesced)"))
                .isEqualTo(new ApicAcceptIrq(0, 1, 174, 1, 176, 236, DeliveryMode.FIXED, true));
        assertThat(Logs.one("kvm:kvm_eoi: apicid b0 vector 52")).isEqualTo(new Eoi(0, 1, 174, 1, 176, 52));
    }

    @Test
    void injectedVectorIsDecimalBefore60AndHexadecimalAfter() {
        assertThat(Logs.one("kvm:kvm_inj_virq: irq 52")).isEqualTo(new InjectedVirq(0, 1, 174, 1, 52, false, false));
        assertThat(Logs.one("kvm:kvm_inj_virq: IRQ 0xb0 [reinjected]"))
                .isEqualTo(new InjectedVirq(0, 1, 174, 1, 0xb0, false, true));
        assertThat(Logs.one("kvm:kvm_inj_virq: Soft/INTn 0x80"))
                .isEqualTo(new InjectedVirq(0, 1, 174, 1, 0x80, true, false));
    }

    @Test
    void msrIndexIsHexadecimal() {
        assertThat(Logs.one("kvm:kvm_msr: msr_write 830 = 0xb0000440b0"))
                .isEqualTo(new MsrAccess(0, 1, 174, 1, true, 0x830, 0xb0000440b0L, false));
        assertThat(Logs.one("kvm:kvm_msr: msr_read c0010015 = 0x0 (#GP)"))
                .isEqualTo(new MsrAccess(0, 1, 174, 1, false, 0xc0010015, 0, true));
    }

    @Test
    void wakeupAndHaltPolling() {
        assertThat(Logs.one("kvm:kvm_vcpu_wakeup: wait time 3998471 ns, polling valid"))
                .isEqualTo(new VcpuWakeup(0, 1, 174, 1, false, 3998471, true));
        assertThat(Logs.one("kvm:kvm_vcpu_wakeup: poll time -5 ns, polling invalid"))
                .isEqualTo(new VcpuWakeup(0, 1, 174, 1, true, -5, false));
        assertThat(Logs.one("kvm:kvm_vcpu_wakeup: poll time 12 ns"))
                .isEqualTo(new VcpuWakeup(0, 1, 174, 1, true, 12, false));
        assertThat(Logs.one("kvm:kvm_halt_poll_ns: vcpu 0: halt_poll_ns 10000 (grow 0)"))
                .isEqualTo(new HaltPollWindow(0, 1, 174, 1, 0, 10000, 0));
        assertThat(Logs.one("kvm:kvm_halt_poll_ns: vcpu 0: halt_poll_ns 0 (shrink 200000)"))
                .isEqualTo(new HaltPollWindow(0, 1, 174, 1, 0, 0, 200000));
    }

    @Test
    void switchInKernelRawAndPluginText() {
        String kernel = "sched:sched_switch: prev_comm=CPU 3/KVM prev_pid=174 prev_prio=120 prev_state=R+ ==>"
                + " next_comm=swapper/1 next_pid=0 next_prio=120";
        assertThat(Logs.one(kernel)).isEqualTo(new SchedSwitch(0, 1, 174, 1, 174, 120, TaskState.PREEMPTED, 0, 120));
        assertThat(Logs.one(kernel + " ffffffff821f8298 __schedule ([kernel.kallsyms])"))
                .isEqualTo(new SchedSwitch(0, 1, 174, 1, 174, 120, TaskState.PREEMPTED, 0, 120));
        assertThat(Logs.one("sched_switch:  prev_comm=kworker/1:0 prev_pid=23 prev_prio=120 prev_state=128"
                        + " next_comm=bash next_pid=20 next_prio=-1"))
                .isEqualTo(new SchedSwitch(0, 1, 174, 1, 23, 120, TaskState.IDLE, 20, -1));
        assertThat(Logs.one("sched_switch:         cc1:14164 [125] R ==> CPU 0/KVM:18431 [120]"))
                .isEqualTo(new SchedSwitch(0, 1, 174, 1, 14164, 125, TaskState.RUNNABLE, 18431, 120));
    }

    @Test
    void wakeInKernelAndPluginText() {
        // target_cpu=012 is twelve, not octal ten
        assertThat(Logs.one("sched:sched_waking: comm=migration/0 pid=21 prio=0 target_cpu=012"))
                .isEqualTo(new SchedWake(0, 1, 174, 1, SchedWake.Stage.WAKING, 21, 0, 12));
        assertThat(Logs.one("sched:sched_wakeup: comm=perf pid=21 prio=120 success=1 target_cpu=000"))
                .isEqualTo(new SchedWake(0, 1, 174, 1, SchedWake.Stage.WAKEUP, 21, 120, 0));
        assertThat(Logs.one("sched_wakeup_new:     sh:218 [101] CPU:001"))
                .isEqualTo(new SchedWake(0, 1, 174, 1, SchedWake.Stage.WAKEUP_NEW, 218, 101, 1));
        assertThat(Logs.one("sched_wakeup:         sh:218 [101] success=1 CPU:001"))
                .isEqualTo(new SchedWake(0, 1, 174, 1, SchedWake.Stage.WAKEUP, 218, 101, 1));
        assertThat(Logs.one("sched:sched_migrate_task: comm=perf pid=207 prio=101 orig_cpu=0 dest_cpu=1"))
                .isEqualTo(new SchedMigrate(0, 1, 174, 1, 207, 101, 0, 1));
    }

    @Test
    void hypercalls() {
        assertThat(Logs.one("kvm:kvm_hypercall: nr 0xb a0 0x3 a1 0x0 a2 0x0 a3 0x0"))
                .isEqualTo(new Hypercall(0, 1, 174, 1, Hypercall.Interface.KVM, 11, 3, 0, 0, 0));
        assertThat(Logs.one("kvm:kvm_hypercall: nr 0xa a0 0xf a1 0x1 a2 0x20 a3 0x4fb"))
                .isEqualTo(new Hypercall(0, 1, 174, 1, Hypercall.Interface.KVM, 10, 15, 1, 32, 0x4fb));
        assertThat(Logs.one("kvm:kvm_hv_hypercall: code 0x8 fast var_cnt 0x0 rep_cnt 0x0 idx 0x0 in 0x1000 out 0xffff"))
                .isEqualTo(new Hypercall(0, 1, 174, 1, Hypercall.Interface.HYPERV, 8, 0x1000, 0, 0, 0));
        // before the count of variable header bytes
        assertThat(Logs.one("kvm:kvm_hv_hypercall: code 0x5c slow cnt 0x0 idx 0x0 in 0x1000 out 0x0"))
                .isEqualTo(new Hypercall(0, 1, 174, 1, Hypercall.Interface.HYPERV, 0x5c, 0x1000, 0, 0, 0));
    }

    @Test
    void bookedTime() {
        SchedStat runtime = new SchedStat(0, 1, 174, 1, SchedStat.Type.RUNTIME, 14165, 16304);
        assertThat(Logs.one("sched:sched_stat_runtime: comm=perf pid=14165 runtime=16304 [ns]"))
                .isEqualTo(runtime);
        assertThat(Logs.one("sched:sched_stat_runtime: comm=perf pid=14165 runtime=16304 [ns] vruntime=1 [ns]"))
                .isEqualTo(runtime);
        assertThat(Logs.one("sched_stat_runtime: comm=perf pid=14165 runtime=16304 vruntime=1"))
                .isEqualTo(runtime);
        assertThat(Logs.one("sched_stat_runtime: comm=perf pid=0x3755 (14165) runtime=0x3fb0 (16304)"))
                .isEqualTo(runtime);
        assertThat(Logs.one("sched:sched_stat_iowait: comm=a pid=1 pid=2 delay=7 [ns]"))
                .isEqualTo(new SchedStat(0, 1, 174, 1, SchedStat.Type.IOWAIT, 2, 7));
        assertThat(((SchedStat) Logs.one("sched:sched_stat_wait: comm=a pid=2 delay=7 [ns]")).type())
                .isEqualTo(SchedStat.Type.WAIT);
        assertThat(((SchedStat) Logs.one("sched:sched_stat_sleep: comm=a pid=2 delay=7 [ns]")).type())
                .isEqualTo(SchedStat.Type.SLEEP);
        assertThat(((SchedStat) Logs.one("sched:sched_stat_blocked: comm=a pid=2 delay=7 [ns]")).type())
                .isEqualTo(SchedStat.Type.BLOCKED);
    }

    @Test
    void interruptsOfTheHost() {
        assertThat(Logs.one("ipi:ipi_send_cpu: cpu=12 callsite=ttwu_queue_wakelist+0x92/0xa0 callback=0x0"))
                .isEqualTo(new HostIpi(0, 1, 174, 1, 12, true));
        assertThat(Logs.one("ipi_send_cpu: cpu=0x1 (1) callsite=update_curr+0x80/0x140 (-2126826992) callback=0x0 (0)"))
                .isEqualTo(new HostIpi(0, 1, 174, 1, 1, true));
        assertThat(Logs.one(
                        "ipi_send_cpu: cpu=3 callsite=f+0x1 callback=generic_smp_call_function_single_interrupt+0x0"))
                .isEqualTo(new HostIpi(0, 1, 174, 1, 3, false));
        assertThat(Logs.one("irq:irq_handler_entry: irq=24 name=nvme0q1"))
                .isEqualTo(interrupt(Source.DEVICE, Phase.ENTRY, 24));
        assertThat(Logs.one("irq:irq_handler_exit: irq=24 ret=handled"))
                .isEqualTo(interrupt(Source.DEVICE, Phase.EXIT, 24));
        assertThat(Logs.one("irq:softirq_raise: vec=1 [action=TIMER]"))
                .isEqualTo(interrupt(Source.SOFTIRQ, Phase.RAISE, 1));
        assertThat(Logs.one("irq_vectors:reschedule_entry: vector=253"))
                .isEqualTo(interrupt(Source.RESCHEDULE, Phase.ENTRY, 253));
        assertThat(Logs.one("irq_vectors:call_function_single_exit: vector=251"))
                .isEqualTo(interrupt(Source.CALL_FUNCTION, Phase.EXIT, 251));
        assertThat(Logs.one("irq_vectors:call_function_entry: vector=252"))
                .isEqualTo(interrupt(Source.CALL_FUNCTION, Phase.ENTRY, 252));
        assertThat(Logs.one("irq_vectors:local_timer_entry: vector=236"))
                .isEqualTo(interrupt(Source.LOCAL_TIMER, Phase.ENTRY, 236));
        assertThat(Logs.one("irq_vectors:irq_work_exit: vector=246"))
                .isEqualTo(interrupt(Source.IRQ_WORK, Phase.EXIT, 246));
        assertThat(Logs.one("irq_vectors:x86_platform_ipi_entry: vector=247"))
                .isEqualTo(interrupt(Source.PLATFORM_IPI, Phase.ENTRY, 247));
    }

    private static HostInterrupt interrupt(Source source, Phase phase, int number) {
        return new HostInterrupt(0, 1, 174, 1, source, phase, number);
    }

    @Test
    void theWindowBefore54IsPrintedNewFirstAndEvenUnchanged() {
        assertThat(Logs.one("kvm:kvm_ple_window: vcpu 1: ple_window 8192 (grow 4096)"))
                .isEqualTo(new PleWindowUpdate(0, 1, 174, 1, 1, 4096, 8192));
        // a proposal with today's text under the old name
        assertThat(Logs.one("kvm:kvm_ple_window: vcpu 4 old 4096 new 8192 (growed)"))
                .isEqualTo(new PleWindowUpdate(0, 1, 174, 1, 4, 4096, 8192));
        assertThat(Logs.one("kvm:kvm_ple_window: vcpu 0: ple_window 4096 (shrink 4096)"))
                .isEqualTo(new OtherEvent(0, 1, 174, 1, "kvm_ple_window"));
    }

    @Test
    void everythingElsePassesByName() {
        assertThat(Logs.one("kvm:kvm_pv_eoi: apicid 1 vector 236"))
                .isEqualTo(new OtherEvent(0, 1, 174, 1, "kvm_pv_eoi"));
        assertThat(Logs.one("kvm:kvm_apic: apic_write APIC_ICR = 0x2000000fb"))
                .isEqualTo(new OtherEvent(0, 1, 174, 1, "kvm_apic"));
        assertThat(Logs.one("sched:sched_switch: (__probestub_sched_switch+0x4/0x10) preempt=0"))
                .isEqualTo(new OtherEvent(0, 1, 174, 1, "sched_switch"));
        assertThat(Logs.one("sys_futex(uaddr: 7f00, op: 0)")).isEqualTo(new OtherEvent(0, 1, 174, 1, "sys_futex"));
        assertThat(Logs.one("sys_futex -> 0x0")).isEqualTo(new OtherEvent(0, 1, 174, 1, "sys_futex"));
        assertThat(Logs.one("schedule <-do_nanosleep")).isEqualTo(new OtherEvent(0, 1, 174, 1, "schedule"));
        assertThat(Logs.one("  250000 cycles:ppp: ffffffff813ad50a update_se ([kernel.kallsyms])"))
                .isEqualTo(new OtherEvent(0, 1, 174, 1, "cycles"));
        assertThat(Logs.one("schedule+0x2c/0x90 <-do_nanosleep+0x1/0x2"))
                .isEqualTo(new OtherEvent(0, 1, 174, 1, "schedule"));
        assertThat(Logs.one("do_it+0x2c: a message")).isEqualTo(new OtherEvent(0, 1, 174, 1, "do_it"));
        assertThat(Logs.one("0xffffffffa0000000: from a BPF program")).isEqualTo(new OtherEvent(0, 1, 174, 1, "print"));
        assertThat(Logs.one("0: B|1234|frame")).isEqualTo(new OtherEvent(0, 1, 174, 1, "print"));
        // the wake-up tracers' own lines
        assertThat(Logs.one("  3997:120:R   + [001]  4055:120:R bash"))
                .isEqualTo(new OtherEvent(0, 1, 174, 1, "wakeup"));
        assertThat(Logs.one("  3997:120:R ==> [001]  4055: 94:R sleep"))
                .isEqualTo(new OtherEvent(0, 1, 174, 1, "context_switch"));
        assertThat(Logs.one("<hack>: Set DRs")).isEqualTo(new OtherEvent(0, 1, 174, 1, "<hack>"));
        assertThat(Logs.one("never_seen_before: a=1")).isEqualTo(new OtherEvent(0, 1, 174, 1, "never_seen_before"));
    }

    @Test
    void lostEventsInEverySpelling() {
        assertThat(Logs.one("PERF_RECORD_LOST lost 5")).isEqualTo(new EventsLost(0, 1, 174, 1, 5));
        String event = Logs.PERF + "kvm:kvm_entry: vcpu 2\n";
        assertThat(Logs.read(event + "CPU:7 [LOST 342 EVENTS]\n").events().get(1))
                .isEqualTo(new EventsLost(0, 7, -1, 2, 342));
        assertThat(Logs.read(event + "CPU:7 [204600 EVENTS DROPPED]\n").events().get(1))
                .isEqualTo(new EventsLost(0, 7, -1, 2, 204600));
        assertThat(Logs.read(event + "CPU:7 [EVENTS DROPPED]\n").events().get(1))
                .isEqualTo(new EventsLost(0, 7, -1, 2, -1));
    }
}
