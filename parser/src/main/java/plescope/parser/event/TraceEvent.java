package plescope.parser.event;

/**
 * One record of the log, the same for every producer, dialect and kernel version.
 *
 * <p>Java 17 has no pattern switch: consumers switch over {@link #kind()} without a default, so that a new kind fails to
 * compile wherever a decision is missing.
 */
public sealed interface TraceEvent
        permits ApicAcceptIrq,
                ApicIpi,
                Eoi,
                EventsLost,
                HaltPollWindow,
                HostInterrupt,
                HostIpi,
                Hypercall,
                InjectedVirq,
                KvmEntry,
                KvmExit,
                MsrAccess,
                OtherEvent,
                PleWindowUpdate,
                SchedMigrate,
                SchedStat,
                SchedSwitch,
                SchedWake,
                ThreadNamed,
                VcpuWakeup {

    /** No kernel is built for more CPUs (CONFIG_NR_CPUS of x86 [R]): a larger number is damage. */
    int MAX_PCPUS = 8192;

    /**
     * No vCPU has a larger number: x86 gives them below 4 × 4096 (KVM_MAX_VCPU_IDS [K]), powerpc below 8 times the host's CPUs [K], of
     * which this allows 4096 [I].
     */
    int MAX_VCPU_IDS = 1 << 15;

    /** Nanoseconds since the first event line of the log; slightly negative only for lines the reorder window moved. */
    long timestampNs();

    /** The host CPU the event was recorded on, below {@link #MAX_PCPUS}, or -1 where the log does not print it. */
    int pcpu();

    /** Host thread id of the task that was current, 0 for any CPU's idle task, -1 for an already reaped thread. */
    int tid();

    /** 1-based line of the log. */
    long line();

    EventKind kind();
}
