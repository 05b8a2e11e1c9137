-- What halt polling bought each vCPU: polls that ended in a wake-up while the pCPU was kept, against time polled in vain.
-- @param  run             INTEGER 0  which schedule to read, 0 = recorded
-- @column vcpu            VARCHAR  virtual CPU, vm/vcpu
-- @column halts           BIGINT   exits because the guest halted
-- @column polls           BIGINT   of those after which the host polled
-- @column hits            BIGINT   polls that ended in a wake-up
-- @column hit_percent     DOUBLE   their share
-- @column poll_ns         BIGINT   time polled, nanoseconds
-- @column vain_percent    DOUBLE   share of it in polls that ended in blocking
-- @column blocks          BIGINT   times the vCPU blocked
-- @column block_us        DOUBLE   how long it then slept, mean, microseconds
-- @column to_run_us       DOUBLE   from its wake-up to a pCPU, mean, microseconds
WITH poll AS (
    SELECT i.run, i.vcpu, i.start_ns, i.end_ns
    FROM vcpu_interval AS i
    WHERE i.run = $run AND i.state = 'HALT_POLL'
), next AS (
    -- Polls are few. No filter on i.run: DuckDB would take it to leave fewer intervals than there are polls, and hold those.
    SELECT i.vcpu, i.start_ns, i.state
    FROM vcpu_interval AS i
    SEMI JOIN poll AS p ON p.run = i.run AND p.vcpu = i.vcpu AND p.end_ns = i.start_ns
), followed AS (
    SELECT p.vcpu, p.start_ns, p.end_ns, n.state AS next_state
    FROM poll AS p
    JOIN next AS n ON n.vcpu = p.vcpu AND n.start_ns = p.end_ns
), lone AS (
    -- Only chosen rows have holes between intervals, where what came next is searched for.
    SELECT p.run, p.vcpu, p.start_ns, p.end_ns
    FROM poll AS p
    ANTI JOIN followed AS f ON f.vcpu = p.vcpu AND f.start_ns = p.start_ns
), later AS (
    SELECT i.vcpu, i.start_ns, i.state
    FROM vcpu_interval AS i
    SEMI JOIN lone AS l ON l.run = i.run AND l.vcpu = i.vcpu
), answered AS (
    SELECT f.vcpu, f.end_ns - f.start_ns AS ns, f.next_state FROM followed AS f
    UNION ALL
    SELECT l.vcpu, l.end_ns - l.start_ns, n.state
    FROM lone AS l
    ASOF LEFT JOIN later AS n ON n.vcpu = l.vcpu AND n.start_ns >= l.end_ns
), polled AS (
    SELECT
        a.vcpu,
        count(*) FILTER (WHERE a.next_state NOT IN ('BLOCKED', 'UNKNOWN')) AS hits,
        sum(a.ns) FILTER (WHERE a.next_state = 'BLOCKED') AS vain_ns
    FROM answered AS a
    GROUP BY a.vcpu
), spent AS (
    SELECT
        i.vcpu,
        count(*) FILTER (WHERE i.state = 'HALT_POLL') AS polls,
        sum(i.end_ns - i.start_ns) FILTER (WHERE i.state = 'HALT_POLL') AS poll_ns,
        count(*) FILTER (WHERE i.state = 'BLOCKED') AS blocks,
        avg(i.end_ns - i.start_ns) FILTER (WHERE i.state = 'BLOCKED') AS block_ns,
        avg(i.end_ns - i.start_ns) FILTER (WHERE i.state = 'WAITING') AS wait_ns
    FROM vcpu_interval AS i
    WHERE i.run = $run
    GROUP BY i.vcpu
), halt AS (
    SELECT x.vcpu, count(*) AS halts
    FROM vm_exit AS x
    JOIN exit_reason AS r ON r.reason = x.reason
    WHERE x.run = $run AND r.family = 'HALT'
    GROUP BY x.vcpu
)
SELECT
    v.label AS vcpu,
    coalesce(h.halts, 0) AS halts,
    s.polls,
    coalesce(p.hits, 0) AS hits,
    round(100 * coalesce(p.hits, 0) / nullif(s.polls, 0), 2) AS hit_percent,
    CAST(coalesce(s.poll_ns, 0) AS BIGINT) AS poll_ns,
    round(100 * coalesce(p.vain_ns, 0) / nullif(s.poll_ns, 0), 2) AS vain_percent,
    s.blocks,
    round(s.block_ns / 1000, 1) AS block_us,
    round(s.wait_ns / 1000, 1) AS to_run_us
FROM spent AS s
JOIN v_vcpu AS v ON v.vcpu = s.vcpu
LEFT JOIN polled AS p ON p.vcpu = s.vcpu
LEFT JOIN halt AS h ON h.vcpu = s.vcpu
ORDER BY poll_ns DESC, v.vm, v.number, v.vcpu
