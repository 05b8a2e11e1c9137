-- What each vCPU did; time in the host carries the exit it began with.
WITH first_exit AS (
    SELECT x.vcpu, x.exit_ns, min(x.line) AS line, arg_min(x.reason, coalesce(x.line, 0)) AS reason,
        arg_min(x.guest_rip, coalesce(x.line, 0)) AS guest_rip
    FROM vm_exit AS x
    WHERE x.run = {run}
    GROUP BY x.vcpu, x.exit_ns
)
SELECT
    'X' AS ph, 1000 + v.vm AS pid, 200000 + 2 * i.vcpu AS tid, i.start_ns AS ts_ns, i.end_ns - i.start_ns AS dur_ns,
    CAST(i.state AS VARCHAR) AS event, 'state' AS cat, i.pcpu, CAST(i.origin AS VARCHAR) AS origin, r.name AS reason,
    hex_address(x.guest_rip) AS guest_rip, x.line
FROM vcpu_interval AS i
JOIN vcpu AS v ON v.vcpu = i.vcpu
LEFT JOIN first_exit AS x ON i.state = 'HOST' AND x.vcpu = i.vcpu AND x.exit_ns = i.start_ns
LEFT JOIN exit_reason AS r ON r.reason = x.reason
WHERE i.run = {run} AND i.end_ns > i.start_ns
ORDER BY ts_ns, tid
