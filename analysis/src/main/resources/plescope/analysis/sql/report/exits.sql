-- Exits from guest mode by reason, counted and timed as perf kvm stat does: from kvm_exit to the next kvm_entry of the
-- thread, time off the pCPU included; what precedes a thread's first kvm_entry is left out.
-- @param  run         INTEGER 0  which schedule to read, 0 = recorded
-- @column "VM-EXIT"   VARCHAR  exit reason, the kernel's name
-- @column "Samples"   BIGINT   number of exits
-- @column "Samples%"  DOUBLE   share of all exits, percent
-- @column "Time%"     DOUBLE   share of all exit time, percent
-- @column "Min Time"  DOUBLE   shortest, microseconds
-- @column "Max Time"  DOUBLE   longest, microseconds
-- @column "Avg time"  DOUBLE   mean, microseconds
-- @column "+- stddev%" DOUBLE  standard error of the mean, percent of the mean
WITH first_exit AS (
    SELECT x.vcpu, min(x.exit_ns) AS exit_ns
    FROM vm_exit AS x
    WHERE x.run = $run
    GROUP BY x.vcpu
), handled AS (
    SELECT r.name, (x.entry_ns - x.exit_ns) / 1000 AS us
    FROM vm_exit AS x
    JOIN exit_reason AS r ON r.reason = x.reason
    JOIN first_exit AS f ON f.vcpu = x.vcpu
    WHERE x.run = $run AND x.entry_ns IS NOT NULL AND (x.guest_ns IS NOT NULL OR x.exit_ns > f.exit_ns)
), reason AS (
    SELECT
        h.name, count(*) AS samples, sum(h.us) AS us, min(h.us) AS min_us, max(h.us) AS max_us, avg(h.us) AS avg_us,
        coalesce(stddev_samp(h.us) / sqrt(count(*)), 0) AS error_us
    FROM handled AS h
    GROUP BY h.name
)
SELECT
    s.name AS "VM-EXIT",
    s.samples AS "Samples",
    round(100 * s.samples / sum(s.samples) OVER (), 2) AS "Samples%",
    CAST(round(100 * s.us / nullif(sum(s.us) OVER (), 0), 2) AS DOUBLE) AS "Time%",
    round(s.min_us, 2) AS "Min Time",
    round(s.max_us, 2) AS "Max Time",
    round(s.avg_us, 2) AS "Avg time",
    round(100 * s.error_us / nullif(s.avg_us, 0), 2) AS "+- stddev%"
FROM reason AS s
ORDER BY s.samples DESC, s.name
