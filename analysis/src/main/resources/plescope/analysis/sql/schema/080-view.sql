CREATE VIEW v_vcpu AS
SELECT v.vcpu, m.name || '/vcpu' || v.number AS label, v.vm, m.name AS vm_name, v.number, v.tid, v.comm
FROM vcpu AS v JOIN vm AS m ON m.vm = v.vm;
COMMENT ON VIEW v_vcpu IS 'vCPUs with the label used in reports, such as vm1/vcpu3.';

CREATE VIEW v_vm_exit AS
SELECT
    x.run, l.label AS vcpu, x.pcpu, x.exit_ns, x.entry_ns - x.exit_ns AS handling_ns, r.name AS reason, r.family,
    hex_address(x.guest_rip) AS guest_rip, x.guest_ns, x.ple_window, x.line
FROM vm_exit AS x
JOIN v_vcpu AS l ON l.vcpu = x.vcpu
JOIN exit_reason AS r ON r.reason = x.reason;
COMMENT ON VIEW v_vm_exit IS 'vm_exit with names in place of numbers.';

CREATE VIEW v_spin_episode AS
SELECT
    e.run, e.episode, l.label AS vcpu, l.vm, e.start_ns, e.end_ns, e.ple_exits, e.spin_ns, e.guest_rip AS rip,
    hex_address(e.guest_rip) AS guest_rip,
    w.cause, w.cause_probability, w.evidence, c.label AS culprit, k.probability AS culprit_probability,
    e.spin_end, e.origin, e.first_line, e.last_line
FROM spin_episode AS e
JOIN v_vcpu AS l ON l.vcpu = e.vcpu
LEFT JOIN wait AS w ON w.run = e.run AND w.episode = e.episode
LEFT JOIN wait_candidate AS k ON k.run = e.run AND k.episode = e.episode AND k.rank = 1
LEFT JOIN v_vcpu AS c ON c.vcpu = k.vcpu;
COMMENT ON VIEW v_spin_episode IS 'spin_episode with names, cause and first suspect.';

CREATE VIEW v_vm_work AS
SELECT
    i.run, v.vm,
    CAST(coalesce(sum(i.end_ns - i.start_ns) FILTER (WHERE i.state = 'GUEST'), 0) AS BIGINT) AS guest_ns,
    CAST(sum(i.end_ns - i.start_ns) AS BIGINT) AS known_ns,
    coalesce(sum(i.end_ns - i.start_ns) FILTER (WHERE i.state = 'GUEST'), 0) / nullif(sum(i.end_ns - i.start_ns), 0)
        AS work_rate
FROM vcpu_interval AS i
JOIN vcpu AS v ON v.vcpu = i.vcpu
WHERE i.state <> 'UNKNOWN'
GROUP BY i.run, v.vm;
COMMENT ON VIEW v_vm_work IS 'Throughput per VM and schedule: useful guest time (guest_ns), vCPU time the log or replay accounts for (known_ns), and their ratio (work_rate).';
