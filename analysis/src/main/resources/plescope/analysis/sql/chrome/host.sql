-- Who has each host CPU: from context switches, or from the vCPUs alone where the log has none. Idle time is left blank.
WITH turn AS (
    SELECT
        s.pcpu, s.next_tid AS host_tid, s.time_ns AS start_ns,
        lead(s.time_ns, 1, r.elapsed_ns) OVER (PARTITION BY s.pcpu ORDER BY s.time_ns, s.rowid) AS end_ns
    FROM main.context_switch AS s
    JOIN run AS r ON r.run = s.run
    WHERE s.run = {run}
    UNION ALL
    -- who was there when the schedule began
    SELECT s.pcpu, arg_min(s.prev_tid, (s.time_ns, s.rowid)), 0, min(s.time_ns)
    FROM main.context_switch AS s
    WHERE s.run = {run}
    GROUP BY s.pcpu
), stay AS (
    SELECT
        i.pcpu, i.vcpu, i.start_ns, i.end_ns,
        CASE WHEN lag(i.end_ns) OVER w = i.start_ns AND lag(i.pcpu) OVER w = i.pcpu THEN 0 ELSE 1 END AS arrives
    FROM vcpu_interval AS i
    WHERE i.run = {run} AND i.state IN ('GUEST', 'SPINNING', 'HOST', 'HALT_POLL') AND i.pcpu IS NOT NULL
        AND NOT EXISTS (FROM turn)
    WINDOW w AS (PARTITION BY i.vcpu ORDER BY i.start_ns, i.end_ns)
), numbered AS (
    SELECT s.*, sum(s.arrives) OVER (PARTITION BY s.vcpu ORDER BY s.start_ns, s.end_ns ROWS UNBOUNDED PRECEDING) AS visit
    FROM stay AS s
), slice AS (
    SELECT t.pcpu, t.host_tid, t.start_ns, t.end_ns FROM turn AS t WHERE t.host_tid <> 0
    UNION ALL
    SELECT n.pcpu, v.tid, min(n.start_ns), max(n.end_ns)
    FROM numbered AS n
    JOIN vcpu AS v ON v.vcpu = n.vcpu
    GROUP BY n.vcpu, v.tid, n.pcpu, n.visit
)
SELECT
    'X' AS ph, 1 AS pid, 1 + s.pcpu AS tid, greatest(s.start_ns, {from}) AS ts_ns,
    least(s.end_ns, {to}) - greatest(s.start_ns, {from}) AS dur_ns,
    coalesce(l.label, nullif(h.comm, ''), CASE WHEN s.host_tid < 0 THEN 'unknown' ELSE 'thread ' || s.host_tid END) AS event,
    CASE WHEN l.vcpu IS NULL THEN 'thread' ELSE 'vcpu' END AS cat,
    s.host_tid
FROM slice AS s
LEFT JOIN v_vcpu AS l ON l.tid = s.host_tid
LEFT JOIN thread AS h ON h.tid = s.host_tid
WHERE s.start_ns < {to} AND s.end_ns > {from} AND s.end_ns > s.start_ns
ORDER BY ts_ns, tid
