-- Spin episodes with their cause and first suspect.
SELECT
    'X' AS ph, 1000 + e.vm AS pid, 200001 + 2 * v.vcpu AS tid, greatest(e.start_ns, {from}) AS ts_ns,
    least(e.end_ns, {to}) - greatest(e.start_ns, {from}) AS dur_ns, 'waits: ' || coalesce(CAST(e.cause AS VARCHAR), 'UNKNOWN') AS event,
    'wait' AS cat, e.culprit, e.culprit_probability, CAST(e.evidence AS VARCHAR) AS evidence, e.ple_exits, e.spin_ns, e.guest_rip,
    CAST(e.spin_end AS VARCHAR) AS spin_end, e.episode, e.first_line, e.last_line
FROM v_spin_episode AS e
JOIN v_vcpu AS v ON v.label = e.vcpu
WHERE e.run = {run} AND e.start_ns < {to} AND e.end_ns > {from}
ORDER BY ts_ns, tid
