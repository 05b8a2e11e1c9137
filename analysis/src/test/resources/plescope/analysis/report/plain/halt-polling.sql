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
WITH step AS (
    SELECT
        i.vcpu, i.state, i.end_ns - i.start_ns AS ns,
        lead(i.state) OVER (PARTITION BY i.vcpu ORDER BY i.start_ns) AS next_state
    FROM vcpu_interval AS i
    WHERE i.run = $run
), spent AS (
    SELECT
        s.vcpu,
        count(*) FILTER (WHERE s.state = 'HALT_POLL') AS polls,
        count(*) FILTER (WHERE s.state = 'HALT_POLL' AND s.next_state NOT IN ('BLOCKED', 'UNKNOWN')) AS hits,
        sum(s.ns) FILTER (WHERE s.state = 'HALT_POLL') AS poll_ns,
        sum(s.ns) FILTER (WHERE s.state = 'HALT_POLL' AND s.next_state = 'BLOCKED') AS vain_ns,
        count(*) FILTER (WHERE s.state = 'BLOCKED') AS blocks,
        avg(s.ns) FILTER (WHERE s.state = 'BLOCKED') AS block_ns,
        avg(s.ns) FILTER (WHERE s.state = 'WAITING') AS wait_ns
    FROM step AS s
    GROUP BY s.vcpu
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
    s.hits,
    round(100 * s.hits / nullif(s.polls, 0), 2) AS hit_percent,
    CAST(coalesce(s.poll_ns, 0) AS BIGINT) AS poll_ns,
    round(100 * coalesce(s.vain_ns, 0) / nullif(s.poll_ns, 0), 2) AS vain_percent,
    s.blocks,
    round(s.block_ns / 1000, 1) AS block_us,
    round(s.wait_ns / 1000, 1) AS to_run_us
FROM spent AS s
JOIN v_vcpu AS v ON v.vcpu = s.vcpu
LEFT JOIN halt AS h ON h.vcpu = s.vcpu
ORDER BY poll_ns DESC, v.vm, v.number, v.vcpu
