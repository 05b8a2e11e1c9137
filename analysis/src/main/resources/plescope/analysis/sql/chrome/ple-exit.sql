-- PLE exits, with what the host did.
SELECT
    'i' AS ph, 1000 + v.vm AS pid, 200000 + 2 * y.spinner AS tid, y.exit_ns AS ts_ns, 'PLE exit' AS event, 'ple' AS cat,
    't' AS s, CAST(y.outcome AS VARCHAR) AS outcome, CAST(y.continuation AS VARCHAR) AS continuation, y.pcpu, y.episode,
    y.off_cpu_ns, y.line
FROM directed_yield AS y
JOIN vcpu AS v ON v.vcpu = y.spinner
WHERE y.run = {run}
ORDER BY ts_ns, tid, y.line
