-- Spinning of each vCPU in the same 240 parts; of more than 32 vCPUs those that spin most.
WITH width AS (
    SELECT greatest(1, (max(i.end_ns) + 239) // 240) AS ns
    FROM vcpu_interval AS i
    WHERE i.run = $run
), spun AS (
    SELECT i.vcpu, i.start_ns, i.end_ns
    FROM vcpu_interval AS i
    WHERE i.run = $run AND i.state = 'SPINNING' AND i.end_ns > i.start_ns
), busiest AS (
    SELECT s.vcpu
    FROM spun AS s
    GROUP BY s.vcpu
    ORDER BY sum(s.end_ns - s.start_ns) DESC, s.vcpu
    LIMIT 32
), piece AS (
    SELECT
        s.vcpu, s.start_ns, s.end_ns, w.ns AS width_ns,
        unnest(generate_series(s.start_ns // w.ns, (s.end_ns - 1) // w.ns)) AS bin
    FROM spun AS s
    JOIN busiest AS b ON b.vcpu = s.vcpu, width AS w
)
SELECT
    v.label AS vcpu,
    CAST(p.bin AS INTEGER) AS bin,
    round(100 * sum(least(p.end_ns, (p.bin + 1) * p.width_ns) - greatest(p.start_ns, p.bin * p.width_ns)) / p.width_ns, 1)
        AS spin_percent
FROM piece AS p
JOIN v_vcpu AS v ON v.vcpu = p.vcpu
GROUP BY v.vm, v.number, v.vcpu, v.label, p.bin, p.width_ns
ORDER BY v.vm, v.number, v.vcpu, p.bin
