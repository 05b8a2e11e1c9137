-- What PLE exits got their spinners, by VM: how many had another run, whom, and whether that was the one waited for.
-- @param  run             INTEGER 0  which schedule to read, 0 = recorded
-- @column vm              VARCHAR  virtual machine
-- @column ple_exits       BIGINT   PLE exits
-- @column switched        BIGINT   of those, after which the pCPU went to somebody else; empty where no successor is known, as without sched events
-- @column sibling         BIGINT   after which a sibling got it
-- @column remote          BIGINT   after which a sibling that was ready came to run on another pCPU, as seen from timing
-- @column judged          BIGINT   of the exits with a target, those whose wait has a suspect that is believed
-- @column right_target    BIGINT   of those, the ones whose target is the suspect
-- @column right_percent   DOUBLE   its share
-- @column moved_on_percent DOUBLE  share of exits after which the spinner made progress, of those where it is known
-- @column away_us         DOUBLE   how long a spinner that lost its pCPU was away, mean, microseconds
WITH answer AS (
    SELECT
        m.vm, m.name, y.outcome, y.target, y.same_queue, y.back_before_progress, y.off_cpu_ns, y.culprit AS suspect
    FROM directed_yield AS y
    JOIN vcpu AS v ON v.vcpu = y.spinner
    JOIN vm AS m ON m.vm = v.vm
    WHERE y.run = $run
)
SELECT
    a.name AS vm,
    count(*) AS ple_exits,
    CASE WHEN NOT bool_and(a.outcome = 'UNKNOWN') THEN count(*) FILTER (WHERE a.outcome NOT IN ('NO_SWITCH', 'UNKNOWN')) END
        AS switched,
    CASE WHEN NOT bool_and(a.outcome = 'UNKNOWN') THEN count(*) FILTER (WHERE a.outcome = 'SIBLING') END AS sibling,
    count(*) FILTER (WHERE a.target IS NOT NULL AND a.same_queue = 'NO') AS remote,
    count(*) FILTER (WHERE a.target IS NOT NULL AND a.suspect IS NOT NULL) AS judged,
    count(*) FILTER (WHERE a.target = a.suspect) AS right_target,
    round(
        100 * count(*) FILTER (WHERE a.target = a.suspect)
            / nullif(count(*) FILTER (WHERE a.target IS NOT NULL AND a.suspect IS NOT NULL), 0),
        2) AS right_percent,
    round(
        100 * count(*) FILTER (WHERE a.back_before_progress = 'NO')
            / nullif(count(*) FILTER (WHERE a.back_before_progress <> 'UNKNOWN'), 0),
        2) AS moved_on_percent,
    round(avg(a.off_cpu_ns) FILTER (WHERE a.outcome NOT IN ('NO_SWITCH', 'UNKNOWN')) / 1000, 1) AS away_us
FROM answer AS a
GROUP BY a.vm, a.name
ORDER BY a.vm
