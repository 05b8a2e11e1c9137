-- What woke halted vCPUs, by VM, and how long they then waited to run. With posted interrupts the log hides the sender of an
-- IPI: those wake-ups are UNKNOWN, and a replay must take them as they came.
-- @filter time pid vm vcpu
-- @param  run             INTEGER 0  which schedule to read, 0 = recorded
-- @column vm              VARCHAR  virtual machine
-- @column source          VARCHAR  IPI, TIMER, DEVICE or UNKNOWN
-- @column wake_ups        BIGINT   wake-ups
-- @column percent         DOUBLE   share of the VM's wake-ups
-- @column to_guest_us     DOUBLE   from the wake-up to guest mode, mean, microseconds
-- @column to_guest_p99_us DOUBLE   the same, 99th percentile
-- @column top_sender      VARCHAR  vCPU that sent most of the IPIs
-- @column sender_percent  DOUBLE   its share of them
WITH edge AS (
    SELECT m.vm, m.name, w.source, w.sender, (w.ran_ns - w.time_ns) / 1000 AS to_guest_us
    FROM wake_edge AS w
    JOIN vcpu AS v ON v.vcpu = w.vcpu
    JOIN vm AS m ON m.vm = v.vm
    WHERE w.run = $run
), sender AS (
    SELECT e.vm, e.source, e.sender, count(*) AS sent
    FROM edge AS e
    WHERE e.sender IS NOT NULL
    GROUP BY e.vm, e.source, e.sender
), top AS (
    SELECT s.vm, s.source, arg_min(s.sender, s.sender - s.sent * 65536) AS sender, max(s.sent) AS sent
    FROM sender AS s
    GROUP BY s.vm, s.source
), source AS (
    SELECT
        e.vm, e.name, e.source, count(*) AS wake_ups, avg(e.to_guest_us) AS to_guest_us,
        quantile_cont(e.to_guest_us, 0.99) AS p99_us
    FROM edge AS e
    GROUP BY e.vm, e.name, e.source
)
SELECT
    s.name AS vm,
    CAST(s.source AS VARCHAR) AS source,
    s.wake_ups,
    CAST(round(100 * s.wake_ups / sum(s.wake_ups) OVER by_vm, 2) AS DOUBLE) AS percent,
    round(s.to_guest_us, 1) AS to_guest_us,
    CAST(round(s.p99_us, 1) AS DOUBLE) AS to_guest_p99_us,
    l.label AS top_sender,
    round(100 * t.sent / s.wake_ups, 2) AS sender_percent
FROM source AS s
LEFT JOIN top AS t ON t.vm = s.vm AND t.source = s.source
LEFT JOIN v_vcpu AS l ON l.vcpu = t.sender
WINDOW by_vm AS (PARTITION BY s.vm)
ORDER BY s.vm, s.wake_ups DESC, source
