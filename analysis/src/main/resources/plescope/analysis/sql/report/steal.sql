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
WITH spent AS (
    -- Whatever rows are chosen, holders are all there were. Threads of vCPUs are told by their intervals.
    SELECT
        w.vcpu,
        sum(w.held_ns) FILTER (WHERE h.vm = v.vm) AS sibling_ns,
        sum(w.held_ns) FILTER (WHERE h.vm IS NOT NULL) AS vcpu_ns,
        sum(w.held_ns) FILTER (WHERE w.holder_tid > 0 AND w.holder_tid NOT IN (SELECT t.tid FROM main.vcpu AS t)) AS thread_ns,
        sum(w.held_ns) FILTER (WHERE w.holder_tid = 0) AS idle_ns
    FROM pcpu_wait AS w
    JOIN vcpu AS v ON v.vcpu = w.vcpu
    LEFT JOIN main.vcpu AS h ON h.vcpu = w.holder_vcpu
    WHERE w.run = $run
    GROUP BY w.vcpu
), state AS (
    SELECT i.vcpu, i.state, sum(i.end_ns - i.start_ns) AS ns, max(i.end_ns - i.start_ns) AS longest_ns
    FROM vcpu_interval AS i
    WHERE i.run = $run
    GROUP BY i.vcpu, i.state
), total AS (
    SELECT
        s.vcpu,
        sum(s.ns) FILTER (WHERE s.state IN ('PREEMPTED', 'WAITING')) AS steal_ns,
        sum(s.ns) FILTER (WHERE s.state = 'PREEMPTED') AS preempted_ns,
        sum(s.ns) FILTER (WHERE s.state = 'WAITING') AS waiting_ns,
        max(s.longest_ns) FILTER (WHERE s.state IN ('PREEMPTED', 'WAITING')) AS longest_ns,
        sum(s.ns) FILTER (WHERE s.state <> 'UNKNOWN') AS known_ns
    FROM state AS s
    GROUP BY s.vcpu
), share AS (
    SELECT
        t.vcpu,
        100 * coalesce(s.sibling_ns, 0) / nullif(t.steal_ns, 0) AS sibling,
        100 * coalesce(s.vcpu_ns, 0) / nullif(t.steal_ns, 0) AS any_vcpu,
        100 * coalesce(s.thread_ns, 0) / nullif(t.steal_ns, 0) AS thread,
        100 * coalesce(s.idle_ns, 0) / nullif(t.steal_ns, 0) AS idle
    FROM total AS t
    LEFT JOIN spent AS s ON s.vcpu = t.vcpu
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
