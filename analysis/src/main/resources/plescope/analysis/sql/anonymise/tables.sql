-- What a shared copy says. Numbers of VMs, vCPUs and schedules, states, times from the first event and line numbers stay; texts
-- that a trace or its user wrote do not.
INSERT INTO trace
SELECT
    'anonymous', producer, isa, lines, events, lost_events, CASE WHEN {keep_time} THEN first_timestamp_ns ELSE 1000000000000 END,
    span_ns, resolution_ns, nullif(regexp_extract(kernel_release, '^[0-9]+(\.[0-9]+){1,3}'), ''), kernel_at_least, kernel_before
FROM original.trace;
INSERT INTO trace_file SELECT first_line, 'log' || row_number() OVER (ORDER BY first_line) FROM original.trace_file;
INSERT INTO trace_header
SELECT key, regexp_extract(value, '^[0-9]+(\.[0-9]+){1,3}') FROM original.trace_header WHERE key = 'os release'
UNION ALL SELECT key, regexp_extract(value, '^(GenuineIntel|AuthenticAMD)') FROM original.trace_header WHERE key = 'cpuid';
INSERT INTO tracepoint
SELECT
    CASE WHEN regexp_full_match(name,
        'kvm_(exit|entry|ple_window|ple_window_update|apic_ipi|apic_accept_irq|inj_virq|eoi|msr|vcpu_wakeup|halt_poll_ns|hypercall|hv_hypercall)'
        || '|sched_(switch|waking|wakeup|wakeup_new|migrate_task|stat_(runtime|wait|sleep|iowait|blocked))|ipi_send_cpu'
        || '|irq_handler_(entry|exit)|softirq_(entry|exit|raise)') THEN name
        ELSE 'masked' || row_number() OVER (ORDER BY events DESC, name) END,
    events
FROM original.tracepoint;
INSERT INTO diagnostic
SELECT code, severity, occurrences, 'log', line, "position", 'left out', 'left out' FROM original.diagnostic;
INSERT INTO vm SELECT vm, 'vm' || vm, renamed(tgid), grouping FROM original.vm;
INSERT INTO vcpu
SELECT v.vcpu, v.vm, v.number, renamed(v.tid), n.new FROM original.vcpu AS v JOIN new_name AS n ON n.old = v.comm;
INSERT INTO thread
SELECT renamed(t.tid), renamed(t.tgid), n.new FROM original.thread AS t JOIN new_name AS n ON n.old = t.comm;
INSERT INTO pcpu FROM original.pcpu;
INSERT INTO symbol
SELECT s.vm, moved(s.guest_rip), CASE WHEN {keep_symbols} THEN s.name ELSE n.new END, s.distance
FROM original.symbol AS s
JOIN new_name AS n ON n.old = s.name;
INSERT INTO spin_code
SELECT DISTINCT CASE WHEN c.vm_name = '*' THEN '*' ELSE 'vm' || m.vm END, moved(c.from_rip), moved(c.to_rip), c.kind, c.unit_ps
FROM original.spin_code AS c
JOIN original.vm AS m ON c.vm_name IN (m.name, '*');
INSERT INTO run
SELECT
    r.run,
    CASE WHEN EXISTS (FROM original.vm AS m WHERE contains(r.setting, m.name) AND m.name <> 'vm' || m.vm) THEN 'what-if ' || r.run
        ELSE r.setting END,
    r.role::VARCHAR::run_role, r.seed, r.elapsed_ns
FROM original.run AS r;
INSERT INTO run_metric FROM original.run_metric;
INSERT INTO host_fact SELECT place, fact, value, unit, origin, '' FROM original.host_fact;
INSERT INTO host_model FROM original.host_model;
INSERT INTO prediction FROM original.prediction;
INSERT INTO vcpu_interval
SELECT run, vcpu, state::VARCHAR::vcpu_state, pcpu, start_ns, end_ns, origin::VARCHAR::origin FROM original.vcpu_interval;
INSERT INTO exit_reason
SELECT
    reason, isa, code, CASE WHEN isa = 'UNKNOWN' THEN 'masked' || reason ELSE name END, family,
    CASE WHEN isa = 'UNKNOWN' THEN 'masked' || reason ELSE spelling END, failed_entry
FROM original.exit_reason;
INSERT INTO vm_exit
SELECT
    x.run, x.vcpu, x.pcpu, x.exit_ns, x.entry_ns, x.reason, moved(x.guest_rip), x.guest_ns, x.ple_window, x.line
FROM original.vm_exit AS x;
INSERT INTO wakeup
SELECT w.run, w.vcpu, w.time_ns, n.new, w.waker_vcpu, w.pcpu, w.source::VARCHAR::wakeup_source, w.line
FROM original.wakeup AS w
LEFT JOIN new_id AS n ON n.old = w.waker_tid;
INSERT INTO wake_edge
SELECT run, vcpu, time_ns, ran_ns, source::VARCHAR::wake_source, sender, vector, ipi_line FROM original.wake_edge;
INSERT INTO timer_armed
SELECT t.run, t.vcpu, t.time_ns, counted(t.deadline)
FROM original.timer_armed AS t;
INSERT INTO ipi
SELECT run, sender, receiver, vector, sent_ns, ack_ns, line, ack_line, receiver_state::VARCHAR::vcpu_state FROM original.ipi;
INSERT INTO context_switch
SELECT s.run, s.pcpu, s.time_ns, p.new, n.new
FROM original.context_switch AS s
JOIN new_id AS p ON p.old = s.prev_tid
JOIN new_id AS n ON n.old = s.next_tid;
INSERT INTO pcpu_stay FROM original.pcpu_stay;
INSERT INTO pcpu_wait
SELECT w.run, w.vcpu, w.pcpu, w.holder_vcpu, n.new, w.held_ns, w.spinning_ns
FROM original.pcpu_wait AS w
LEFT JOIN new_id AS n ON n.old = w.holder_tid;
INSERT INTO spin_episode
SELECT
    e.run, e.episode, e.vcpu, e.start_ns, e.end_ns, e.ple_exits, e.spin_ns, moved(e.guest_rip),
    e.spin_end::VARCHAR::spin_end, e.origin::VARCHAR::origin, e.first_line, e.last_line
FROM original.spin_episode AS e;
INSERT INTO directed_yield
SELECT
    y.run, y.episode, y.spinner, y.pcpu, y.exit_ns, y.outcome::VARCHAR::yield_outcome, y.successor_vcpu, n.new, y.off_cpu_ns,
    y.back_before_progress::VARCHAR::tristate, y.hit_culprit::VARCHAR::tristate, y.target, y.same_queue::VARCHAR::tristate,
    y.continuation::VARCHAR::continuation, y.line, y.spin_ns, y.culprit
FROM original.directed_yield AS y
LEFT JOIN new_id AS n ON n.old = y.successor_tid;
INSERT INTO wait
SELECT
    run, episode, cause::VARCHAR::wait_cause, cause_probability, evidence::VARCHAR::evidence, entropy_bits, ambiguous, lock, ahead,
    root, fifo_share, held_up::VARCHAR::tristate, vcpu, ple_exits, spin_ns, suspect, residual_ns
FROM original.wait;
INSERT INTO wait_candidate FROM original.wait_candidate;
INSERT INTO wait_receiver FROM original.wait_receiver;
INSERT INTO wait_evidence FROM original.wait_evidence;
