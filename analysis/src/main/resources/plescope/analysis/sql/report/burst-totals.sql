-- PLE bursts summed up per VM: runs of PLE exits with no gap longer than the limit. The report bursts lists each one.
-- @param  run            INTEGER 0    which schedule to read, 0 = recorded
-- @param  max_gap_us     INTEGER 100  longest gap inside a burst, microseconds
-- @param  min_exits      INTEGER 3    fewest PLE exits that count as a burst
-- @column vm             VARCHAR  virtual machine
-- @column ple_exits      BIGINT   PLE exits of the VM, in bursts or not
-- @column bursts         BIGINT   number of bursts
-- @column in_bursts_percent DOUBLE share of the PLE exits that lie in bursts
-- @column median_exits   DOUBLE   PLE exits of the median burst
-- @column max_exits      BIGINT   PLE exits of the largest burst
-- @column longest_ns     BIGINT   duration of the longest burst, nanoseconds
-- @column spin_ns        BIGINT   guest time burnt spinning in bursts, nanoseconds
-- @column max_vcpus      INTEGER  most vCPUs that took part in one burst
-- @column first_line     BIGINT   line of the log where the largest burst begins
WITH ple_exit AS (
    SELECT v.vm, count(*) AS exits
    FROM directed_yield AS y
    JOIN vcpu AS v ON v.vcpu = y.spinner
    WHERE y.run = $run
    GROUP BY v.vm
)
SELECT
    m.name AS vm,
    any_value(p.exits) AS ple_exits,
    count(b.burst) AS bursts,
    round(100 * coalesce(sum(b.exits), 0) / any_value(p.exits), 2) AS in_bursts_percent,
    CAST(median(b.exits) AS DOUBLE) AS median_exits,
    max(b.exits) AS max_exits,
    max(b.end_ns - b.start_ns) AS longest_ns,
    CAST(coalesce(sum(b.spin_ns), 0) AS BIGINT) AS spin_ns,
    max(b.vcpus) AS max_vcpus,
    arg_min(b.first_line, b.start_ns - b.exits * CAST(4611686018427387904 AS HUGEINT)) AS first_line
FROM ple_exit AS p
JOIN vm AS m ON m.vm = p.vm
LEFT JOIN ple_burst(run := $run, max_gap_us := $max_gap_us, min_exits := $min_exits) AS b ON b.vm = m.name
GROUP BY m.vm, m.name
ORDER BY spin_ns DESC, m.vm
