-- How the numbers on this page are known: shares that events record, that are deduced, and that are simulated.
WITH told AS (
    SELECT 1 AS place, 'vCPU time' AS subject, CASE WHEN i.state = 'UNKNOWN' THEN 'UNKNOWN' ELSE CAST(i.origin AS VARCHAR) END AS origin,
        sum(i.end_ns - i.start_ns) AS amount
    FROM vcpu_interval AS i
    WHERE i.run = $run
    GROUP BY ALL
    UNION ALL
    SELECT 2, 'spin episodes', CAST(e.origin AS VARCHAR), count(*) FROM spin_episode AS e WHERE e.run = $run GROUP BY ALL
    UNION ALL
    SELECT 3, 'causes of spin time', CASE
            WHEN w.cause IS NULL OR w.cause = 'UNKNOWN' THEN 'UNKNOWN'
            WHEN w.evidence = 'DIRECT' THEN 'RECORDED'
            ELSE 'INFERRED'
        END, sum(e.spin_ns)
    FROM spin_episode AS e
    LEFT JOIN wait AS w ON w.run = e.run AND w.episode = e.episode
    WHERE e.run = $run
    GROUP BY ALL
    UNION ALL
    SELECT 4, 'why PLE exits did not help', CASE WHEN y.continuation = 'UNKNOWN' THEN 'UNKNOWN' ELSE 'INFERRED' END, count(*)
    FROM directed_yield AS y
    WHERE y.run = $run AND y.continuation <> 'NONE'
    GROUP BY ALL
    UNION ALL
    SELECT 5, 'what woke vCPUs', CASE k.source WHEN 'UNKNOWN' THEN 'UNKNOWN' WHEN 'TIMER' THEN 'INFERRED' ELSE 'RECORDED' END, count(*)
    FROM wake_edge AS k
    WHERE k.run = $run
    GROUP BY ALL
)
SELECT
    t.subject, t.origin, CAST(t.amount AS BIGINT) AS amount,
    round(100 * t.amount / nullif(sum(t.amount) OVER (PARTITION BY t.place), 0), 2) AS percent
FROM told AS t
WHERE t.amount > 0
ORDER BY t.place, t.origin
