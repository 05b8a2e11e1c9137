-- How long receivers took to answer IPIs, by VM, vector and what the receiver was doing when the IPI was sent.
-- @param  run             INTEGER 0  which schedule to read, 0 = recorded
-- @filter time pid vm vcpu
-- @column vm              VARCHAR  virtual machine
-- @column vector          INTEGER  interrupt vector
-- @column receiver        VARCHAR  state of the receiver at the send: GUEST, SPINNING, HOST, HALT_POLL, PREEMPTED, WAITING, BLOCKED, UNKNOWN
-- @column ipis            BIGINT   IPIs, one per receiver
-- @column percent         DOUBLE   share of the VM's IPIs
-- @column unseen          BIGINT   of them, those whose answer the log does not show
-- @column p50_us          DOUBLE   from send to answer, median, microseconds
-- @column p99_us          DOUBLE   99th percentile
-- @column max_us          DOUBLE   longest
-- @column late_percent    DOUBLE   share of the VM's whole latency
-- @column worst_line      BIGINT   line of the log that sent the one with the longest latency, or one unanswered where all are
WITH sent AS (
    SELECT
        v.vm, p.vector, p.line, (p.ack_ns - p.sent_ns) / 1000 AS us,
        coalesce(CAST(i.state AS VARCHAR), 'UNKNOWN') AS receiver
    FROM ipi AS p
    JOIN vcpu AS v ON v.vcpu = p.receiver
    ASOF LEFT JOIN main.vcpu_interval AS i ON i.run = p.run AND i.vcpu = p.receiver AND i.start_ns <= p.sent_ns
    WHERE p.run = $run
)
SELECT
    m.name AS vm,
    CAST(s.vector AS INTEGER) AS vector,
    s.receiver,
    count(*) AS ipis,
    round(100 * count(*) / sum(count(*)) OVER by_vm, 2) AS percent,
    count(*) - count(s.us) AS unseen,
    round(quantile_cont(s.us, 0.5), 1) AS p50_us,
    round(quantile_cont(s.us, 0.99), 1) AS p99_us,
    round(max(s.us), 1) AS max_us,
    round(100 * sum(s.us) / nullif(sum(sum(s.us)) OVER by_vm, 0), 2) AS late_percent,
    arg_min(s.line, (-s.us, s.line)) AS worst_line
FROM sent AS s
JOIN vm AS m ON m.vm = s.vm
GROUP BY m.vm, m.name, s.vector, s.receiver
WINDOW by_vm AS (PARTITION BY m.vm)
ORDER BY m.vm, ipis DESC, s.vector, s.receiver
