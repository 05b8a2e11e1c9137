-- What each setting would change in every measure, per VM and for the host, with everything that trust in it rests on.
-- @filter vm
-- @column run                         INTEGER schedule of the first trial: FROM run names it
-- @column setting                     VARCHAR what was asked; the recorded setting itself first
-- @column vm                          VARCHAR virtual machine, or: host
-- @column measure                     VARCHAR what is measured, between warm-up and cut
-- @column unit                        VARCHAR its unit
-- @column recorded                    DOUBLE  in the recorded schedule
-- @column identity                    DOUBLE  in the replay of the recorded setting, mean over trials
-- @column predicted                   DOUBLE  in this replay, mean over trials
-- @column ratio                       DOUBLE  predicted over identity, geometric mean over pairs of trials
-- @column low                         DOUBLE  lower end of the ensemble's spread
-- @column high                        DOUBLE  upper end
-- @column costs_halved                DOUBLE  ratio with costs of host work halved
-- @column costs_doubled               DOUBLE  ratio with costs of host work doubled
-- @column identity_error_percent      DOUBLE  how far the identity replay misses the recorded value
-- @column smallest_difference_percent DOUBLE  least change that this recording supports
-- @column stability_percent           DOUBLE  share of all trials that agree with the ratio's direction
-- @column place                       INTEGER place among the settings, best first; undecided ones share one
-- @column reached_percent             DOUBLE  share of the gain between identity replay and oracle
-- @column verdict                     VARCHAR reference, higher, lower, not distinguishable, spin not recorded or not measured
SELECT
    CAST(p.run AS INTEGER) AS run,
    r.setting,
    coalesce(m.name, 'host') AS vm,
    p.measure,
    p.unit,
    round(p.recorded, 4) AS recorded,
    round(p.identity, 4) AS identity,
    round(p.predicted, 4) AS predicted,
    round(p.ratio, 4) AS ratio,
    round(p.low, 4) AS low,
    round(p.high, 4) AS high,
    round(p.costs_halved, 4) AS costs_halved,
    round(p.costs_doubled, 4) AS costs_doubled,
    round(100 * p.identity_error, 1) AS identity_error_percent,
    round(100 * p.smallest_difference, 1) AS smallest_difference_percent,
    round(100 * p.stability, 1) AS stability_percent,
    CAST(p.place AS INTEGER) AS place,
    round(100 * p.reached, 1) AS reached_percent,
    p.verdict
FROM prediction AS p
JOIN run AS r ON r.run = p.run
LEFT JOIN vm AS m ON m.vm = p.vm
ORDER BY p.run, p.vm, p.measure
