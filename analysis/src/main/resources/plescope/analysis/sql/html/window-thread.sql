-- Host threads other than vCPUs that had these pCPUs meanwhile.
WITH place AS (
    SELECT DISTINCT i.pcpu
    FROM vcpu_interval AS i
    JOIN vcpu AS v ON v.vcpu = i.vcpu
    WHERE i.run = $run AND v.vm = $vm AND i.end_ns > $from_ns AND i.start_ns < $to_ns AND i.pcpu IS NOT NULL
), turn AS (
    SELECT
        c.pcpu, c.next_tid, c.time_ns AS start_ns,
        lead(c.time_ns) OVER (PARTITION BY c.pcpu ORDER BY c.time_ns, c.rowid) AS end_ns
    FROM context_switch AS c
    -- Ten milliseconds of run-up: more than two ticks of any host.
    WHERE c.run = $run AND c.time_ns > $from_ns - 10000000 AND c.time_ns < $to_ns + 10000000
)
SELECT t.pcpu, t.next_tid AS tid, coalesce(h.comm, '') AS comm, t.start_ns, t.end_ns
FROM turn AS t
JOIN place AS p ON p.pcpu = t.pcpu
LEFT JOIN thread AS h ON h.tid = t.next_tid
WHERE t.next_tid <> 0 AND t.end_ns > $from_ns AND t.start_ns < $to_ns AND t.end_ns > t.start_ns
    AND t.next_tid NOT IN (SELECT v.tid FROM vcpu AS v)
ORDER BY t.start_ns, t.pcpu, t.next_tid
LIMIT 1000
