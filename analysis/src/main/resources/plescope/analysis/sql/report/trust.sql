-- What predictions from this recording rest on, per VM: by how much the replay of the recorded setting misses the recording in each
-- measure, and how much of its spinning and waiting is guesswork.
-- @filter vm
-- @column vm                      VARCHAR virtual machine
-- @column throughput_percent      DOUBLE  identity replay against recording: useful guest work per second
-- @column ple_exits_percent       DOUBLE  PLE exits per second
-- @column switches_percent        DOUBLE  switches to its vCPUs per second
-- @column bursts_percent          DOUBLE  mean PLE exits per spin episode
-- @column lock_wait_percent       DOUBLE  99th percentile of lock waits
-- @column ipi_wait_percent        DOUBLE  99th percentile of IPI waits
-- @column steal_percent           DOUBLE  steal, as a share of the recorded
-- @column unknown_cause_percent   DOUBLE  share of its recorded spin whose cause is unknown
-- @column unknown_wakeups_percent DOUBLE  share of its recorded wake-ups whose sender is unknown: replays take them as they came
-- @column broken_edges            BIGINT  waits that could never end and were cut, over all trials of the identity
-- @column trials                  BIGINT  replays of each what-if
WITH wake_ups AS (
    SELECT v.vm, 100.0 * count(*) FILTER (WHERE e.source = 'UNKNOWN') / count(*) AS unknown_percent
    FROM wake_edge AS e
    JOIN vcpu AS v ON v.vcpu = e.vcpu
    WHERE e.run = 0
    GROUP BY v.vm
)
SELECT
    m.name AS vm,
    round(100 * max(p.identity_error) FILTER (WHERE p.measure = 'throughput'), 1) AS throughput_percent,
    round(100 * max(p.identity_error) FILTER (WHERE p.measure = 'ple_exits'), 1) AS ple_exits_percent,
    round(100 * max(p.identity_error) FILTER (WHERE p.measure = 'context_switches'), 1) AS switches_percent,
    round(100 * max(p.identity_error) FILTER (WHERE p.measure = 'burst_mean'), 1) AS bursts_percent,
    round(100 * max(p.identity_error) FILTER (WHERE p.measure = 'p99_lock_wait_us'), 1) AS lock_wait_percent,
    round(100 * max(p.identity_error) FILTER (WHERE p.measure = 'p99_ipi_wait_us'), 1) AS ipi_wait_percent,
    round(100 * max(p.identity_error) FILTER (WHERE p.measure = 'steal_percent'), 1) AS steal_percent,
    round(max(p.recorded) FILTER (WHERE p.measure = 'unknown_cause_percent'), 1) AS unknown_cause_percent,
    round(max(w.unknown_percent), 1) AS unknown_wakeups_percent,
    CAST(max(e.value) AS BIGINT) AS broken_edges,
    CAST(max(t.value) AS BIGINT) AS trials
FROM prediction AS p
JOIN run AS r ON r.run = p.run AND r.role = 'IDENTITY'
JOIN vm AS m ON m.vm = p.vm
LEFT JOIN wake_ups AS w ON w.vm = p.vm
LEFT JOIN run_metric AS e ON e.run = p.run AND e.metric = 'broken_edges'
LEFT JOIN run_metric AS t ON t.run = p.run AND t.metric = 'trials'
GROUP BY p.vm, m.name
ORDER BY p.vm
