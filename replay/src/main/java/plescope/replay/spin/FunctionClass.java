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
}
