-- Where each vCPU's time went: its share in each state, percent of the time it was observed. The states sum to 100.
-- @param  run             INTEGER 0  which schedule to read, 0 = recorded
-- @column vcpu            VARCHAR  virtual CPU, vm/vcpu
-- @column tid             INTEGER  host thread
-- @column observed_ns     BIGINT   time covered by intervals, nanoseconds
-- @column guest           DOUBLE   useful guest work
-- @column spinning        DOUBLE   in guest mode, in a PAUSE loop
-- @column host            DOUBLE   exit handling, yield work, entry
-- @column halt_poll       DOUBLE   halted, the host keeps the pCPU hoping for a wake-up
-- @column preempted       DOUBLE   runnable, but lost or yielded the pCPU
-- @column waiting         DOUBLE   woken, not yet run
-- @column blocked         DOUBLE   halted or blocked
-- @column unknown         DOUBLE   the log does not say
-- @column steal           DOUBLE   preempted + waiting
-- @column inferred        DOUBLE   share deduced rather than recorded, of any state
WITH spent AS (
    SELECT i.vcpu, i.state, i.origin, sum(i.end_ns - i.start_ns) AS ns
    FROM vcpu_interval AS i
    WHERE i.run = $run
    GROUP BY i.vcpu, i.state, i.origin
), share AS (
    SELECT s.vcpu, s.state, s.origin, s.ns, 100 * s.ns / nullif(sum(s.ns) OVER (PARTITION BY s.vcpu), 0) AS percent
    FROM spent AS s
)
SELECT
    v.label AS vcpu,
    v.tid,
    CAST(sum(h.ns) AS BIGINT) AS observed_ns,
    round(coalesce(sum(h.percent) FILTER (WHERE h.state = 'GUEST'), 0), 3) AS guest,
    round(coalesce(sum(h.percent) FILTER (WHERE h.state = 'SPINNING'), 0), 3) AS spinning,
    round(coalesce(sum(h.percent) FILTER (WHERE h.state = 'HOST'), 0), 3) AS host,
    round(coalesce(sum(h.percent) FILTER (WHERE h.state = 'HALT_POLL'), 0), 3) AS halt_poll,
    round(coalesce(sum(h.percent) FILTER (WHERE h.state = 'PREEMPTED'), 0), 3) AS preempted,
    round(coalesce(sum(h.percent) FILTER (WHERE h.state = 'WAITING'), 0), 3) AS waiting,
    round(coalesce(sum(h.percent) FILTER (WHERE h.state = 'BLOCKED'), 0), 3) AS blocked,
    round(coalesce(sum(h.percent) FILTER (WHERE h.state = 'UNKNOWN'), 0), 3) AS unknown,
    round(coalesce(sum(h.percent) FILTER (WHERE h.state IN ('PREEMPTED', 'WAITING')), 0), 3) AS steal,
    round(coalesce(sum(h.percent) FILTER (WHERE h.origin = 'INFERRED'), 0), 3) AS inferred
FROM share AS h
JOIN v_vcpu AS v ON v.vcpu = h.vcpu
GROUP BY v.vcpu, v.label, v.tid, v.vm, v.number
ORDER BY v.vm, v.number, v.vcpu
