-- What is stored with rows so that reports need no join, by the joins it saves.
UPDATE ipi SET receiver_state = coalesce((
    SELECT arg_max(i.state, i.start_ns) FROM vcpu_interval AS i
    WHERE i.run = ipi.run AND i.vcpu = ipi.receiver AND i.start_ns <= ipi.sent_ns), 'UNKNOWN');
UPDATE wait SET vcpu = e.vcpu, ple_exits = e.ple_exits, spin_ns = e.spin_ns
FROM spin_episode AS e WHERE e.run = wait.run AND e.episode = wait.episode;
UPDATE wait SET suspect = k.vcpu, residual_ns = k.residual_likely_ns
FROM wait_candidate AS k WHERE k.run = wait.run AND k.episode = wait.episode AND k.rank = 1;
UPDATE directed_yield SET spin_ns = e.spin_ns // greatest(e.ple_exits, 1)
FROM spin_episode AS e WHERE e.run = directed_yield.run AND e.episode = directed_yield.episode;
UPDATE directed_yield SET culprit = w.suspect
FROM wait AS w WHERE w.run = directed_yield.run AND w.episode = directed_yield.episode AND NOT w.ambiguous;
INSERT INTO pcpu_wait
WITH ready AS (
    SELECT i.run, i.vcpu, i.pcpu, i.start_ns, i.end_ns FROM vcpu_interval AS i WHERE i.state IN ('PREEMPTED', 'WAITING')
), held AS (
    SELECT i.run, i.pcpu, i.vcpu, NULL AS tid, i.start_ns, i.end_ns, i.state = 'SPINNING' AS spins
    FROM vcpu_interval AS i
    WHERE i.state IN ('GUEST', 'SPINNING', 'HOST', 'HALT_POLL')
    UNION ALL
    SELECT
        c.run, c.pcpu, NULL, c.next_tid, c.time_ns, lead(c.time_ns) OVER (PARTITION BY c.run, c.pcpu ORDER BY c.time_ns), FALSE
    FROM context_switch AS c
), meeting AS (
    SELECT
        r.run, r.vcpu, r.pcpu, h.vcpu AS holder_vcpu, h.tid AS holder_tid, h.spins,
        least(r.end_ns, h.end_ns) - greatest(r.start_ns, h.start_ns) AS ns
    FROM ready AS r
    JOIN held AS h ON h.run = r.run AND h.pcpu = r.pcpu AND h.start_ns < r.end_ns AND h.end_ns > r.start_ns
    WHERE h.end_ns IS NOT NULL AND coalesce(h.tid, 0) >= 0
)
SELECT
    m.run, m.vcpu, m.pcpu, m.holder_vcpu, m.holder_tid, sum(m.ns), coalesce(sum(m.ns) FILTER (WHERE m.spins), 0)
FROM meeting AS m
GROUP BY m.run, m.vcpu, m.pcpu, m.holder_vcpu, m.holder_tid;
INSERT INTO pcpu_stay
WITH here AS (
    SELECT
        i.run, i.vcpu, i.pcpu, i.start_ns, i.end_ns,
        lag(i.pcpu) OVER by_time IS NOT DISTINCT FROM i.pcpu AND lag(i.end_ns) OVER by_time = i.start_ns AS goes_on
    FROM vcpu_interval AS i
    WHERE i.pcpu IS NOT NULL AND i.state NOT IN ('BLOCKED', 'UNKNOWN')
    WINDOW by_time AS (PARTITION BY i.run, i.vcpu ORDER BY i.start_ns)
), numbered AS (
    SELECT
        h.run, h.vcpu, h.pcpu, h.start_ns, h.end_ns,
        sum(CASE WHEN h.goes_on THEN 0 ELSE 1 END) OVER (PARTITION BY h.run, h.vcpu ORDER BY h.start_ns) AS stay
    FROM here AS h
)
SELECT n.run, n.vcpu, n.pcpu, min(n.start_ns), max(n.end_ns)
FROM numbered AS n
GROUP BY n.run, n.vcpu, n.pcpu, n.stay;
