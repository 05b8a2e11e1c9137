-- What the guests spin for, by VM, cause and kind of evidence, with whom they waited for most and lines that show it.
-- @param  run             INTEGER 0  which schedule to read, 0 = recorded
-- @column vm              VARCHAR  virtual machine
-- @column cause           VARCHAR  LOCK, TLB_SHOOTDOWN, IPI or UNKNOWN; NOT JUDGED where no verdict was stored
-- @column evidence        VARCHAR  DIRECT (an event or symbol names it) or INFERRED (only timing speaks)
-- @column episodes        BIGINT   spin episodes
-- @column ple_exits       BIGINT   PLE exits in them
-- @column spin_ns         BIGINT   guest time burnt, nanoseconds
-- @column spin_percent    DOUBLE   share of all spin time of all VMs
-- @column probability     DOUBLE   mean belief in the cause, weighted by spin time, 0 to 1
-- @column culprit         VARCHAR  vCPU most often the first suspect, by spin time
-- @column culprit_percent DOUBLE   its share of the spin time of this row
-- @column example         VARCHAR  evidence of the longest such spin: line of the log and what it shows
WITH judged AS (
    SELECT
        e.vm, e.vcpu, e.episode, e.ple_exits, e.spin_ns, coalesce(CAST(e.cause AS VARCHAR), 'NOT JUDGED') AS cause,
        coalesce(CAST(e.evidence AS VARCHAR), 'INFERRED') AS evidence, e.cause_probability, e.culprit, e.first_line
    FROM v_spin_episode AS e
    WHERE e.run = $run
), cause AS (
    SELECT
        j.vm, j.cause, j.evidence, count(*) AS episodes, sum(j.ple_exits) AS ple_exits, sum(j.spin_ns) AS spin_ns,
        sum(j.cause_probability * j.spin_ns) / nullif(sum(j.spin_ns), 0) AS probability,
        arg_min(j.episode, (-j.spin_ns, j.episode)) AS example_episode
    FROM judged AS j
    GROUP BY j.vm, j.cause, j.evidence
), suspect AS (
    SELECT j.vm, j.cause, j.evidence, j.culprit, sum(j.spin_ns) AS spin_ns
    FROM judged AS j
    WHERE j.culprit IS NOT NULL
    GROUP BY j.vm, j.cause, j.evidence, j.culprit
), culprit AS (
    SELECT s.vm, s.cause, s.evidence, arg_min(s.culprit, (-s.spin_ns, s.culprit)) AS culprit, max(s.spin_ns) AS spin_ns
    FROM suspect AS s
    GROUP BY s.vm, s.cause, s.evidence
), example AS (
    SELECT t.episode, string_agg(t.line || ' ' || t.role, ', ' ORDER BY t.line, t.role) AS lines
    FROM wait_evidence AS t
    JOIN cause AS c ON c.example_episode = t.episode
    WHERE t.run = $run
    GROUP BY t.episode
)
SELECT
    m.name AS vm,
    c.cause,
    c.evidence,
    c.episodes,
    CAST(c.ple_exits AS BIGINT) AS ple_exits,
    CAST(c.spin_ns AS BIGINT) AS spin_ns,
    round(100 * c.spin_ns / nullif(sum(c.spin_ns) OVER (), 0), 2) AS spin_percent,
    round(c.probability, 3) AS probability,
    k.culprit,
    round(100 * k.spin_ns / nullif(c.spin_ns, 0), 2) AS culprit_percent,
    x.lines AS example
FROM cause AS c
JOIN vm AS m ON m.vm = c.vm
LEFT JOIN culprit AS k ON k.vm = c.vm AND k.cause = c.cause AND k.evidence = c.evidence
LEFT JOIN example AS x ON x.episode = c.example_episode
ORDER BY spin_ns DESC, m.vm, c.cause, c.evidence
