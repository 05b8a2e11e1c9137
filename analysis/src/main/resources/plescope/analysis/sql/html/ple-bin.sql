-- PLE exits of all vCPUs in the same 240 parts.
WITH width AS (
    SELECT greatest(1, (max(i.end_ns) + 239) // 240) AS ns
    FROM vcpu_interval AS i
    WHERE i.run = $run
)
SELECT CAST(y.exit_ns // w.ns AS INTEGER) AS bin, count(*) AS ple_exits, min(y.line) AS first_line
FROM directed_yield AS y, width AS w
WHERE y.run = $run
GROUP BY y.exit_ns // w.ns
ORDER BY bin
