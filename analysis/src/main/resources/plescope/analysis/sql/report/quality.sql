-- How far this file is to be believed: what was lost or damaged, what is guessed, and what reports cannot know because the log
-- does not hold it. plescope check says more about the log itself, with the commands that would record what is missing.
-- @param  run     INTEGER 0  which schedule to read, 0 = recorded
-- @column topic   VARCHAR  loss, error, notice, time, spin, identity, or lack
-- @column fact    VARCHAR  what was found; for lack the tracepoint that is missing
-- @column value   DOUBLE   how much of it; empty for lack
-- @column unit    VARCHAR  its unit; for lack: none (no answer at all) or partial
-- @column meaning VARCHAR  what it means for the answers
WITH state AS (
    SELECT i.vcpu, i.state, i.origin, sum(i.end_ns - i.start_ns) AS ns
    FROM vcpu_interval AS i
    WHERE i.run = $run
    GROUP BY i.vcpu, i.state, i.origin
), spent AS MATERIALIZED (
    SELECT
        m.name,
        sum(s.ns) FILTER (WHERE s.state = 'UNKNOWN') AS unknown_ns,
        sum(s.ns) FILTER (WHERE s.origin = 'INFERRED' AND s.state <> 'UNKNOWN') AS inferred_ns,
        sum(s.ns) AS ns
    FROM state AS s
    JOIN vcpu AS v ON v.vcpu = s.vcpu
    JOIN vm AS m ON m.vm = v.vm
    GROUP BY m.name
), waited AS MATERIALIZED (
    SELECT
        m.name, sum(w.spin_ns) AS ns,
        sum(w.spin_ns) FILTER (WHERE w.cause = 'UNKNOWN') AS unknown_ns,
        sum(w.spin_ns) FILTER (WHERE w.evidence = 'INFERRED') AS inferred_ns,
        sum(w.spin_ns) FILTER (WHERE w.ambiguous) AS ambiguous_ns
    FROM wait AS w
    JOIN vcpu AS v ON v.vcpu = w.vcpu
    JOIN vm AS m ON m.vm = v.vm
    WHERE w.run = $run
    GROUP BY m.name
), halting AS (
    SELECT count(*) > 0 AS halts
    FROM vm_exit AS x
    JOIN exit_reason AS r ON r.reason = x.reason
    WHERE x.run = $run AND r.family = 'HALT'
), fact AS (
    SELECT
        10 AS place, 'loss' AS topic, 'events lost' AS fact, CAST(t.lost_events AS DOUBLE) AS value, 'count' AS unit,
        'vCPUs are unknown from a loss to their next event' AS meaning
    FROM trace AS t
    UNION ALL
    SELECT
        CASE WHEN d.severity IN ('ERROR', 'DATA_LOSS') THEN 20 ELSE 30 END,
        CASE d.severity WHEN 'ERROR' THEN 'error' WHEN 'DATA_LOSS' THEN 'loss' ELSE 'notice' END,
        d.code, max(d.occurrences), 'count', arg_min(d.message, d.line)
    FROM diagnostic AS d
    GROUP BY d.code, d.severity
    UNION ALL
    SELECT 40, 'time', 'unknown of ' || s.name, round(100 * coalesce(s.unknown_ns, 0) / nullif(s.ns, 0), 3), 'percent',
        'time of its vCPUs about which the log says nothing'
    FROM spent AS s
    UNION ALL
    SELECT 41, 'time', 'inferred of ' || s.name, round(100 * coalesce(s.inferred_ns, 0) / nullif(s.ns, 0), 3), 'percent',
        'time of its vCPUs whose state is deduced, such as where spinning began'
    FROM spent AS s
    UNION ALL
    SELECT 50, 'spin', 'cause unknown in ' || w.name, round(100 * coalesce(w.unknown_ns, 0) / nullif(w.ns, 0), 2), 'percent',
        'spin time that nothing explains'
    FROM waited AS w
    UNION ALL
    SELECT 51, 'spin', 'cause inferred in ' || w.name, round(100 * coalesce(w.inferred_ns, 0) / nullif(w.ns, 0), 2), 'percent',
        'spin time whose cause only timing tells; symbols of the guest would name it'
    FROM waited AS w
    UNION ALL
    SELECT 52, 'spin', 'culprit unsure in ' || w.name, round(100 * coalesce(w.ambiguous_ns, 0) / nullif(w.ns, 0), 2), 'percent',
        'spin time in which no vCPU is believed to be the one waited for'
    FROM waited AS w
    UNION ALL
    SELECT 60, 'identity', 'VMs by ' || lower(m.grouping), count(*), 'count',
        CASE m.grouping
            WHEN 'THREAD_MAP' THEN 'which vCPU belongs to which VM was given'
            WHEN 'TGID' THEN 'which vCPU belongs to which VM follows from process ids'
            ELSE 'which vCPU belongs to which VM is guessed: perf script -F +pid, or --threads FILE'
        END
    FROM vm AS m
    GROUP BY m.grouping
    UNION ALL
    SELECT 70, 'lack', n.tracepoint, NULL, CASE WHEN n.essential THEN 'none' ELSE 'partial' END, n.reports || ': ' || n.unknown
    FROM report_need AS n
    CROSS JOIN halting AS h
    WHERE (h.halts OR NOT n.when_halting)
        AND NOT EXISTS (SELECT 1 FROM tracepoint AS t WHERE t.name IN (n.tracepoint, n.alias) AND t.events > 0)
)
SELECT f.topic, f.fact, f.value, f.unit, f.meaning
FROM fact AS f
ORDER BY f.place, f.fact, f.meaning
