-- Spin episodes by their number of PLE exits, and by the number that each law expects in the time they took: a constant window of
-- $window_ns ns, and one that starts there and doubles; each exit costs $cost_ns ns. Up to 15 exits one by one, then four steps per
-- doubling.
WITH took AS (
    SELECT e.ple_exits AS exits, e.spin_ns + e.ple_exits * $cost_ns AS ns
    FROM spin_episode AS e
    WHERE e.run = $run AND e.ple_exits > 0
), counted AS (
    SELECT
        t.exits,
        greatest(1, t.ns // ($window_ns + $cost_ns)) AS constant_exits,
        -- Exits that fit: n costs and windows of 1, 2, 4 ... times the first. 2^30 windows outlast any trace.
        greatest(1, list_count(list_filter(
            generate_series(1, 30), lambda n: n * $cost_ns + $window_ns * (CAST(power(2, n) AS BIGINT) - 1) <= t.ns)))
            AS doubling_exits,
        count(*) AS episodes
    FROM took AS t
    GROUP BY t.exits, t.ns
), told AS (
    SELECT 'observed' AS what, c.exits AS exits, c.episodes FROM counted AS c
    UNION ALL SELECT 'constant', c.constant_exits, c.episodes FROM counted AS c
    UNION ALL SELECT 'doubling', c.doubling_exits, c.episodes FROM counted AS c
), stepped AS (
    SELECT t.what, t.exits, t.episodes, CASE WHEN t.exits < 16 THEN 0 ELSE CAST(floor(4 * log2(t.exits)) AS INTEGER) END AS step
    FROM told AS t
)
SELECT
    CAST(CASE WHEN s.step = 0 THEN s.exits ELSE ceil(power(2, s.step / 4)) END AS BIGINT) AS from_exits,
    CAST(CASE WHEN s.step = 0 THEN s.exits ELSE ceil(power(2, (s.step + 1) / 4)) - 1 END AS BIGINT) AS to_exits,
    CAST(coalesce(sum(s.episodes) FILTER (WHERE s.what = 'observed'), 0) AS BIGINT) AS observed,
    CAST(coalesce(sum(s.episodes) FILTER (WHERE s.what = 'constant'), 0) AS BIGINT) AS constant_window,
    CAST(coalesce(sum(s.episodes) FILTER (WHERE s.what = 'doubling'), 0) AS BIGINT) AS doubling_window
FROM stepped AS s
GROUP BY from_exits, to_exits
ORDER BY from_exits
LIMIT 200
