package plescope.analysis.recording;

/** What perf script prints of one vCPU that works, arms its timer and halts until it rings; there is no PLE exit. */
final class SleeperLog {
    /** From one round to the next. */
    static final long ROUND_US = 10_000;

    /** A round's work before it arms its timer. */
    static final long WORK_US = 1_000;

    /** Cycles of the guest's clock per microsecond. */
    private static final long CYCLES_PER_US = 2_000;

    private final StringBuilder text = new StringBuilder();

    private SleeperLog() {}

    static String of(int rounds) {
        SleeperLog log = new SleeperLog();
        for (int round = 0; round < rounds; round++) {
            log.round(round * ROUND_US);
        }
        return log.text.toString();
    }

    /** Works a millisecond, arms the timer for the begin of the next round, halts, and is back in its guest 5 us after it rang. */
    private void round(long startUs) {
        long armedUs = startUs + WORK_US;
        if (startUs > 0) {
            line("swapper", 0, startUs, "sched:sched_waking: comm=CPU 0/KVM pid=280 prio=120 target_cpu=001");
            line(
                    "swapper",
                    0,
                    startUs + 1,
                    "sched:sched_switch: prev_comm=swapper/1 prev_pid=0 prev_prio=120 prev_state=R"
                            + " ==> next_comm=CPU 0/KVM next_pid=280 next_prio=120");
        }
        line("CPU 0/KVM", 280, startUs + 5, "kvm:kvm_entry: vcpu 0, rip 0xffffffff81a592eb");
        exit(armedUs, "msr", "0xffffffff8107e914");
        line(
                "CPU 0/KVM",
                280,
                armedUs + 1,
                "kvm:kvm_msr: msr_write 6e0 = 0x" + Long.toHexString((startUs + ROUND_US) * CYCLES_PER_US));
        line("CPU 0/KVM", 280, armedUs + 2, "kvm:kvm_entry: vcpu 0, rip 0xffffffff8107e916");
        exit(armedUs + 10, "hlt", "0xffffffff81a592ea");
        line(
                "CPU 0/KVM",
                280,
                armedUs + 12,
                "sched:sched_switch: prev_comm=CPU 0/KVM prev_pid=280 prev_prio=120"
                        + " prev_state=S ==> next_comm=swapper/1 next_pid=0 next_prio=120");
    }

    private void exit(long timeUs, String reason, String rip) {
        line(
                "CPU 0/KVM",
                280,
                timeUs,
                "kvm:kvm_exit: vcpu 0 reason " + reason + " rip " + rip
                        + " info1 0x0000000000000001 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000");
    }

    private void line(String comm, int tid, long timeUs, String event) {
        text.append(String.format(
                "%16s %5d [001] %5d.%06d: %s%n", comm, tid, 8 + timeUs / 1_000_000, timeUs % 1_000_000, event));
    }
}
