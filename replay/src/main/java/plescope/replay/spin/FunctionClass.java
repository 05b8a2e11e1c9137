package plescope.replay.spin;

/** What a guest function's name tells about a vCPU that spins in it. */
enum FunctionClass {
    LOCK,
    IPI,
    TLB,
    OTHER;

    static FunctionClass of(String name) {
        if (name.contains("flush_tlb") || name.contains("tlb_flush") || name.contains("tlb_shootdown")) {
            return TLB;
        }
        if (name.startsWith("smp_call_function")
                || name.startsWith("csd_lock")
                || name.startsWith("__csd_lock")
                || name.startsWith("on_each_cpu")
                || name.contains("ipi_wait")) {
            return IPI;
        }
        boolean lock = name.contains("spin_lock")
                || name.contains("spin_wait")
                || name.contains("spin_on_owner")
                || name.contains("optimistic_spin")
                || name.startsWith("queued_")
                || name.startsWith("osq_lock")
                || name.startsWith("mutex_")
                || name.startsWith("rwsem_")
                || name.startsWith("bit_spin_")
                || name.startsWith("try_to_wake_up")
                || name.contains("ticket")
                || name.contains("mcs_");
        return lock ? LOCK : OTHER;
    }

    /**
     * Whether a vCPU found anywhere in this function waits. PAUSE exits come from the loop alone, but host interrupts hit all of a
     * function, and most of those of {@link #of} also work: {@code mutex_lock}, a receiver's {@code flush_tlb_func}. Kernels that spin
     * inside {@code _raw_spin_lock} itself (before 4.2) need their loop's addresses instead [R].
     */
    static boolean spinsThroughout(String name) {
        boolean ipi = name.startsWith("smp_call_function")
                || name.startsWith("csd_lock_wait")
                || name.startsWith("__csd_lock_wait")
                || name.contains("ipi_wait");
        return ipi
                || name.contains("lock_slowpath")
                || name.contains("spin_wait")
                || name.contains("spin_on_owner")
                || name.contains("optimistic_spin")
                || name.contains("ticket_spin_lock")
                || name.contains("mcs_spin_lock")
                || name.startsWith("osq_lock");
    }
}
