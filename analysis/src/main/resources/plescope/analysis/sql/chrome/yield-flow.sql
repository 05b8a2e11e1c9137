-- Directed yields: from the spinner's PLE exit to where the sibling it made run begins to run.
WITH running AS (
    SELECT i.vcpu, i.start_ns
    FROM vcpu_interval AS i
    WHERE i.run = {run} AND i.state IN ('GUEST', 'SPINNING', 'HOST') AND i.end_ns > i.start_ns
), handed AS (
    SELECT y.spinner, y.target, y.exit_ns, i.start_ns AS ran_ns, y.line,
        row_number() OVER (ORDER BY y.exit_ns, y.spinner, y.line) AS id
    FROM directed_yield AS y
    ASOF JOIN running AS i ON i.vcpu = y.target AND i.start_ns >= y.exit_ns
    WHERE y.run = {run} AND y.target IS NOT NULL
), ends AS (
    SELECT 's' AS ph, h.spinner AS vcpu, h.exit_ns AS ts_ns, h.id, h.line, NULL AS bp FROM handed AS h
    UNION ALL SELECT 'f', h.target, h.ran_ns, h.id, h.line, 'e' FROM handed AS h
)
SELECT
    e.ph, 1000 + v.vm AS pid, 200000 + 2 * e.vcpu AS tid, e.ts_ns, e.id, 'directed yield' AS event, 'yield' AS cat, e.bp, e.line
FROM ends AS e
JOIN vcpu AS v ON v.vcpu = e.vcpu
ORDER BY e.ts_ns, e.id, e.ph DESC
