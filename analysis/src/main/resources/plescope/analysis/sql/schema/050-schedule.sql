CREATE TYPE vcpu_state AS ENUM (
    'GUEST', 'SPINNING', 'HOST', 'HALT_POLL', 'PREEMPTED', 'WAITING', 'BLOCKED', 'UNKNOWN');
CREATE TYPE origin AS ENUM ('RECORDED', 'INFERRED', 'SYNTHETIC');

CREATE TABLE vcpu_interval (
    run SMALLINT NOT NULL,
    vcpu SMALLINT NOT NULL,
    state vcpu_state NOT NULL,
    pcpu SMALLINT,
    start_ns BIGINT NOT NULL,
    end_ns BIGINT NOT NULL,
    origin origin NOT NULL
);
COMMENT ON TABLE vcpu_interval IS 'What each vCPU did at every moment: its intervals touch without gap or overlap.';
COMMENT ON COLUMN vcpu_interval.run IS 'The schedule: run.run';
COMMENT ON COLUMN vcpu_interval.vcpu IS 'The vCPU: vcpu.vcpu';
COMMENT ON COLUMN vcpu_interval.state IS 'GUEST useful guest work; SPINNING in a PAUSE loop; HOST exit handling; HALT_POLL; PREEMPTED lost the pCPU; WAITING woken, not yet run; BLOCKED halted; UNKNOWN. Steal time = PREEMPTED + WAITING';
COMMENT ON COLUMN vcpu_interval.pcpu IS 'Host CPU it runs or is queued on, NULL where unknown or blocked';
COMMENT ON COLUMN vcpu_interval.start_ns IS 'Begin, nanoseconds from the first event';
COMMENT ON COLUMN vcpu_interval.end_ns IS 'End, nanoseconds from the first event';
COMMENT ON COLUMN vcpu_interval.origin IS 'RECORDED (an event says so), INFERRED (deduced), SYNTHETIC (simulated)';

CREATE TABLE exit_reason (
    reason SMALLINT NOT NULL,
    isa VARCHAR NOT NULL,
    code INTEGER,
    name VARCHAR NOT NULL,
    family VARCHAR NOT NULL,
    spelling VARCHAR NOT NULL,
    failed_entry BOOLEAN NOT NULL
);
COMMENT ON TABLE exit_reason IS 'Why a guest left guest mode: one row per text that the log prints for it.';
COMMENT ON COLUMN exit_reason.reason IS 'Number from 0, by first use in this file';
COMMENT ON COLUMN exit_reason.isa IS 'Whose table the code belongs to: VMX, SVM or UNKNOWN';
COMMENT ON COLUMN exit_reason.code IS 'VMX basic exit reason or SVM exit code, NULL where only a name is known';
COMMENT ON COLUMN exit_reason.name IS 'The kernel''s name: PAUSE_INSTRUCTION, pause';
COMMENT ON COLUMN exit_reason.family IS 'Meaning shared by both vendors: PAUSE, HALT, INTERRUPT, INTERRUPT_WINDOW, MSR, APIC, IO, PAGE_FAULT, HYPERCALL, OTHER';
COMMENT ON COLUMN exit_reason.spelling IS 'The text as printed: PAUSE_INSTRUCTION, EXIT_PAUSE, 0x28, UNKNOWN (40)';
COMMENT ON COLUMN exit_reason.failed_entry IS 'The VM entry before the exit failed (FAILED_VMENTRY); the guest has not run';

CREATE TABLE vm_exit (
    run SMALLINT NOT NULL,
    vcpu SMALLINT NOT NULL,
    pcpu SMALLINT,
    exit_ns BIGINT NOT NULL,
    entry_ns BIGINT,
    reason SMALLINT NOT NULL,
    guest_rip BIGINT NOT NULL,
    guest_ns BIGINT,
    ple_window INTEGER,
    line BIGINT
);
COMMENT ON TABLE vm_exit IS 'Exits from guest mode and their handling.';
COMMENT ON COLUMN vm_exit.run IS 'The schedule: run.run';
COMMENT ON COLUMN vm_exit.vcpu IS 'The vCPU: vcpu.vcpu';
COMMENT ON COLUMN vm_exit.pcpu IS 'Host CPU of the exit, NULL where unknown';
COMMENT ON COLUMN vm_exit.exit_ns IS 'When the guest left guest mode, nanoseconds from the first event';
COMMENT ON COLUMN vm_exit.entry_ns IS 'When the same thread entered again, time off the pCPU included; NULL where no entry was seen';
COMMENT ON COLUMN vm_exit.reason IS 'Why: exit_reason.reason';
COMMENT ON COLUMN vm_exit.guest_rip IS 'Guest address of the exiting instruction, as a signed 64-bit number; hex_address() prints it';
COMMENT ON COLUMN vm_exit.guest_ns IS 'Length of the guest run that ended here, NULL where its entry was not seen';
COMMENT ON COLUMN vm_exit.ple_window IS 'PLE window in force: cycles on VMX, PAUSE count on SVM; NULL where unknown';
COMMENT ON COLUMN vm_exit.line IS 'Line of the log, NULL in replays';

CREATE TYPE wakeup_source AS ENUM ('SIBLING', 'INTERRUPT', 'THREAD', 'UNKNOWN');

CREATE TABLE wakeup (
    run SMALLINT NOT NULL,
    vcpu SMALLINT NOT NULL,
    time_ns BIGINT NOT NULL,
    waker_tid INTEGER,
    waker_vcpu SMALLINT,
    pcpu SMALLINT,
    source wakeup_source NOT NULL,
    line BIGINT
);
COMMENT ON TABLE wakeup IS 'Blocked vCPU threads made runnable.';
COMMENT ON COLUMN wakeup.run IS 'The schedule: run.run';
COMMENT ON COLUMN wakeup.vcpu IS 'The woken vCPU: vcpu.vcpu';
COMMENT ON COLUMN wakeup.time_ns IS 'When, nanoseconds from the first event';
COMMENT ON COLUMN wakeup.waker_tid IS 'Host thread in whose context the wake-up ran, NULL where unknown';
COMMENT ON COLUMN wakeup.waker_vcpu IS 'The waker where it is a vCPU: vcpu.vcpu, else NULL';
COMMENT ON COLUMN wakeup.pcpu IS 'Host CPU the waker ran on, NULL where unknown';
COMMENT ON COLUMN wakeup.source IS 'SIBLING (vCPU of the same VM, by IPI), INTERRUPT (timer or device), THREAD (VMM, vhost), UNKNOWN';
COMMENT ON COLUMN wakeup.line IS 'Line of the log, NULL in replays';

CREATE TYPE wake_source AS ENUM ('IPI', 'TIMER', 'DEVICE', 'UNKNOWN');

CREATE TABLE wake_edge (
    run SMALLINT NOT NULL,
    vcpu SMALLINT NOT NULL,
    time_ns BIGINT NOT NULL,
    ran_ns BIGINT,
    source wake_source NOT NULL,
    sender SMALLINT,
    vector SMALLINT,
    ipi_line BIGINT
);
COMMENT ON TABLE wake_edge IS 'What woke each vCPU, for recorded schedules.';
COMMENT ON COLUMN wake_edge.run IS 'The schedule: run.run';
COMMENT ON COLUMN wake_edge.vcpu IS 'The woken vCPU: vcpu.vcpu';
COMMENT ON COLUMN wake_edge.time_ns IS 'The wake-up: wakeup.time_ns';
COMMENT ON COLUMN wake_edge.ran_ns IS 'When it next entered guest mode, NULL where that was not seen';
COMMENT ON COLUMN wake_edge.source IS 'IPI (its send is logged), TIMER (its own), DEVICE (a thread of the VMM or vhost woke it), UNKNOWN (posted interrupts hide the sender)';
COMMENT ON COLUMN wake_edge.sender IS 'vCPU that sent the IPI: vcpu.vcpu, else NULL';
COMMENT ON COLUMN wake_edge.vector IS 'Interrupt vector, NULL where its injection is not logged';
COMMENT ON COLUMN wake_edge.ipi_line IS 'Line of the IPI''s send, else NULL';

CREATE TABLE timer_armed (
    run SMALLINT NOT NULL,
    vcpu SMALLINT NOT NULL,
    time_ns BIGINT NOT NULL,
    deadline BIGINT NOT NULL
);
COMMENT ON TABLE timer_armed IS 'Writes of the guests to IA32_TSC_DEADLINE, for recorded schedules: how long a halted vCPU meant to sleep.';
COMMENT ON COLUMN timer_armed.run IS 'The schedule: run.run';
COMMENT ON COLUMN timer_armed.vcpu IS 'Whose local APIC timer it is: vcpu.vcpu';
COMMENT ON COLUMN timer_armed.time_ns IS 'When it was armed, nanoseconds from the first event';
COMMENT ON COLUMN timer_armed.deadline IS 'Guest time-stamp counter at which it rings, in cycles';

CREATE TABLE ipi (
    run SMALLINT NOT NULL,
    sender SMALLINT,
    receiver SMALLINT NOT NULL,
    vector SMALLINT NOT NULL,
    sent_ns BIGINT NOT NULL,
    ack_ns BIGINT,
    line BIGINT,
    ack_line BIGINT,
    receiver_state vcpu_state NOT NULL
);
COMMENT ON TABLE ipi IS 'Interprocessor interrupts between vCPUs of a VM, one row per receiver.';
COMMENT ON COLUMN ipi.run IS 'The schedule: run.run';
COMMENT ON COLUMN ipi.sender IS 'Sending vCPU: vcpu.vcpu; NULL where invisible (posted interrupts)';
COMMENT ON COLUMN ipi.receiver IS 'Receiving vCPU: vcpu.vcpu';
COMMENT ON COLUMN ipi.vector IS 'Interrupt vector';
COMMENT ON COLUMN ipi.sent_ns IS 'When KVM emulated the send, nanoseconds from the first event';
COMMENT ON COLUMN ipi.ack_ns IS 'First evidence that the receiver handled it, NULL where there is none';
COMMENT ON COLUMN ipi.line IS 'Line of the send, NULL in replays';
COMMENT ON COLUMN ipi.ack_line IS 'Line of the acknowledgement, NULL where none';
COMMENT ON COLUMN ipi.receiver_state IS 'What the receiver was doing when it was sent: vcpu_interval.state';

CREATE TABLE context_switch (
    run SMALLINT NOT NULL,
    pcpu SMALLINT NOT NULL,
    time_ns BIGINT NOT NULL,
    prev_tid INTEGER NOT NULL,
    next_tid INTEGER NOT NULL
);
COMMENT ON TABLE context_switch IS 'Context switches of the host, to vCPUs and other threads.';
COMMENT ON COLUMN context_switch.run IS 'The schedule: run.run';
COMMENT ON COLUMN context_switch.pcpu IS 'Host CPU';
COMMENT ON COLUMN context_switch.time_ns IS 'When, nanoseconds from the first event';
COMMENT ON COLUMN context_switch.prev_tid IS 'Host thread that left the CPU, 0 for the idle task, -1 where unknown';
COMMENT ON COLUMN context_switch.next_tid IS 'Host thread that got the CPU, 0 for the idle task, -1 where unknown';

CREATE TABLE pcpu_stay (
    run SMALLINT NOT NULL,
    vcpu SMALLINT NOT NULL,
    pcpu SMALLINT NOT NULL,
    start_ns BIGINT NOT NULL,
    end_ns BIGINT NOT NULL
);
COMMENT ON TABLE pcpu_stay IS 'How long each vCPU stayed on one host CPU, running or ready: its intervals there in one.';
COMMENT ON COLUMN pcpu_stay.run IS 'The schedule: run.run';
COMMENT ON COLUMN pcpu_stay.vcpu IS 'The vCPU: vcpu.vcpu';
COMMENT ON COLUMN pcpu_stay.pcpu IS 'Host CPU';
COMMENT ON COLUMN pcpu_stay.start_ns IS 'When it came there, nanoseconds from the first event';
COMMENT ON COLUMN pcpu_stay.end_ns IS 'When it blocked, was moved or was lost from sight, nanoseconds from the first event';

CREATE TABLE pcpu_wait (
    run SMALLINT NOT NULL,
    vcpu SMALLINT NOT NULL,
    pcpu SMALLINT NOT NULL,
    holder_vcpu SMALLINT,
    holder_tid INTEGER,
    held_ns BIGINT NOT NULL,
    spinning_ns BIGINT NOT NULL
);
COMMENT ON TABLE pcpu_wait IS 'Who had the host CPU while vCPUs stood ready on it, PREEMPTED or WAITING: sums over the schedule, of some in several rows.';
COMMENT ON COLUMN pcpu_wait.run IS 'The schedule: run.run';
COMMENT ON COLUMN pcpu_wait.vcpu IS 'The vCPU that stood ready: vcpu.vcpu';
COMMENT ON COLUMN pcpu_wait.pcpu IS 'Host CPU it was queued on';
COMMENT ON COLUMN pcpu_wait.holder_vcpu IS 'The vCPU that had it, by its intervals: vcpu.vcpu; NULL for threads';
COMMENT ON COLUMN pcpu_wait.holder_tid IS 'The host thread that had it, by context switches, 0 for the idle task; NULL for vCPUs, whose threads may be here as well';
COMMENT ON COLUMN pcpu_wait.held_ns IS 'How long, nanoseconds';
COMMENT ON COLUMN pcpu_wait.spinning_ns IS 'Of it, while the holder was SPINNING';
