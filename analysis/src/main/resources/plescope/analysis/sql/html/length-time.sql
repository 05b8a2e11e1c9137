-- Spin episodes by time spent (guest spinning, and $cost_ns ns of host for each PLE exit; eight steps per doubling) and PLE exits.
SELECT
    e.ple_exits AS exits,
    CAST(round(power(2, floor(8 * log2(greatest(1, e.spin_ns + e.ple_exits * $cost_ns))) / 8)) AS BIGINT) AS from_ns,
    CAST(round(power(2, (floor(8 * log2(greatest(1, e.spin_ns + e.ple_exits * $cost_ns))) + 1) / 8)) AS BIGINT) AS to_ns,
    count(*) AS episodes,
    min(e.first_line) AS first_line
FROM spin_episode AS e
WHERE e.run = $run AND e.ple_exits > 0
GROUP BY e.ple_exits, from_ns, to_ns
ORDER BY episodes DESC, exits, from_ns
LIMIT 1500
