-- Time of each vCPU by state and by how it is known; of more than 64 vCPUs those that spin most.
WITH spent AS (
    SELECT i.vcpu, i.state, i.origin, CAST(sum(i.end_ns - i.start_ns) AS BIGINT) AS ns
    FROM vcpu_interval AS i
    WHERE i.run = $run
    GROUP BY i.vcpu, i.state, i.origin
), busiest AS (
    SELECT s.vcpu, CAST(sum(s.ns) AS BIGINT) AS observed_ns
    FROM spent AS s
    GROUP BY s.vcpu
    ORDER BY coalesce(sum(s.ns) FILTER (WHERE s.state = 'SPINNING'), 0) DESC, s.vcpu
    LIMIT 64
)
SELECT
    v.label AS vcpu, v.tid, v.comm,
    CAST(s.state AS VARCHAR) AS state, CAST(s.origin AS VARCHAR) AS origin, s.ns,
    round(100 * s.ns / nullif(b.observed_ns, 0), 3) AS percent
FROM spent AS s
JOIN busiest AS b ON b.vcpu = s.vcpu
JOIN v_vcpu AS v ON v.vcpu = s.vcpu
WHERE s.ns > 0
ORDER BY v.vm, v.number, v.vcpu, s.state, s.origin
