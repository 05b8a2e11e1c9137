-- Names and order of the tracks: host CPUs first, then each VM with its bursts and two tracks per vCPU.
WITH track AS (
    SELECT 1 AS pid, 0 AS tid, 'process_name' AS event, 'host CPUs' AS name, NULL AS sort_index
    UNION ALL SELECT 1, 0, 'process_sort_index', NULL, 0
    UNION ALL SELECT 1, 1 + c.pcpu, 'thread_name', 'CPU ' || c.pcpu, NULL FROM pcpu AS c
    UNION ALL SELECT 1, 1 + c.pcpu, 'thread_sort_index', NULL, c.pcpu FROM pcpu AS c
    UNION ALL SELECT 1000 + m.vm, 0, 'process_name', m.name, NULL FROM vm AS m
    UNION ALL SELECT 1000 + m.vm, 0, 'process_sort_index', NULL, 1 + m.vm FROM vm AS m
    UNION ALL SELECT 1000 + m.vm, 100000 + m.vm, 'thread_name', 'PLE bursts', NULL FROM vm AS m
    UNION ALL SELECT 1000 + m.vm, 100000 + m.vm, 'thread_sort_index', NULL, -1 FROM vm AS m
    UNION ALL SELECT 1000 + v.vm, 200000 + 2 * v.vcpu, 'thread_name', 'vcpu' || v.number, NULL FROM vcpu AS v
    UNION ALL SELECT 1000 + v.vm, 200000 + 2 * v.vcpu, 'thread_sort_index', NULL, 2 * v.number FROM vcpu AS v
    UNION ALL SELECT 1000 + v.vm, 200001 + 2 * v.vcpu, 'thread_name', 'vcpu' || v.number || ' waits', NULL FROM vcpu AS v
    UNION ALL SELECT 1000 + v.vm, 200001 + 2 * v.vcpu, 'thread_sort_index', NULL, 2 * v.number + 1 FROM vcpu AS v
)
SELECT 'M' AS ph, t.pid, t.tid, t.event, t.name, t.sort_index
FROM track AS t
ORDER BY t.pid, t.tid, t.event
