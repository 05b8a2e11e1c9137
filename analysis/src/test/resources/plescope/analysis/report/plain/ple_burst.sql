CREATE MACRO plain_ple_burst(run := 0, max_gap_us := 100, min_exits := 3) AS TABLE
WITH ple_exit AS (
    SELECT
        v.vm, v.number, y.exit_ns, y.line, y.spinner,
        CAST(e.spin_ns // greatest(e.ple_exits, 1) AS BIGINT) AS spin_ns,
        y.exit_ns - lag(y.exit_ns) OVER earlier AS gap_ns
    FROM directed_yield AS y
    JOIN vcpu AS v ON v.vcpu = y.spinner
    JOIN spin_episode AS e ON e.run = y.run AND e.episode = y.episode
    WHERE y.run = run
    WINDOW earlier AS (PARTITION BY v.vm ORDER BY y.exit_ns, y.spinner, y.line)
), chained AS (
    SELECT
        p.*,
        -- A running sum; count(*) FILTER over the same window took 55 times as long (DuckDB 1.5, 400,000 rows).
        sum(CASE WHEN p.gap_ns IS NULL OR p.gap_ns > max_gap_us * 1000 THEN 1 ELSE 0 END)
            OVER (PARTITION BY p.vm ORDER BY p.exit_ns, p.spinner, p.line ROWS UNBOUNDED PRECEDING) AS chain
    FROM ple_exit AS p
), per_vcpu AS (
    SELECT
        c.vm, c.chain, c.number, min(c.exit_ns) AS start_ns, max(c.exit_ns) AS end_ns, count(*) AS exits,
        sum(c.spin_ns) AS spin_ns, min(c.line) AS first_line
    FROM chained AS c
    GROUP BY c.vm, c.chain, c.number
), burst AS (
    SELECT
        c.vm,
        min(c.start_ns) AS start_ns,
        max(c.end_ns) AS end_ns,
        CAST(sum(c.exits) AS BIGINT) AS exits,
        CAST(count(*) AS INTEGER) AS vcpus,
        list(c.number) AS vcpu_numbers,
        CAST(sum(c.spin_ns) AS BIGINT) AS spin_ns,
        min(c.first_line) AS first_line
    FROM per_vcpu AS c
    GROUP BY c.vm, c.chain
    HAVING sum(c.exits) >= min_exits
)
SELECT
    m.name AS vm,
    row_number() OVER (PARTITION BY b.vm ORDER BY b.start_ns) AS burst,
    b.start_ns, b.end_ns, b.exits, b.vcpus,
    list_sort(b.vcpu_numbers) AS vcpu_numbers, b.spin_ns, b.first_line
FROM burst AS b
JOIN vm AS m ON m.vm = b.vm
ORDER BY b.vm, b.start_ns;
