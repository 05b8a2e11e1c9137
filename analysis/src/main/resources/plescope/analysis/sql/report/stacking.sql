-- Siblings stacked on one pCPU: how long vCPUs stood ready on a pCPU that another vCPU of the same VM held, which a spread
-- placement would have let run. Worst are those behind a spinner.
-- @param  run             INTEGER 0  which schedule to read, 0 = recorded
-- @column vm              VARCHAR  virtual machine
-- @column pcpu            INTEGER  host CPU
-- @column ready_ns        BIGINT   time its vCPUs stood ready there without running, summed over them, nanoseconds
-- @column behind_sibling_ns BIGINT of that, while a sibling held the pCPU
-- @column behind_sibling_percent DOUBLE its share
-- @column behind_spinner_percent DOUBLE share of ready_ns while that sibling was spinning
-- @column most            INTEGER  most vCPUs of the VM on this pCPU at one time, running or ready
WITH here AS (
    -- Ready, running and spinning vCPUs in one number, 16 bits each: one running sum follows all three.
    SELECT
        v.vm, i.pcpu, i.start_ns, i.end_ns,
        CASE
            WHEN i.state IN ('PREEMPTED', 'WAITING') THEN 1
            WHEN i.state = 'SPINNING' THEN 65536 + 4294967296
            ELSE 65536
        END AS counts
    FROM vcpu_interval AS i
    JOIN vcpu AS v ON v.vcpu = i.vcpu
    WHERE i.run = $run AND i.pcpu IS NOT NULL AND i.state NOT IN ('BLOCKED', 'UNKNOWN')
), change AS (
    SELECT h.vm, h.pcpu, h.start_ns AS at_ns, h.counts FROM here AS h
    UNION ALL
    SELECT h.vm, h.pcpu, h.end_ns, -h.counts FROM here AS h
), moment AS (
    -- Of changes at one moment only the last is followed by time, and by then all have been summed.
    SELECT
        c.vm, c.pcpu, lead(c.at_ns) OVER by_time - c.at_ns AS ns,
        sum(c.counts) OVER (by_time ROWS UNBOUNDED PRECEDING) AS counts
    FROM change AS c
    WINDOW by_time AS (PARTITION BY c.vm, c.pcpu ORDER BY c.at_ns)
), stretch AS (
    SELECT
        m.vm, m.pcpu, m.ns, CAST(m.counts AS BIGINT) % 65536 AS ready,
        CAST(m.counts AS BIGINT) // 65536 % 65536 AS running, CAST(m.counts AS BIGINT) // 4294967296 AS spinning
    FROM moment AS m
    WHERE m.ns > 0
)
SELECT
    m.name AS vm,
    CAST(s.pcpu AS INTEGER) AS pcpu,
    CAST(coalesce(sum(s.ready * s.ns), 0) AS BIGINT) AS ready_ns,
    CAST(coalesce(sum(s.ready * s.ns) FILTER (WHERE s.running > 0), 0) AS BIGINT) AS behind_sibling_ns,
    round(100 * coalesce(sum(s.ready * s.ns) FILTER (WHERE s.running > 0), 0) / nullif(sum(s.ready * s.ns), 0), 2)
        AS behind_sibling_percent,
    round(100 * coalesce(sum(s.ready * s.ns) FILTER (WHERE s.spinning > 0), 0) / nullif(sum(s.ready * s.ns), 0), 2)
        AS behind_spinner_percent,
    CAST(max(s.ready + s.running) AS INTEGER) AS most
FROM stretch AS s
JOIN vm AS m ON m.vm = s.vm
GROUP BY m.vm, m.name, s.pcpu
ORDER BY behind_sibling_ns DESC, m.vm, s.pcpu
