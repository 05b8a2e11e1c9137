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
    SELECT
        v.vm, i.pcpu, i.start_ns, i.end_ns,
        CASE WHEN i.state IN ('PREEMPTED', 'WAITING') THEN 1 ELSE 0 END AS ready,
        CASE WHEN i.state = 'SPINNING' THEN 1 ELSE 0 END AS spinning
    FROM vcpu_interval AS i
    JOIN vcpu AS v ON v.vcpu = i.vcpu
    WHERE i.run = $run AND i.pcpu IS NOT NULL AND i.state NOT IN ('BLOCKED', 'UNKNOWN')
), change AS (
    SELECT h.vm, h.pcpu, h.start_ns AS at_ns, h.ready, 1 - h.ready AS running, h.spinning
    FROM here AS h
    UNION ALL
    SELECT h.vm, h.pcpu, h.end_ns, -h.ready, h.ready - 1, -h.spinning
    FROM here AS h
), moment AS (
    SELECT c.vm, c.pcpu, c.at_ns, sum(c.ready) AS ready, sum(c.running) AS running, sum(c.spinning) AS spinning
    FROM change AS c
    GROUP BY c.vm, c.pcpu, c.at_ns
), stretch AS (
    SELECT
        m.vm, m.pcpu, lead(m.at_ns) OVER later - m.at_ns AS ns, sum(m.ready) OVER later AS ready,
        sum(m.running) OVER later AS running, sum(m.spinning) OVER later AS spinning
    FROM moment AS m
    WINDOW later AS (PARTITION BY m.vm, m.pcpu ORDER BY m.at_ns)
), most AS (
    SELECT s.vm, s.pcpu, coalesce(sum(s.ready * s.ns), 0) AS ready_ns, max(s.ready + s.running) AS vcpus
    FROM stretch AS s
    GROUP BY s.vm, s.pcpu
), behind AS (
    SELECT
        v.vm, i.pcpu, sum(least(i.end_ns, h.end_ns) - greatest(i.start_ns, h.start_ns)) AS held_ns,
        sum(least(i.end_ns, h.end_ns) - greatest(i.start_ns, h.start_ns)) FILTER (WHERE h.state = 'SPINNING') AS spinning_ns
    FROM vcpu_interval AS i
    JOIN vcpu AS v ON v.vcpu = i.vcpu
    JOIN main.vcpu_interval AS h ON h.run = i.run AND h.pcpu = i.pcpu AND h.start_ns < i.end_ns AND h.end_ns > i.start_ns
    JOIN main.vcpu AS w ON w.vcpu = h.vcpu AND w.vm = v.vm
    WHERE i.run = $run AND i.state IN ('PREEMPTED', 'WAITING') AND h.state IN ('GUEST', 'SPINNING', 'HOST', 'HALT_POLL')
    GROUP BY v.vm, i.pcpu
)
SELECT
    m.name AS vm,
    CAST(s.pcpu AS INTEGER) AS pcpu,
    CAST(s.ready_ns AS BIGINT) AS ready_ns,
    CAST(coalesce(b.held_ns, 0) AS BIGINT) AS behind_sibling_ns,
    round(100 * coalesce(b.held_ns, 0) / nullif(s.ready_ns, 0), 2) AS behind_sibling_percent,
    round(100 * coalesce(b.spinning_ns, 0) / nullif(s.ready_ns, 0), 2) AS behind_spinner_percent,
    CAST(s.vcpus AS INTEGER) AS most
FROM most AS s
JOIN vm AS m ON m.vm = s.vm
LEFT JOIN behind AS b ON b.vm = s.vm AND b.pcpu = s.pcpu
ORDER BY behind_sibling_ns DESC, m.vm, s.pcpu
