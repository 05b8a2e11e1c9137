-- What each setting would change, per VM: throughput against the replay of the recorded setting. The error of that replay
-- on this very trace stands beside every prediction; a smaller difference says nothing. A trace without PLE exits does not
-- show spinning, so it cannot answer.
-- @column run                    INTEGER  schedule: FROM run names it
-- @column setting                VARCHAR  host scheduler, KVM era, policy and parameters
-- @column role                   VARCHAR  RECORDED, IDENTITY, BOUND, ORACLE or POLICY
-- @column seed                   BIGINT   seed of the replay, NULL for the recorded schedule
-- @column vm                     VARCHAR  virtual machine
-- @column throughput_ratio       DOUBLE   useful guest work per time, as a multiple of the identity replay
-- @column identity_error_percent DOUBLE   how far the identity replay misses the recorded throughput of this VM
-- @column headroom_percent       DOUBLE   share of the gain between identity replay and oracle that the setting reaches
-- @column verdict                VARCHAR  measured, reference, faster, slower, not distinguishable, spin not recorded, or no identity replay
-- @column ple_exits_per_s        DOUBLE   PLE exits per second of the schedule
-- @column sibling_yields_per_s   DOUBLE   of those, after which a sibling vCPU ran
-- @column context_switches_per_s DOUBLE   switches to this VM's vCPUs per second of the schedule
-- @column steal_percent          DOUBLE   share of vCPU time runnable but not running
WITH identity AS (
    SELECT w.vm, avg(w.work_rate) AS work_rate
    FROM v_vm_work AS w
    JOIN run AS r ON r.run = w.run
    WHERE r.role = 'IDENTITY'
    GROUP BY w.vm
), oracle AS (
    SELECT w.vm, max(w.work_rate) AS work_rate
    FROM v_vm_work AS w
    JOIN run AS r ON r.run = w.run
    WHERE r.role = 'ORACLE'
    GROUP BY w.vm
), trust AS (
    SELECT i.vm, 100 * abs(i.work_rate / nullif(w.work_rate, 0) - 1) AS error_percent
    FROM identity AS i
    JOIN v_vm_work AS w ON w.vm = i.vm
    JOIN run AS r ON r.run = w.run
    WHERE r.role = 'RECORDED'
), spin AS (
    SELECT y.run, v.vm, count(*) AS ple_exits, count(*) FILTER (WHERE y.outcome = 'SIBLING') AS sibling_yields
    FROM directed_yield AS y
    JOIN vcpu AS v ON v.vcpu = y.spinner
    GROUP BY y.run, v.vm
), steal AS (
    SELECT
        t.run, v.vm,
        100 * sum(t.end_ns - t.start_ns) FILTER (WHERE t.state IN ('PREEMPTED', 'WAITING'))
            / nullif(sum(t.end_ns - t.start_ns), 0) AS percent
    FROM vcpu_interval AS t
    JOIN vcpu AS v ON v.vcpu = t.vcpu
    GROUP BY t.run, v.vm
), seen AS (
    SELECT count(*) > 0 AS ple_exits FROM directed_yield AS y WHERE y.run = 0
), outcome AS (
    SELECT
        r.run, r.setting, r.role, r.seed, nullif(r.elapsed_ns, 0) / 1e9 AS seconds, m.vm, m.name,
        w.work_rate / nullif(i.work_rate, 0) AS ratio,
        t.error_percent,
        100 * (w.work_rate - i.work_rate) / nullif(o.work_rate - i.work_rate, 0) AS headroom_percent,
        o.work_rate > i.work_rate * (1 + t.error_percent / 100) AS has_headroom
    FROM run AS r
    CROSS JOIN vm AS m
    LEFT JOIN v_vm_work AS w ON w.run = r.run AND w.vm = m.vm
    LEFT JOIN identity AS i ON i.vm = m.vm
    LEFT JOIN oracle AS o ON o.vm = m.vm
    LEFT JOIN trust AS t ON t.vm = m.vm
)
SELECT
    CAST(u.run AS INTEGER) AS run,
    u.setting,
    CAST(u.role AS VARCHAR) AS role,
    u.seed,
    u.name AS vm,
    round(u.ratio, 4) AS throughput_ratio,
    round(u.error_percent, 2) AS identity_error_percent,
    CASE WHEN u.has_headroom AND u.role <> 'RECORDED' THEN round(u.headroom_percent, 1) END AS headroom_percent,
    CASE
        WHEN u.role = 'RECORDED' THEN 'measured'
        WHEN u.role = 'IDENTITY' THEN 'reference'
        WHEN u.ratio IS NULL OR u.error_percent IS NULL THEN 'no identity replay'
        WHEN NOT seen.ple_exits THEN 'spin not recorded'
        WHEN 100 * abs(u.ratio - 1) <= u.error_percent THEN 'not distinguishable'
        WHEN u.ratio > 1 THEN 'faster'
        ELSE 'slower'
    END AS verdict,
    round(coalesce(s.ple_exits, 0) / u.seconds, 1) AS ple_exits_per_s,
    round(coalesce(s.sibling_yields, 0) / u.seconds, 1) AS sibling_yields_per_s,
    round(c.value / u.seconds, 1) AS context_switches_per_s,
    round(coalesce(l.percent, 0), 2) AS steal_percent
FROM outcome AS u
CROSS JOIN seen
LEFT JOIN spin AS s ON s.run = u.run AND s.vm = u.vm
LEFT JOIN steal AS l ON l.run = u.run AND l.vm = u.vm
LEFT JOIN run_metric AS c ON c.run = u.run AND c.vm = u.vm AND c.metric = 'context_switches'
ORDER BY u.run, u.vm
