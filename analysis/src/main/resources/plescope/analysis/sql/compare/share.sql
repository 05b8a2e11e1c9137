-- Parts of wholes per VM and cell of time: of vCPU time that is not unknown, of yields, of halt polls, of waits.
WITH overlapping AS (
    SELECT
        v.vm, i.state, greatest(i.start_ns - $from_ns, 0) AS start_ns, least(i.end_ns - $from_ns, $cells * $cell_ns) AS end_ns
    FROM vcpu_interval AS i
    JOIN vcpu AS v ON v.vcpu = i.vcpu
    WHERE i.run = $run AND i.state <> 'UNKNOWN' AND i.end_ns > $from_ns AND i.start_ns < $from_ns + $cells * $cell_ns
        AND i.end_ns > i.start_ns
), cut AS (
    SELECT o.vm, o.state, o.start_ns, o.end_ns, unnest(generate_series(o.start_ns // $cell_ns, (o.end_ns - 1) // $cell_ns)) AS cell
    FROM overlapping AS o
), spent AS (
    SELECT c.vm, c.cell, c.state, sum(least(c.end_ns, (c.cell + 1) * $cell_ns) - greatest(c.start_ns, c.cell * $cell_ns)) AS ns
    FROM cut AS c
    GROUP BY c.vm, c.cell, c.state
), known AS (
    SELECT s.vm, s.cell, sum(s.ns) AS ns FROM spent AS s GROUP BY s.vm, s.cell
), waited AS (
    SELECT v.vm, CAST(w.cause AS VARCHAR) AS cause, (e.start_ns - $from_ns) // $cell_ns AS cell, sum(e.spin_ns) AS ns
    FROM spin_episode AS e
    JOIN wait AS w ON w.run = e.run AND w.episode = e.episode
    JOIN vcpu AS v ON v.vcpu = e.vcpu
    WHERE e.run = $run
    GROUP BY ALL
), state_of (measure, state) AS (
    VALUES
        ('guest_work', 'GUEST'), ('spin', 'SPINNING'), ('host', 'HOST'), ('halt_poll', 'HALT_POLL'), ('blocked', 'BLOCKED'),
        ('steal', 'PREEMPTED'), ('steal', 'WAITING')
), part AS (
    SELECT k.vm, n.measure, k.cell, coalesce(sum(s.ns), 0) AS part, k.ns AS whole
    FROM known AS k
    CROSS JOIN state_of AS n
    LEFT JOIN spent AS s ON s.vm = k.vm AND s.cell = k.cell AND CAST(s.state AS VARCHAR) = n.state
    GROUP BY k.vm, n.measure, k.cell, k.ns
    UNION ALL
    SELECT k.vm, 'spin:' || n.cause, k.cell, coalesce(w.ns, 0), k.ns
    FROM known AS k
    CROSS JOIN (SELECT DISTINCT w.cause FROM waited AS w) AS n
    LEFT JOIN waited AS w ON w.vm = k.vm AND w.cell = k.cell AND w.cause = n.cause
    UNION ALL
    SELECT
        v.vm, n.measure, (y.exit_ns - $from_ns) // $cell_ns,
        count(*) FILTER (
            WHERE (n.measure = 'yields_to_sibling' AND y.outcome = 'SIBLING')
                OR (n.measure = 'yields_without_switch' AND y.outcome = 'NO_SWITCH')
                OR (n.measure = 'yields_right' AND y.hit_culprit = 'YES')
                OR (n.measure = 'yields_back_too_soon' AND y.back_before_progress = 'YES')),
        count(*) FILTER (
            WHERE (n.measure IN ('yields_to_sibling', 'yields_without_switch') AND y.outcome <> 'UNKNOWN')
                OR (n.measure = 'yields_right' AND y.hit_culprit <> 'UNKNOWN')
                OR (n.measure = 'yields_back_too_soon' AND y.back_before_progress <> 'UNKNOWN'))
    FROM directed_yield AS y
    JOIN vcpu AS v ON v.vcpu = y.spinner
    CROSS JOIN (
        VALUES ('yields_to_sibling'), ('yields_without_switch'), ('yields_right'), ('yields_back_too_soon')
    ) AS n (measure)
    WHERE y.run = $run
    GROUP BY ALL
    UNION ALL
    SELECT
        v.vm, 'halt_poll_hits', (p.start_ns - $from_ns) // $cell_ns,
        count(*) FILTER (WHERE p.next_state NOT IN ('BLOCKED', 'UNKNOWN')), count(*)
    FROM (
        SELECT i.vcpu, i.state, i.start_ns, lead(i.state) OVER (PARTITION BY i.vcpu ORDER BY i.start_ns) AS next_state
        FROM vcpu_interval AS i
        WHERE i.run = $run
    ) AS p
    JOIN vcpu AS v ON v.vcpu = p.vcpu
    WHERE p.state = 'HALT_POLL'
    GROUP BY ALL
)
SELECT
    CAST(p.vm AS INTEGER) AS vm, p.measure, CAST(p.cell AS INTEGER) AS cell, CAST(p.part AS BIGINT) AS part,
    CAST(p.whole AS BIGINT) AS whole
FROM part AS p
WHERE p.cell >= 0 AND p.cell < $cells AND p.whole > 0
ORDER BY p.vm, p.measure, p.cell
