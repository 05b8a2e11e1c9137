-- What each setting would change, per VM and measure, as a multiple of the replay of the recorded setting. Of more than 12 VMs those
-- that spin most, of more than 40 settings the best placed.
WITH spun AS (
    SELECT v.vm, sum(i.end_ns - i.start_ns) AS ns
    FROM vcpu_interval AS i
    JOIN vcpu AS v ON v.vcpu = i.vcpu
    WHERE i.run = 0 AND i.state = 'SPINNING'
    GROUP BY v.vm
), shown_vm AS (
    SELECT m.vm FROM vm AS m LEFT JOIN spun AS s ON s.vm = m.vm ORDER BY coalesce(s.ns, 0) DESC, m.vm LIMIT 12
), shown_run AS (
    SELECT p.run
    FROM prediction AS p
    JOIN run AS r ON r.run = p.run
    GROUP BY p.run, r.role
    ORDER BY r.role IN ('IDENTITY', 'ORACLE') DESC, min(p.place), p.run
    LIMIT 40
)
SELECT
    CAST(p.run AS INTEGER) AS run, r.setting, CAST(r.role AS VARCHAR) AS role, m.name AS vm, p.measure, p.unit,
    round(p.recorded, 4) AS recorded, round(p.identity, 4) AS identity, round(p.predicted, 4) AS predicted,
    round(p.ratio, 4) AS ratio, round(p.low, 4) AS low, round(p.high, 4) AS high,
    round(least(p.costs_halved, p.costs_doubled), 4) AS costs_low,
    round(greatest(p.costs_halved, p.costs_doubled), 4) AS costs_high,
    round(100 * p.identity_error, 1) AS error_percent,
    round(100 * p.smallest_difference, 1) AS smallest_percent,
    round(100 * p.reached, 1) AS reached_percent,
    p.verdict
FROM prediction AS p
JOIN run AS r ON r.run = p.run
JOIN vm AS m ON m.vm = p.vm
WHERE p.vm IN (SELECT s.vm FROM shown_vm AS s) AND p.run IN (SELECT s.run FROM shown_run AS s)
    AND p.measure IN ('throughput', 'spin', 'ple_exits', 'context_switches', 'steal_percent', 'burst_mean')
ORDER BY p.measure <> 'throughput', p.measure, p.vm, p.run
LIMIT 3000
