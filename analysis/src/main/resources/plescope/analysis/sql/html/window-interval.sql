-- What the vCPUs of the VM did meanwhile, and who else had the pCPUs they ran or queued on; of more than 32 vCPUs those that were
-- waited for and those that spun most. At most 3000 intervals: where there are more, the picture ends early.
WITH near AS (
    SELECT i.vcpu, v.vm, i.state, i.pcpu, i.start_ns, i.end_ns, i.origin
    FROM vcpu_interval AS i
    JOIN vcpu AS v ON v.vcpu = i.vcpu
    WHERE i.run = $run AND i.end_ns > $from_ns AND i.start_ns < $to_ns AND i.end_ns > i.start_ns
), culprit AS (
    SELECT DISTINCT k.vcpu
    FROM spin_episode AS e
    JOIN wait_candidate AS k ON k.run = e.run AND k.episode = e.episode AND k.rank = 1
    WHERE e.run = $run AND e.end_ns > $from_ns AND e.start_ns < $to_ns
), lane AS (
    SELECT n.vcpu
    FROM near AS n
    WHERE n.vm = $vm
    GROUP BY n.vcpu
    ORDER BY
        n.vcpu IN (SELECT c.vcpu FROM culprit AS c) DESC,
        coalesce(sum(n.end_ns - n.start_ns) FILTER (WHERE n.state = 'SPINNING'), 0) DESC,
        n.vcpu
    LIMIT 32
), place AS (
    SELECT DISTINCT n.pcpu
    FROM near AS n
    JOIN lane AS l ON l.vcpu = n.vcpu
    WHERE n.pcpu IS NOT NULL
)
SELECT
    v.label AS vcpu, n.vcpu IN (SELECT l.vcpu FROM lane AS l) AS lane, CAST(n.state AS VARCHAR) AS state, n.pcpu,
    n.start_ns, n.end_ns, CAST(n.origin AS VARCHAR) AS origin
FROM near AS n
JOIN v_vcpu AS v ON v.vcpu = n.vcpu
WHERE n.vcpu IN (SELECT l.vcpu FROM lane AS l)
    OR (n.state IN ('GUEST', 'SPINNING', 'HOST', 'HALT_POLL') AND n.pcpu IN (SELECT p.pcpu FROM place AS p))
ORDER BY n.start_ns, v.vm, v.number, v.vcpu, n.end_ns
LIMIT 3000
