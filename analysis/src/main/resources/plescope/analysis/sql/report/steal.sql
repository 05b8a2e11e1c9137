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
WITH running AS (
    -- vCPUs on a pCPU, whole schedule, whatever rows are chosen; flagged where the vCPU came and where it left.
    SELECT
        v.vm, i.pcpu, i.start_ns, i.end_ns,
        NOT coalesce(lag(i.end_ns) OVER by_time = i.start_ns AND lag(i.pcpu) OVER by_time = i.pcpu, FALSE) AS comes,
        NOT coalesce(lead(i.start_ns) OVER by_time = i.end_ns AND lead(i.pcpu) OVER by_time = i.pcpu, FALSE) AS leaves
    FROM main.vcpu_interval AS i
    JOIN main.vcpu AS v ON v.vcpu = i.vcpu
    WHERE i.run = $run AND i.pcpu IS NOT NULL AND i.state IN ('GUEST', 'SPINNING', 'HOST', 'HALT_POLL')
    WINDOW by_time AS (PARTITION BY i.vcpu ORDER BY i.start_ns)
), handed AS (
    SELECT r.vm, r.pcpu, r.start_ns AS at_ns, 1 AS step FROM running AS r WHERE r.comes
    UNION ALL
    SELECT r.vm, r.pcpu, r.end_ns, -1 FROM running AS r WHERE r.leaves
), switch AS (
    SELECT
        c.pcpu, c.next_tid, c.time_ns, lead(c.time_ns) OVER (PARTITION BY c.pcpu ORDER BY c.time_ns) AS until_ns
    FROM main.context_switch AS c
    WHERE c.run = $run
), other AS (
    SELECT s.pcpu, CASE WHEN s.next_tid = 0 THEN -3 ELSE -2 END AS holder, s.time_ns, s.until_ns
    FROM switch AS s
    WHERE s.until_ns IS NOT NULL AND s.next_tid >= 0 AND s.next_tid NOT IN (SELECT v.tid FROM main.vcpu AS v)
), change AS (
    -- Who gets and who leaves a pCPU: a VM, and as -1 any vCPU; -2 another thread, -3 idle.
    SELECT h.pcpu, h.vm AS holder, h.at_ns, h.step FROM handed AS h
    UNION ALL SELECT h.pcpu, -1, h.at_ns, h.step FROM handed AS h
    UNION ALL SELECT o.pcpu, o.holder, o.time_ns, 1 FROM other AS o
    UNION ALL SELECT o.pcpu, o.holder, o.until_ns, -1 FROM other AS o
), stolen AS (
    SELECT i.vcpu, v.vm, i.pcpu, i.start_ns, i.end_ns
    FROM vcpu_interval AS i
    JOIN vcpu AS v ON v.vcpu = i.vcpu
    WHERE i.run = $run AND i.state IN ('PREEMPTED', 'WAITING')
), edge AS (
    SELECT s.vcpu, s.vm, s.pcpu, s.start_ns AS at_ns, -1 AS sign FROM stolen AS s WHERE s.pcpu IS NOT NULL
    UNION ALL
    SELECT s.vcpu, s.vm, s.pcpu, s.end_ns, 1 FROM stolen AS s WHERE s.pcpu IS NOT NULL
), asked AS (
    SELECT NULL AS vcpu, c.pcpu, c.holder, c.at_ns, 0 AS sign, c.step FROM change AS c
    UNION ALL SELECT e.vcpu, e.pcpu, e.vm, e.at_ns, e.sign, 0 FROM edge AS e
    UNION ALL SELECT e.vcpu, e.pcpu, -1, e.at_ns, e.sign, 0 FROM edge AS e
    UNION ALL SELECT e.vcpu, e.pcpu, -2, e.at_ns, e.sign, 0 FROM edge AS e
    UNION ALL SELECT e.vcpu, e.pcpu, -3, e.at_ns, e.sign, 0 FROM edge AS e
), answer AS (
    -- How long the holder had had the pCPU until each moment: a change at t of step s has added s * (now - t). Ties add nothing.
    SELECT
        a.vcpu, a.holder, a.sign,
        a.at_ns * sum(a.step) OVER by_time - sum(a.step * a.at_ns) OVER by_time AS held_ns
    FROM asked AS a
    WINDOW by_time AS (PARTITION BY a.pcpu, a.holder ORDER BY a.at_ns ROWS UNBOUNDED PRECEDING)
), spent AS (
    SELECT
        a.vcpu,
        CASE a.holder WHEN -1 THEN 'vcpu' WHEN -2 THEN 'thread' WHEN -3 THEN 'idle' ELSE 'sibling' END AS who,
        sum(a.sign * a.held_ns) AS ns
    FROM answer AS a
    WHERE a.sign <> 0
    GROUP BY a.vcpu, who
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
