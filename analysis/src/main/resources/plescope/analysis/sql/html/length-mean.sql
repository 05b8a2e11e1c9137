-- Mean number of PLE exits of a spin episode, observed and as each law expects; the most of one episode; the share that ends with the
-- first.
WITH took AS (
    SELECT e.ple_exits AS exits, e.spin_ns + e.ple_exits * $cost_ns AS ns, e.spin_ns, e.first_line, e.episode
    FROM spin_episode AS e
    WHERE e.run = $run AND e.ple_exits > 0
)
SELECT
    count(*) AS episodes,
    CAST(coalesce(sum(t.spin_ns), 0) AS BIGINT) AS spin_ns,
    round(avg(t.exits), 3) AS mean_exits,
    round(avg(greatest(1, t.ns // ($window_ns + $cost_ns))), 3) AS constant_mean,
    round(
        avg(greatest(1, list_count(list_filter(
            generate_series(1, 30), lambda n: n * $cost_ns + $window_ns * (CAST(power(2, n) AS BIGINT) - 1) <= t.ns)))),
        3) AS doubling_mean,
    max(t.exits) AS most_exits,
    arg_min(t.first_line, (-t.exits, t.episode)) AS most_line,
    round(100 * count(*) FILTER (WHERE t.exits = 1) / nullif(count(*), 0), 2) AS single_percent
FROM took AS t
