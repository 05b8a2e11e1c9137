-- What a comparison must know of a trace or replay beside its numbers.
WITH fact AS (
    SELECT 10 AS place, 'trace' AS fact, t.source AS value FROM trace AS t
    UNION ALL SELECT 11, 'schedule', r.setting FROM run AS r WHERE r.run = $run
    UNION ALL SELECT 20, 'kernel', coalesce(t.kernel_release, t.kernel_at_least || ' or later, by spelling', 'not stated') FROM trace AS t
    UNION ALL SELECT 21, 'recorded setting', h.value FROM host_fact AS h WHERE h.fact = 'recorded setting' AND $run = 0
    UNION ALL SELECT 22, 'virtualisation', t.isa FROM trace AS t
    UNION ALL SELECT 23, 'producer', t.producer FROM trace AS t
    UNION ALL SELECT 24, 'resolution_ns', CAST(t.resolution_ns AS VARCHAR) FROM trace AS t
    UNION ALL SELECT 30, 'pCPUs', CAST(count(*) AS VARCHAR) FROM pcpu
    UNION ALL SELECT 31, 'VMs', CAST(count(*) AS VARCHAR) FROM vm
    UNION ALL
    SELECT 32, 'vCPUs', string_agg(n.label, ', ' ORDER BY n.vm)
    FROM (
        SELECT v.vm, m.name || ': ' || count(*) AS label FROM vcpu AS v JOIN vm AS m ON m.vm = v.vm GROUP BY v.vm, m.name
    ) AS n
    UNION ALL
    SELECT 40, 'PLE windows', CASE WHEN min(x.ple_window) = max(x.ple_window) THEN 'always ' || min(x.ple_window) ELSE 'grow and shrink' END
    FROM vm_exit AS x
    WHERE x.run = $run AND x.ple_window IS NOT NULL
    HAVING count(*) > 0
    UNION ALL
    SELECT 41, 'PLE', CASE WHEN count(*) > 0 THEN 'exits' ELSE 'no exits' END
    FROM vm_exit AS x
    JOIN exit_reason AS r ON r.reason = x.reason
    WHERE x.run = $run AND r.family = 'PAUSE'
    UNION ALL
    SELECT 42, 'spinning', CASE WHEN count(*) > 0 THEN 'seen' ELSE 'not seen' END
    FROM vcpu_interval AS i
    WHERE i.run = $run AND i.state = 'SPINNING'
    UNION ALL SELECT 50, 'span_ns', CAST(coalesce(max(r.elapsed_ns), 0) AS VARCHAR) FROM run AS r WHERE r.run = $run
    UNION ALL SELECT 51, 'events', CAST(t.events AS VARCHAR) FROM trace AS t WHERE $run = 0
    UNION ALL SELECT 52, 'events lost', CAST(t.lost_events AS VARCHAR) FROM trace AS t WHERE $run = 0
    UNION ALL
    SELECT 60, 'tracepoints', coalesce(string_agg(p.name, ' ' ORDER BY p.name), '') FROM tracepoint AS p WHERE p.events > 0
)
SELECT f.fact, f.value FROM fact AS f WHERE f.value IS NOT NULL ORDER BY f.place
