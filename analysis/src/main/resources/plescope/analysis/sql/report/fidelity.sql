-- How near the replay of the recorded setting comes to the recording, measure by measure: what every prediction rests on.
-- @filter vm
-- @column vm              VARCHAR  virtual machine
-- @column measure         VARCHAR  what is measured, between warm-up and cut
-- @column unit            VARCHAR  its unit
-- @column recorded        DOUBLE   in the recording
-- @column replayed        DOUBLE   in the replay of the recorded setting, mean over trials
-- @column error_percent   DOUBLE   by how much it misses, as a share of the recorded
-- @column goal_percent    DOUBLE   the most that is aimed at; empty where nothing is
-- @column within          BOOLEAN  whether it is met
WITH goal (measure, percent) AS (
    VALUES ('throughput', 5.0), ('ple_exits', 30.0), ('context_switches', 20.0), ('steal_percent', 10.0)
)
SELECT
    coalesce(m.name, 'host') AS vm,
    p.measure,
    p.unit,
    round(p.recorded, 4) AS recorded,
    round(p.identity, 4) AS replayed,
    round(100 * p.identity_error, 1) AS error_percent,
    CAST(g.percent AS DOUBLE) AS goal_percent,
    abs(100 * p.identity_error) <= g.percent AS within
FROM prediction AS p
JOIN run AS r ON r.run = p.run AND r.role = 'IDENTITY'
LEFT JOIN vm AS m ON m.vm = p.vm
LEFT JOIN goal AS g ON g.measure = p.measure
ORDER BY p.vm, p.measure
