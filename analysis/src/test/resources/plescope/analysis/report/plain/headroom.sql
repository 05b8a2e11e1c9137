-- How much spinning a host could have spared, by VM and lock: while no sibling was kept off its pCPU, waiting is contention in
-- the guest, and no host policy shortens it. Locks that share a PAUSE loop share a row.
-- @param  run             INTEGER 0  which schedule to read, 0 = recorded
-- @column vm              VARCHAR  virtual machine
-- @column cause           VARCHAR  LOCK, TLB_SHOOTDOWN, IPI or UNKNOWN
-- @column lock            INTEGER  number of the lock, NULL for other waits
-- @column waits           BIGINT   spin episodes
-- @column spin_ns         BIGINT   guest time burnt, nanoseconds
-- @column held_up_percent DOUBLE   share of it in waits during which a sibling was ready and had no pCPU: the headroom
-- @column contention_percent DOUBLE share in waits during which none was
-- @column ambiguous_percent DOUBLE share in waits with no suspect that is believed
-- @column ahead           DOUBLE   siblings that waited already when a wait began, mean
-- @column fifo_share      DOUBLE   share of waits that ended before others that began later; near 1 for fair locks
-- @column residual_us     DOUBLE   work the believed suspect still had to do, mean of the estimates, microseconds
WITH waited AS (
    SELECT
        m.vm, m.name, w.cause, w.lock, e.spin_ns, w.held_up, w.ambiguous, w.ahead, w.fifo_share, w.episode,
        CASE WHEN NOT w.ambiguous THEN k.residual_likely_ns END AS residual_ns
    FROM wait AS w
    JOIN spin_episode AS e ON e.run = w.run AND e.episode = w.episode
    JOIN vcpu AS v ON v.vcpu = e.vcpu
    JOIN vm AS m ON m.vm = v.vm
    LEFT JOIN wait_candidate AS k ON k.run = w.run AND k.episode = w.episode AND k.rank = 1
    WHERE w.run = $run
)
SELECT
    a.name AS vm,
    CAST(a.cause AS VARCHAR) AS cause,
    a.lock,
    count(*) AS waits,
    CAST(sum(a.spin_ns) AS BIGINT) AS spin_ns,
    round(100 * coalesce(sum(a.spin_ns) FILTER (WHERE a.held_up = 'YES'), 0) / nullif(sum(a.spin_ns), 0), 2)
        AS held_up_percent,
    round(100 * coalesce(sum(a.spin_ns) FILTER (WHERE a.held_up = 'NO'), 0) / nullif(sum(a.spin_ns), 0), 2)
        AS contention_percent,
    round(100 * coalesce(sum(a.spin_ns) FILTER (WHERE a.ambiguous), 0) / nullif(sum(a.spin_ns), 0), 2)
        AS ambiguous_percent,
    round(avg(a.ahead), 2) AS ahead,
    round(arg_max(a.fifo_share, a.episode), 3) AS fifo_share,
    round(avg(a.residual_ns) / 1000, 2) AS residual_us
FROM waited AS a
GROUP BY a.vm, a.name, a.cause, a.lock
ORDER BY a.vm, spin_ns DESC, cause, a.lock
