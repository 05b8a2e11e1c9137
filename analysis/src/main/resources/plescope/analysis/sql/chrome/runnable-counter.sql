-- How many vCPUs of each VM are ready to run and do not.
WITH step AS (
    SELECT v.vm, i.start_ns AS time_ns, 1 AS change
    FROM vcpu_interval AS i
    JOIN vcpu AS v ON v.vcpu = i.vcpu
    WHERE i.run = {run} AND i.state IN ('PREEMPTED', 'WAITING')
    UNION ALL
    SELECT v.vm, i.end_ns, -1
    FROM vcpu_interval AS i
    JOIN vcpu AS v ON v.vcpu = i.vcpu
    WHERE i.run = {run} AND i.state IN ('PREEMPTED', 'WAITING')
), moment AS (
    SELECT s.vm, s.time_ns, sum(s.change) AS change FROM step AS s GROUP BY s.vm, s.time_ns HAVING sum(s.change) <> 0
)
SELECT
    'C' AS ph, 1000 + m.vm AS pid, 100000 + m.vm AS tid, m.time_ns AS ts_ns, 'vCPUs kept waiting' AS event, 'steal' AS cat,
    CAST(sum(m.change) OVER (PARTITION BY m.vm ORDER BY m.time_ns) AS INTEGER) AS vcpus
FROM moment AS m
ORDER BY ts_ns, tid
