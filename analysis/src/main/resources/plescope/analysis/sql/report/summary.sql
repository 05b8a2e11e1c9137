-- The trace and what plescope found in it, in one screen.
-- @param  run    INTEGER 0  which schedule to read, 0 = recorded
-- @column topic  VARCHAR  what the fact is about
-- @column fact   VARCHAR  what is stated
-- @column value  VARCHAR  the number or name
-- @column unit   VARCHAR  unit of the value, empty for names
WITH spent AS (
    SELECT i.state, sum(i.end_ns - i.start_ns) AS ns
    FROM vcpu_interval AS i
    WHERE i.run = $run
    GROUP BY i.state
), exit_count AS (
    SELECT count(*) AS exits, count(*) FILTER (WHERE r.family = 'PAUSE') AS ple_exits
    FROM vm_exit AS x
    JOIN exit_reason AS r ON r.reason = x.reason
    WHERE x.run = $run
), yielded AS (
    SELECT
        count(*) AS ple_exits,
        count(*) FILTER (WHERE y.outcome = 'NO_SWITCH') AS no_switch,
        count(*) FILTER (WHERE y.outcome = 'SIBLING') AS sibling,
        count(*) FILTER (WHERE y.hit_culprit = 'YES') AS hit
    FROM directed_yield AS y
    WHERE y.run = $run
), caused AS (
    SELECT CAST(w.cause AS VARCHAR) AS cause, sum(w.spin_ns) AS ns
    FROM wait AS w
    WHERE w.run = $run
    GROUP BY w.cause
), fact AS (
    SELECT 10 AS place, 'trace' AS topic, 'source' AS fact, t.source AS value, '' AS unit FROM trace AS t
    UNION ALL SELECT 11, 'trace', 'producer', t.producer, '' FROM trace AS t
    UNION ALL SELECT 12, 'trace', 'virtualisation', t.isa, '' FROM trace AS t
    UNION ALL
    SELECT
        13, 'trace', 'kernel',
        coalesce(t.kernel_release, t.kernel_at_least || ' or later, by spelling', 'not stated in the log'), ''
    FROM trace AS t
    UNION ALL SELECT 14, 'trace', 'span', CAST(round(t.span_ns / 1e6, 3) AS VARCHAR), 'ms' FROM trace AS t
    UNION ALL SELECT 15, 'trace', 'events', CAST(t.events AS VARCHAR), 'count' FROM trace AS t
    UNION ALL SELECT 16, 'trace', 'events lost', CAST(t.lost_events AS VARCHAR), 'count' FROM trace AS t
    UNION ALL
    SELECT
        17, 'trace', 'lines not understood',
        CAST(coalesce(sum(q.occurrences), 0) AS VARCHAR), 'count'
    FROM (
        SELECT d.code, max(d.occurrences) AS occurrences
        FROM diagnostic AS d
        WHERE d.severity = 'ERROR'
        GROUP BY d.code
    ) AS q
    UNION ALL SELECT 20, 'machines', 'VMs', CAST(count(*) AS VARCHAR), 'count' FROM vm
    UNION ALL SELECT 21, 'machines', 'vCPUs', CAST(count(*) AS VARCHAR), 'count' FROM vcpu
    UNION ALL SELECT 22, 'machines', 'pCPUs', CAST(count(*) AS VARCHAR), 'count' FROM pcpu
    UNION ALL SELECT 30, 'exits', 'all', CAST(x.exits AS VARCHAR), 'count' FROM exit_count AS x
    UNION ALL SELECT 31, 'exits', 'PLE', CAST(x.ple_exits AS VARCHAR), 'count' FROM exit_count AS x
    UNION ALL SELECT 40, 'spin', 'episodes', CAST(count(*) AS VARCHAR), 'count' FROM spin_episode AS e WHERE e.run = $run
    UNION ALL
    SELECT
        41, 'spin', 'of time in guest mode',
        coalesce(CAST(round(100 * sum(s.ns) FILTER (WHERE s.state = 'SPINNING')
            / nullif(sum(s.ns) FILTER (WHERE s.state IN ('GUEST', 'SPINNING')), 0), 2) AS VARCHAR), '0'), 'percent'
    FROM spent AS s
    UNION ALL
    SELECT
        42 + row_number() OVER (ORDER BY c.ns DESC, c.cause), 'spin', 'for ' || c.cause,
        CAST(round(100 * c.ns / nullif(sum(c.ns) OVER (), 0), 2) AS VARCHAR), 'percent'
    FROM caused AS c
    UNION ALL
    SELECT 50, 'yields', 'spinner went on at once',
        CAST(round(100 * y.no_switch / nullif(y.ple_exits, 0), 2) AS VARCHAR), 'percent'
    FROM yielded AS y WHERE y.ple_exits > 0
    UNION ALL
    SELECT 51, 'yields', 'sibling ran next', CAST(round(100 * y.sibling / y.ple_exits, 2) AS VARCHAR), 'percent'
    FROM yielded AS y WHERE y.ple_exits > 0
    UNION ALL
    SELECT 52, 'yields', 'the one waited for ran next', CAST(round(100 * y.hit / y.ple_exits, 2) AS VARCHAR), 'percent'
    FROM yielded AS y WHERE y.ple_exits > 0
    UNION ALL
    SELECT
        60, 'time', 'steal',
        coalesce(CAST(round(100 * sum(s.ns) FILTER (WHERE s.state IN ('PREEMPTED', 'WAITING'))
            / nullif(sum(s.ns), 0), 2) AS VARCHAR), '0'), 'percent'
    FROM spent AS s
    UNION ALL
    SELECT
        61, 'time', 'unknown',
        coalesce(CAST(round(100 * sum(s.ns) FILTER (WHERE s.state = 'UNKNOWN')
            / nullif(sum(s.ns), 0), 2) AS VARCHAR), '0'), 'percent'
    FROM spent AS s
    UNION ALL SELECT 62 + h.place / 100.0, 'host as replayed', h.fact || ' (' || lower(h.origin) || ')', h.value, h.unit FROM host_fact AS h
    UNION ALL SELECT 70, 'replays', 'stored', CAST(count(*) AS VARCHAR), 'count' FROM run AS r WHERE r.run > 0
)
SELECT f.topic, f.fact, f.value, f.unit
FROM fact AS f
ORDER BY f.place
