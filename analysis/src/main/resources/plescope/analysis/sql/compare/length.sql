-- How long things take: a histogram per VM and cell of time, 16 bins to each doubling, bin 0 from 1 ns.
WITH lasted AS (
    SELECT
        i.vcpu, CASE WHEN i.state = 'PREEMPTED' THEN 'off_cpu' WHEN i.state = 'WAITING' THEN 'wake_to_run' ELSE 'sleep' END AS measure,
        i.start_ns AS at_ns, i.end_ns - i.start_ns AS ns
    FROM vcpu_interval AS i
    WHERE i.run = $run AND i.state IN ('PREEMPTED', 'WAITING', 'BLOCKED')
    UNION ALL
    SELECT x.vcpu, 'guest_run', x.exit_ns, x.guest_ns FROM vm_exit AS x WHERE x.run = $run
    UNION ALL
    SELECT e.vcpu, 'spin_episode', e.start_ns, e.spin_ns FROM spin_episode AS e WHERE e.run = $run
    UNION ALL
    SELECT p.receiver, 'ipi_latency', p.sent_ns, p.ack_ns - p.sent_ns FROM ipi AS p WHERE p.run = $run
), timed AS (
    SELECT v.vm, l.measure, l.at_ns, l.ns FROM lasted AS l JOIN vcpu AS v ON v.vcpu = l.vcpu
    UNION ALL
    SELECT m.vm, 'burst', b.start_ns, b.end_ns - b.start_ns
    FROM ple_burst(run := $run) AS b
    JOIN vm AS m ON m.name = b.vm
)
SELECT
    CAST(t.vm AS INTEGER) AS vm, t.measure, CAST((t.at_ns - $from_ns) // $cell_ns AS INTEGER) AS cell,
    CAST(floor(16 * log2(t.ns)) AS INTEGER) AS bin, count(*) AS times
FROM timed AS t
WHERE t.ns > 0 AND t.at_ns >= $from_ns AND t.at_ns < $from_ns + $cells * $cell_ns
GROUP BY t.vm, t.measure, (t.at_ns - $from_ns) // $cell_ns, floor(16 * log2(t.ns))
ORDER BY t.vm, t.measure, 3, 4
