ATTACH '{file}' AS log_event (READ_ONLY);

CREATE TEMP VIEW event AS
SELECT
    e.line, e.time_ns, e.pcpu, e.tid, t.tgid, t.comm, n.text AS event, e.vcpu, r.text AS reason, r.family, e.guest_rip, e.prev_tid,
    ['RUNNABLE', 'PREEMPTED', 'SLEEPING', 'UNINTERRUPTIBLE', 'STOPPED', 'DEAD', 'PARKED', 'IDLE', 'UNKNOWN'][e.prev_state + 1]
        AS prev_state,
    e.next_tid, e.target_tid, e.target_pcpu, e.vector, e.number, e.value
FROM log_event.event AS e
JOIN log_event.event_name AS n ON n.name = e.name
LEFT JOIN log_event.thread_name AS t ON t.thread = e.thread
LEFT JOIN log_event.exit_reason AS r ON r.reason = e.reason;
COMMENT ON VIEW event IS 'Every event of the log, one row each.';
COMMENT ON COLUMN event.line IS 'Line of the log from 1';
COMMENT ON COLUMN event.time_ns IS 'When, nanoseconds from the first event';
COMMENT ON COLUMN event.pcpu IS 'Host CPU, NULL where the log does not say';
COMMENT ON COLUMN event.tid IS 'Host thread in whose context it happened, 0 for the idle task, NULL where the log does not say';
COMMENT ON COLUMN event.tgid IS 'Its process, NULL where the log does not say';
COMMENT ON COLUMN event.comm IS 'Its name at that time';
COMMENT ON COLUMN event.event IS 'Tracepoint, by the kernel''s name without the system';
COMMENT ON COLUMN event.vcpu IS 'kvm_exit, kvm_entry, PLE and halt-poll windows: the vCPU as printed, NULL where the dialect has none';
COMMENT ON COLUMN event.reason IS 'kvm_exit: why, by the current kernel''s name';
COMMENT ON COLUMN event.family IS 'kvm_exit: meaning shared by all vendors: PAUSE, HALT, INTERRUPT, INTERRUPT_WINDOW, MSR, APIC, IO, PAGE_FAULT, HYPERCALL, OTHER';
COMMENT ON COLUMN event.guest_rip IS 'kvm_exit, kvm_entry: guest address, as a signed 64-bit number; hex_address() prints it';
COMMENT ON COLUMN event.prev_tid IS 'sched_switch: who left the CPU';
COMMENT ON COLUMN event.prev_state IS 'sched_switch: RUNNABLE (yielded, or preempted where the text does not tell), PREEMPTED, SLEEPING ...';
COMMENT ON COLUMN event.next_tid IS 'sched_switch: who got the CPU';
COMMENT ON COLUMN event.target_tid IS 'sched_wak*: the thread woken; sched_migrate_task: the thread moved; sched_stat_*: the thread it is about';
COMMENT ON COLUMN event.target_pcpu IS 'sched_wak*, ipi_send_cpu: the target''s host CPU; sched_migrate_task: where it goes';
COMMENT ON COLUMN event.vector IS 'Interrupt vector of kvm_apic_ipi, kvm_apic_accept_irq, kvm_eoi, kvm_inj_virq';
COMMENT ON COLUMN event.number IS 'APIC id of kvm_apic_*, kvm_eoi; MSR index; number of a hypercall, IRQ, soft IRQ or host vector; host CPU that sched_migrate_task leaves';
COMMENT ON COLUMN event.value IS 'MSR data; new PLE or halt-poll window; first argument of a hypercall; nanoseconds of kvm_vcpu_wakeup and sched_stat_*; events lost';

CREATE TEMP VIEW kvm_event AS
SELECT e.line, e.time_ns, e.pcpu, e.tid, e.tgid, e.comm, e.event, e.vcpu, e.reason, e.family, e.guest_rip, e.vector, e.number, e.value
FROM event AS e
WHERE starts_with(e.event, 'kvm');
COMMENT ON VIEW kvm_event IS 'Events of KVM: see the view event.';

CREATE TEMP VIEW sched_event AS
SELECT
    e.line, e.time_ns, e.pcpu, e.tid, e.tgid, e.comm, e.event, e.prev_tid, e.prev_state, e.next_tid, e.target_tid, e.target_pcpu,
    e.number, e.value
FROM event AS e
WHERE starts_with(e.event, 'sched');
COMMENT ON VIEW sched_event IS 'Events of the host''s scheduler: see the view event.';
