-- The PLE window of each vCPU, where it changes.
WITH known AS (
    SELECT x.vcpu, x.exit_ns, x.ple_window,
        lag(x.ple_window) OVER (PARTITION BY x.vcpu ORDER BY x.exit_ns, x.line) AS before
    FROM vm_exit AS x
    WHERE x.run = {run} AND x.ple_window IS NOT NULL
)
SELECT
    'C' AS ph, 1000 + v.vm AS pid, 200000 + 2 * k.vcpu AS tid, k.exit_ns AS ts_ns,
    'PLE window of vcpu' || v.number AS event, 'ple' AS cat, k.ple_window AS "window"
FROM known AS k
JOIN vcpu AS v ON v.vcpu = k.vcpu
WHERE k.before IS DISTINCT FROM k.ple_window
ORDER BY ts_ns, tid
