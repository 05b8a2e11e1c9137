package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.OtherEvent;

/** The rule of each event takes that event's lines and no others: every name is tried with every event's text. */
final class CaptureTest {
    private static final Map<String, String> TEXTS = new LinkedHashMap<>();

    static {
        TEXTS.put("kvm_exit", "vcpu 1 reason pause rip 0x10 info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0");
        TEXTS.put("kvm_entry", "vcpu 1, rip 0x10");
        TEXTS.put("kvm_ple_window_update", "vcpu 1 old 3000 new 6000 (growed)");
        TEXTS.put("kvm_ple_window", "vcpu 1: ple_window 8192 (grow 4096)");
        TEXTS.put("kvm_apic_ipi", "dst b0 vec 176 (Fixed|physical|assert|edge|self)");
        TEXTS.put("kvm_apic_accept_irq", "apicid b0 vec 236 (Fixed|level)");
        TEXTS.put("kvm_eoi", "apicid b0 vector 52");
        TEXTS.put("kvm_inj_virq", "IRQ 0xb0");
        TEXTS.put("kvm_msr", "msr_write 830 = 0xb0000440b0");
        TEXTS.put("kvm_vcpu_wakeup", "wait time 3998471 ns, polling valid");
        TEXTS.put("kvm_halt_poll_ns", "vcpu 0: halt_poll_ns 10000 (grow 0)");
        TEXTS.put("kvm_hypercall", "nr 0xb a0 0x3 a1 0x0 a2 0x0 a3 0x0");
        TEXTS.put("kvm_hv_hypercall", "code 0x8 fast var_cnt 0x0 rep_cnt 0x0 idx 0x0 in 0x1000 out 0x0");
        TEXTS.put("kvm_wfx_arm64", "guest executed wfe at: 0xffffffc080528a6c");
        TEXTS.put("kvm_s390_sie_enter", "03[0704c00180000000-0000000000114f2e]: entering sie flags 0");
        TEXTS.put("kvm_s390_sie_exit", "03[0704c00180000000-0000000000114f2e]: exit sie icptcode 4 (Instruction)");
        TEXTS.put("kvm_s390_handle_diag", "03[0-114f2e]: handle diagnose call 0044 (DIAG (0x44) time slice end)");
        TEXTS.put("kvm_guest_enter", "VCPU 3: pc=0xc000 pexcp=0x0 ceded=0");
        TEXTS.put("kvm_guest_exit", "VCPU 3: trap=SYSCALL pc=0xc000 msr=0x0, ceded=0");
        TEXTS.put("kvm_hcall_enter", "VCPU 3: hcall=H_CONFER GPR4-7=0x1,0x2,0x3,0x4");
        TEXTS.put("kvm_enter", "vcpu 2 PC: 0x9000000000201000");
        TEXTS.put("kvm_exit_idle", "vcpu 2 [IDLE] PC: 0x9000000000201000");
        TEXTS.put(
                "sched_switch",
                "prev_comm=a prev_pid=1 prev_prio=120 prev_state=R ==> next_comm=b next_pid=2 next_prio=120");
        TEXTS.put("sched_waking", "comm=a pid=1 prio=120 target_cpu=001");
        TEXTS.put("sched_wakeup", "comm=a pid=1 prio=120 success=1 target_cpu=001");
        TEXTS.put("sched_wakeup_new", "a:1 [120] CPU:001");
        TEXTS.put("sched_migrate_task", "comm=a pid=1 prio=120 orig_cpu=0 dest_cpu=1");
        TEXTS.put("sched_stat_runtime", "comm=a pid=1 runtime=16304 [ns]");
        TEXTS.put("sched_stat_wait", "comm=a pid=1 delay=7 [ns]");
        TEXTS.put("ipi_send_cpu", "cpu=12 callsite=ttwu_queue_wakelist+0x92/0xa0 callback=0x0");
        TEXTS.put("irq_handler_entry", "irq=24 name=nvme0q1");
        TEXTS.put("softirq_raise", "vec=1 [action=TIMER]");
        TEXTS.put("reschedule_entry", "vector=253");
    }

    /** Who reads whose text besides its own, because some kernel prints both under either name. */
    private static final Set<String> SHARED = Set.of(
            "kvm_ple_window <- kvm_ple_window_update",
            "kvm_exit <- kvm_exit_idle",
            "sched_waking <- sched_wakeup",
            "sched_waking <- sched_wakeup_new",
            "sched_wakeup <- sched_waking",
            "sched_wakeup <- sched_wakeup_new",
            "sched_wakeup_new <- sched_waking",
            "sched_wakeup_new <- sched_wakeup",
            "irq_handler_entry <- softirq_raise",
            "irq_handler_entry <- reschedule_entry",
            "softirq_raise <- irq_handler_entry",
            "softirq_raise <- reschedule_entry",
            "reschedule_entry <- irq_handler_entry",
            "reschedule_entry <- softirq_raise");

    private static boolean takes(String name, String text) {
        String good = Logs.PERF + "never_seen_before: a=1\n";
        Logs log = Logs.read(good + Logs.PERF + name + ": " + text + "\n" + good);
        boolean read = log.events().size() == 3;
        assertThat(log.summary.diagnostics().count(DiagnosticCode.DAMAGED_PAYLOAD))
                .as(name + ": " + text)
                .isEqualTo(read ? 0 : 1);
        return read;
    }

    @Test
    void eachNameTakesItsOwnTextAndNoOther() {
        TEXTS.forEach((name, text) -> assertThat(takes(name, text)).as(name).isTrue());
        Set<String> shared = new TreeSet<>();
        for (String name : TEXTS.keySet()) {
            TEXTS.forEach((other, text) -> {
                if (!name.equals(other) && takes(name, text)) {
                    shared.add(name + " <- " + other);
                }
            });
        }
        assertThat(shared).isEqualTo(new TreeSet<>(SHARED));
    }

    @Test
    void namesThatOnlyBeginOrEndLikeAnEventsPassByName() {
        TEXTS.forEach((name, text) -> {
            for (String like : new String[] {name + "_2", "my_" + name, name + "s"}) {
                assertThat(Logs.one(like + ": " + text)).isEqualTo(new OtherEvent(0, 1, 174, 1, like));
            }
        });
    }

    @Test
    void eventsWithoutARuleKeepTimeCpuAndThread() {
        for (String event : new String[] {
            "kvm_pv_tlb_flush: vcpu 2 need_flush_tlb true",
            "kvm_hv_flush_tlb: processor_mask 0x3 address_space 0x1000 flags 0x0",
            "kvm_hv_send_ipi: vector 226 processor_mask 0x2",
            "kvm_avic_incomplete_ipi: vcpu=1, icrh:icrl=0x01000000:000000fd, id=1, index=2",
            "kvm_avic_doorbell: vcpuid=1, apicid=2",
            "kvm_pi_irte_update: PI is enabled and being updated for irq 52, vcpu 1, gsi: 0x18, gvec: 0x31, pi_desc_addr: 0x8",
            "kvm_wait_lapic_expire: vcpu 1: delta -12 (early)",
            "kvm_userspace_exit: reason KVM_EXIT_IO (2)",
            "kvm_nested_vmenter: rip: 0x8 vmcb: 0x1 nested_rip: 0x2 int_ctl: 0x0 event_inj: 0x0 nested_npt=y nested_cr3: 0x3",
            "kvm_pvclock_update: vcpu_id 1, pvclock { version 2, tsc_timestamp 0x8 }",
            "sched_pi_setprio: comm=a pid=1 oldprio=120 newprio=98",
            "ipi_send_cpumask: cpumask=0,2-3 callsite=f+0x1 callback=0x0",
            "kvm_sched_event: anything {at} all",
        }) {
            String name = event.substring(0, event.indexOf(':'));
            for (String prefix : new String[] {
                Logs.PERF + "kvm:",
                "       CPU 3/KVM-174     [001] d..2.     3.299988: ",
                "       CPU 3/KVM-174     [001]     3.299988: ",
            }) {
                assertThat(Logs.read(prefix + event + "\n").events())
                        .containsExactly(new OtherEvent(0, 1, 174, 1, name));
            }
        }
    }
}
