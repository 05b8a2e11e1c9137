-- Who had the pCPU while vCPUs stood ready without one. Time before an interval's pCPU is known counts as unknown.
-- @param  run             INTEGER 0  which schedule to read, 0 = recorded
-- @column vcpu            VARCHAR  virtual CPU, vm/vcpu
-- @column steal_ns        BIGINT   ready but not running, nanoseconds
-- @column steal_percent   DOUBLE   share of the time it was observed and not unknown
-- @column preempted_ns    BIGINT   of it, after losing or yielding the pCPU
-- @column waiting_ns      BIGINT   of it, after a wake-up
-- @column longest_ns      BIGINT   longest single wait for a pCPU
-- @column sibling         DOUBLE   share of it during which a vCPU of its own VM held the pCPU it was queued on, percent
-- @column other_vm        DOUBLE   a vCPU of another VM
-- @column thread          DOUBLE   another host thread
-- @column idle            DOUBLE   the idle task: the scheduler was slow to run it
-- @column unknown         DOUBLE   the log does not say
WITH held AS (
    -- Who holds a pCPU: its VM, and as -1 any vCPU; -2 another thread, -3 idle. The whole schedule, whatever rows are chosen.
    SELECT i.pcpu, v.vm AS holder, i.start_ns, i.end_ns
    FROM main.vcpu_interval AS i
    JOIN main.vcpu AS v ON v.vcpu = i.vcpu
    WHERE i.run = $run AND i.pcpu IS NOT NULL AND i.state IN ('GUEST', 'SPINNING', 'HOST', 'HALT_POLL')
    UNION ALL
    SELECT i.pcpu, -1, i.start_ns, i.end_ns
    FROM main.vcpu_interval AS i
    WHERE i.run = $run AND i.pcpu IS NOT NULL AND i.state IN ('GUEST', 'SPINNING', 'HOST', 'HALT_POLL')
    UNION ALL
    SELECT s.pcpu, CASE WHEN s.next_tid = 0 THEN -3 ELSE -2 END, s.time_ns, s.until_ns
    FROM (
        SELECT
            c.pcpu, c.next_tid, c.time_ns, lead(c.time_ns) OVER (PARTITION BY c.pcpu ORDER BY c.time_ns) AS until_ns
        FROM main.context_switch AS c
        WHERE c.run = $run
    ) AS s
    WHERE s.until_ns IS NOT NULL AND s.next_tid >= 0 AND s.next_tid NOT IN (SELECT v.tid FROM main.vcpu AS v)
), change AS (
    SELECT h.pcpu, h.holder, h.start_ns AS at_ns, 1 AS step FROM held AS h
    UNION ALL
    SELECT h.pcpu, h.holder, h.end_ns, -1 FROM held AS h
), moment AS (
    SELECT c.pcpu, c.holder, c.at_ns, sum(c.step) AS step FROM change AS c GROUP BY c.pcpu, c.holder, c.at_ns
), level AS (
    SELECT
        m.pcpu, m.holder, m.at_ns, sum(m.step) OVER later AS holding, lead(m.at_ns) OVER later - m.at_ns AS ns
    FROM moment AS m
    WINDOW later AS (PARTITION BY m.pcpu, m.holder ORDER BY m.at_ns)
), before AS (
    -- How long it had held the pCPU by then, so that a stretch of any length takes two look-ups.
    SELECT
        l.pcpu, l.holder, l.at_ns, l.holding,
        sum(l.holding * l.ns) OVER (PARTITION BY l.pcpu, l.holder ORDER BY l.at_ns) - l.holding * coalesce(l.ns, 0)
            AS held_ns
    FROM level AS l
), stolen AS (
    SELECT i.vcpu, v.vm, i.pcpu, i.start_ns, i.end_ns
    FROM vcpu_interval AS i
    JOIN vcpu AS v ON v.vcpu = i.vcpu
    WHERE i.run = $run AND i.state IN ('PREEMPTED', 'WAITING')
), edge AS (
    SELECT s.vcpu, s.pcpu, s.vm AS holder, 'sibling' AS who, s.end_ns AS at_ns, 1 AS sign FROM stolen AS s
    UNION ALL SELECT s.vcpu, s.pcpu, s.vm, 'sibling', s.start_ns, -1 FROM stolen AS s
    UNION ALL SELECT s.vcpu, s.pcpu, -1, 'vcpu', s.end_ns, 1 FROM stolen AS s
    UNION ALL SELECT s.vcpu, s.pcpu, -1, 'vcpu', s.start_ns, -1 FROM stolen AS s
    UNION ALL SELECT s.vcpu, s.pcpu, -2, 'thread', s.end_ns, 1 FROM stolen AS s
    UNION ALL SELECT s.vcpu, s.pcpu, -2, 'thread', s.start_ns, -1 FROM stolen AS s
    UNION ALL SELECT s.vcpu, s.pcpu, -3, 'idle', s.end_ns, 1 FROM stolen AS s
    UNION ALL SELECT s.vcpu, s.pcpu, -3, 'idle', s.start_ns, -1 FROM stolen AS s
), spent AS (
    SELECT e.vcpu, e.who, sum(e.sign * (coalesce(b.held_ns, 0) + b.holding * (e.at_ns - b.at_ns))) AS ns
    FROM edge AS e
    ASOF JOIN before AS b ON b.pcpu = e.pcpu AND b.holder = e.holder AND b.at_ns <= e.at_ns
    GROUP BY e.vcpu, e.who
), total AS (
    SELECT
        i.vcpu,
        sum(i.end_ns - i.start_ns) FILTER (WHERE i.state IN ('PREEMPTED', 'WAITING')) AS steal_ns,
        sum(i.end_ns - i.start_ns) FILTER (WHERE i.state = 'PREEMPTED') AS preempted_ns,
        sum(i.end_ns - i.start_ns) FILTER (WHERE i.state = 'WAITING') AS waiting_ns,
        max(i.end_ns - i.start_ns) FILTER (WHERE i.state IN ('PREEMPTED', 'WAITING')) AS longest_ns,
        sum(i.end_ns - i.start_ns) FILTER (WHERE i.state <> 'UNKNOWN') AS known_ns
    FROM vcpu_interval AS i
    WHERE i.run = $run
    GROUP BY i.vcpu
), share AS (
    SELECT
        t.vcpu,
        100 * coalesce(max(s.ns) FILTER (WHERE s.who = 'sibling'), 0) / nullif(t.steal_ns, 0) AS sibling,
        100 * coalesce(max(s.ns) FILTER (WHERE s.who = 'vcpu'), 0) / nullif(t.steal_ns, 0) AS any_vcpu,
        100 * coalesce(max(s.ns) FILTER (WHERE s.who = 'thread'), 0) / nullif(t.steal_ns, 0) AS thread,
        100 * coalesce(max(s.ns) FILTER (WHERE s.who = 'idle'), 0) / nullif(t.steal_ns, 0) AS idle
    FROM total AS t
    LEFT JOIN spent AS s ON s.vcpu = t.vcpu
    GROUP BY t.vcpu, t.steal_ns
)
SELECT
    v.label AS vcpu,
    CAST(coalesce(t.steal_ns, 0) AS BIGINT) AS steal_ns,
    round(100 * coalesce(t.steal_ns, 0) / nullif(t.known_ns, 0), 3) AS steal_percent,
    CAST(coalesce(t.preempted_ns, 0) AS BIGINT) AS preempted_ns,
    CAST(coalesce(t.waiting_ns, 0) AS BIGINT) AS waiting_ns,
    t.longest_ns,
    round(s.sibling, 2) AS sibling,
    round(s.any_vcpu - s.sibling, 2) AS other_vm,
    round(s.thread, 2) AS thread,
    round(s.idle, 2) AS idle,
    round(100 - s.any_vcpu - s.thread - s.idle, 2) AS unknown
FROM total AS t
JOIN share AS s ON s.vcpu = t.vcpu
JOIN v_vcpu AS v ON v.vcpu = t.vcpu
ORDER BY steal_ns DESC, v.vm, v.number, v.vcpu
