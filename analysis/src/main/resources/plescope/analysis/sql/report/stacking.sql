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
WITH ready AS (
    SELECT v.vm, i.pcpu, sum(i.end_ns - i.start_ns) AS ns
    FROM vcpu_interval AS i
    JOIN vcpu AS v ON v.vcpu = i.vcpu
    WHERE i.run = $run AND i.pcpu IS NOT NULL AND i.state IN ('PREEMPTED', 'WAITING')
    GROUP BY v.vm, i.pcpu
), behind AS (
    -- Whatever rows are chosen, siblings are all there were.
    SELECT v.vm, w.pcpu, sum(w.held_ns) AS held_ns, sum(w.spinning_ns) AS spinning_ns
    FROM pcpu_wait AS w
    JOIN vcpu AS v ON v.vcpu = w.vcpu
    JOIN main.vcpu AS h ON h.vcpu = w.holder_vcpu AND h.vm = v.vm
    WHERE w.run = $run
    GROUP BY v.vm, w.pcpu
), step AS (
    SELECT v.vm, s.pcpu, s.start_ns AS at_ns, 1 AS step
    FROM pcpu_stay AS s
    JOIN vcpu AS v ON v.vcpu = s.vcpu
    WHERE s.run = $run
    UNION ALL
    SELECT v.vm, s.pcpu, s.end_ns, -1
    FROM pcpu_stay AS s
    JOIN vcpu AS v ON v.vcpu = s.vcpu
    WHERE s.run = $run
), moment AS (
    -- Of steps at one moment, leaving comes before coming.
    SELECT s.vm, s.pcpu, sum(s.step) OVER by_time AS here
    FROM step AS s
    WINDOW by_time AS (PARTITION BY s.vm, s.pcpu ORDER BY s.at_ns, s.step ROWS UNBOUNDED PRECEDING)
), most AS (
    SELECT m.vm, m.pcpu, max(m.here) AS vcpus
    FROM moment AS m
    GROUP BY m.vm, m.pcpu
)
SELECT
    m.name AS vm,
    CAST(s.pcpu AS INTEGER) AS pcpu,
    CAST(coalesce(r.ns, 0) AS BIGINT) AS ready_ns,
    CAST(coalesce(b.held_ns, 0) AS BIGINT) AS behind_sibling_ns,
    round(100 * coalesce(b.held_ns, 0) / nullif(r.ns, 0), 2) AS behind_sibling_percent,
    round(100 * coalesce(b.spinning_ns, 0) / nullif(r.ns, 0), 2) AS behind_spinner_percent,
    CAST(s.vcpus AS INTEGER) AS most
FROM most AS s
JOIN vm AS m ON m.vm = s.vm
LEFT JOIN ready AS r ON r.vm = s.vm AND r.pcpu = s.pcpu
LEFT JOIN behind AS b ON b.vm = s.vm AND b.pcpu = s.pcpu
ORDER BY behind_sibling_ns DESC, m.vm, s.pcpu
