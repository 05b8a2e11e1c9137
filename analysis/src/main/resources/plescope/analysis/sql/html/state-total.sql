-- Time of all vCPUs together by state and by how it is known.
SELECT
    CAST(i.state AS VARCHAR) AS state, CAST(i.origin AS VARCHAR) AS origin,
    CAST(sum(i.end_ns - i.start_ns) AS BIGINT) AS ns,
    round(100 * sum(i.end_ns - i.start_ns) / nullif(sum(sum(i.end_ns - i.start_ns)) OVER (), 0), 3) AS percent
FROM vcpu_interval AS i
WHERE i.run = $run
GROUP BY i.state, i.origin
ORDER BY i.state, i.origin
