CREATE MACRO hex_address(rip) AS '0x' || lower(to_hex(rip));
COMMENT ON MACRO hex_address IS 'A guest address as the kernel prints it, from the signed number stored';

CREATE MACRO ple_burst(run := 0, max_gap_us := 100, min_exits := 3) AS TABLE
WITH ple_exit AS (
    SELECT v.vm, y.exit_ns, y.spinner, y.spin_ns, y.line
    FROM directed_yield AS y
    JOIN vcpu AS v ON v.vcpu = y.spinner
    WHERE y.run = run
), linked AS (
    -- Whether each exit lies near enough to the one before and to the one after it, and these to the next ones.
    SELECT
        p.vm, p.exit_ns, p.spinner, p.spin_ns, p.line,
        coalesce(p.exit_ns - lag(p.exit_ns) OVER by_time <= max_gap_us * 1000, FALSE) AS follows,
        coalesce(lead(p.exit_ns) OVER by_time - p.exit_ns <= max_gap_us * 1000, FALSE) AS leads,
        coalesce(lag(p.exit_ns) OVER by_time - lag(p.exit_ns, 2) OVER by_time <= max_gap_us * 1000, FALSE) AS second_follows,
        coalesce(lead(p.exit_ns, 2) OVER by_time - lead(p.exit_ns) OVER by_time <= max_gap_us * 1000, FALSE) AS second_leads
    FROM ple_exit AS p
    WINDOW by_time AS (PARTITION BY p.vm ORDER BY p.exit_ns)
), chained AS (
    -- Most exits of a long log stand alone or in pairs: without them the rest is small.
    SELECT
        k.vm, k.exit_ns, k.spinner, k.spin_ns, k.line,
        max(CASE WHEN NOT k.follows THEN k.exit_ns END) OVER (PARTITION BY k.vm ORDER BY k.exit_ns) AS start_ns
    FROM linked AS k
    WHERE min_exits < 2 OR min_exits = 2 AND (k.follows OR k.leads)
        OR k.follows AND (k.leads OR k.second_follows) OR k.leads AND k.second_leads
), per_vcpu AS (
    SELECT
        c.vm, c.start_ns, v.number, max(c.exit_ns) AS end_ns, count(*) AS exits,
        sum(c.spin_ns) AS spin_ns, min(c.line) AS first_line
    FROM chained AS c
    JOIN vcpu AS v ON v.vcpu = c.spinner
    WHERE c.spin_ns IS NOT NULL
    GROUP BY c.vm, c.start_ns, v.number
), burst AS (
    SELECT
        c.vm,
        c.start_ns,
        max(c.end_ns) AS end_ns,
        CAST(sum(c.exits) AS BIGINT) AS exits,
        CAST(count(*) AS INTEGER) AS vcpus,
        list(c.number) AS vcpu_numbers,
        CAST(sum(c.spin_ns) AS BIGINT) AS spin_ns,
        min(c.first_line) AS first_line
    FROM per_vcpu AS c
    GROUP BY c.vm, c.start_ns
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
COMMENT ON MACRO TABLE ple_burst IS 'PLE bursts of a schedule: PLE exits of one VM with no gap longer than max_gap_us and at least min_exits of them. Columns: vm; burst (number in the VM); start_ns, end_ns (first and last exit); exits; vcpus (how many took part) and vcpu_numbers (which); spin_ns (guest time burnt); first_line of the log. Use: FROM ple_burst(run := 0, max_gap_us := 100, min_exits := 3)';
