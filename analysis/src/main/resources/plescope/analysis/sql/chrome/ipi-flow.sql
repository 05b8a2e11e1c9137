-- IPIs: from the send to the first evidence that the receiver handled it.
WITH seen AS (
    SELECT DISTINCT i.vcpu FROM vcpu_interval AS i WHERE i.run = {run}
), sent AS (
    SELECT p.sender, p.receiver, p.sent_ns, p.ack_ns, p.vector, p.line, p.ack_line,
        row_number() OVER (ORDER BY p.sent_ns, p.sender, p.receiver, p.line) AS id
    FROM ipi AS p
    WHERE p.run = {run} AND p.ack_ns >= p.sent_ns AND p.ack_ns < {to} AND p.sender IN (FROM seen) AND p.receiver IN (FROM seen)
), ends AS (
    SELECT 's' AS ph, s.sender AS vcpu, s.sent_ns AS ts_ns, s.id, s.vector, s.line, NULL AS bp FROM sent AS s
    UNION ALL SELECT 'f', s.receiver, s.ack_ns, s.id, s.vector, s.ack_line, 'e' FROM sent AS s
)
SELECT
    e.ph, 1000 + v.vm AS pid, 200000 + 2 * e.vcpu AS tid, e.ts_ns, e.id, 'IPI' AS event, 'ipi' AS cat, e.bp, e.vector, e.line
FROM ends AS e
JOIN vcpu AS v ON v.vcpu = e.vcpu
ORDER BY e.ts_ns, e.id, e.ph DESC
