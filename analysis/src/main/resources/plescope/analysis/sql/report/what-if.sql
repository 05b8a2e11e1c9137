-- What each setting would change in throughput, per VM, against the replay of the recorded setting, and whether this recording
-- can tell. Useful guest work per second stands for operations; a change below smallest_percent is not distinguishable.
-- @filter vm
-- @column setting          VARCHAR what was asked; the recorded setting itself first
-- @column vm               VARCHAR virtual machine
-- @column ratio            DOUBLE  throughput as a multiple of the identity replay
-- @column low              DOUBLE  lower end of the ensemble's spread
-- @column high             DOUBLE  upper end
-- @column costs_low        DOUBLE  lower of the ratios with costs of host work halved and doubled
-- @column costs_high       DOUBLE  higher of them
-- @column error_percent    DOUBLE  how far the identity replay misses the recorded throughput of this VM
-- @column smallest_percent DOUBLE  least change that this recording supports
-- @column reached_percent  DOUBLE  share of the gain between identity replay and oracle
-- @column verdict          VARCHAR reference, faster, slower, not distinguishable, spin not recorded or not measured
SELECT
    r.setting,
    m.name AS vm,
    round(p.ratio, 3) AS ratio,
    round(p.low, 3) AS low,
    round(p.high, 3) AS high,
    round(least(p.costs_halved, p.costs_doubled), 3) AS costs_low,
    round(greatest(p.costs_halved, p.costs_doubled), 3) AS costs_high,
    round(100 * p.identity_error, 1) AS error_percent,
    round(100 * p.smallest_difference, 1) AS smallest_percent,
    round(100 * p.reached, 1) AS reached_percent,
    p.verdict
FROM prediction AS p
JOIN run AS r ON r.run = p.run
JOIN vm AS m ON m.vm = p.vm
WHERE p.measure = 'throughput'
ORDER BY p.run, p.vm
