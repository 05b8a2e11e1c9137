-- How often things happen: events per VM and cell of time.
WITH happened AS (
    SELECT x.vcpu, x.exit_ns AS at_ns, 'exits' AS measure FROM vm_exit AS x WHERE x.run = $run
    UNION ALL
    SELECT
        x.vcpu, x.exit_ns,
        CASE
            WHEN r.family = 'PAUSE' THEN 'ple_exits'
            WHEN $by_family AND r.family <> 'OTHER' THEN 'exits:' || r.family
            ELSE 'exits:' || upper(r.name)
        END
    FROM vm_exit AS x
    JOIN exit_reason AS r ON r.reason = x.reason
    WHERE x.run = $run
    UNION ALL
    SELECT v.vcpu, s.time_ns, 'context_switches'
    FROM context_switch AS s
    JOIN vcpu AS v ON v.tid = s.next_tid
    WHERE s.run = $run
    UNION ALL
    SELECT w.vcpu, w.time_ns, 'wake_ups' FROM wakeup AS w WHERE w.run = $run
    UNION ALL
    SELECT p.receiver, p.sent_ns, 'ipis' FROM ipi AS p WHERE p.run = $run
    UNION ALL
    SELECT e.vcpu, e.start_ns, 'waits:' || CAST(w.cause AS VARCHAR)
    FROM spin_episode AS e
    JOIN wait AS w ON w.run = e.run AND w.episode = e.episode
    WHERE e.run = $run
), counted AS (
    SELECT v.vm, h.measure, h.at_ns FROM happened AS h JOIN vcpu AS v ON v.vcpu = h.vcpu
    UNION ALL
    SELECT m.vm, 'bursts', b.start_ns FROM ple_burst(run := $run) AS b JOIN vm AS m ON m.name = b.vm
)
SELECT CAST(c.vm AS INTEGER) AS vm, c.measure, CAST((c.at_ns - $from_ns) // $cell_ns AS INTEGER) AS cell, count(*) AS events
FROM counted AS c
WHERE c.at_ns >= $from_ns AND c.at_ns < $from_ns + $cells * $cell_ns
GROUP BY c.vm, c.measure, (c.at_ns - $from_ns) // $cell_ns
ORDER BY c.vm, c.measure, 3
