-- Time of all vCPUs by state in 240 equal parts of the schedule; intervals are cut at the borders.
WITH width AS (
    SELECT greatest(1, (max(i.end_ns) + 239) // 240) AS ns
    FROM vcpu_interval AS i
    WHERE i.run = $run
), piece AS (
    SELECT
        i.state, i.start_ns, i.end_ns, w.ns AS width_ns,
        unnest(generate_series(i.start_ns // w.ns, (i.end_ns - 1) // w.ns)) AS bin
    FROM vcpu_interval AS i, width AS w
    WHERE i.run = $run AND i.end_ns > i.start_ns
)
SELECT
    CAST(p.bin AS INTEGER) AS bin,
    CAST(p.bin * p.width_ns AS BIGINT) AS start_ns,
    CAST((p.bin + 1) * p.width_ns AS BIGINT) AS end_ns,
    CAST(p.state AS VARCHAR) AS state,
    CAST(sum(least(p.end_ns, (p.bin + 1) * p.width_ns) - greatest(p.start_ns, p.bin * p.width_ns)) AS BIGINT) AS ns
FROM piece AS p
GROUP BY p.bin, p.width_ns, p.state
ORDER BY p.bin, p.state
