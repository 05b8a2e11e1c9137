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
    SELECT v.vm, w.cause, w.evidence, w.suspect, w.episode, w.ple_exits, w.spin_ns, w.cause_probability * w.spin_ns AS weight
    FROM wait AS w
    JOIN vcpu AS v ON v.vcpu = w.vcpu
    WHERE w.run = $run
), suspected AS (
    SELECT
        j.vm, j.cause, j.evidence, j.suspect, count(*) AS episodes, sum(j.ple_exits) AS ple_exits, sum(j.spin_ns) AS spin_ns,
        sum(j.weight) AS weight, max(j.spin_ns) AS longest_ns
    FROM judged AS j
    GROUP BY j.vm, j.cause, j.evidence, j.suspect
), cause AS (
    SELECT
        s.vm, s.cause, s.evidence, sum(s.episodes) AS episodes, sum(s.ple_exits) AS ple_exits, sum(s.spin_ns) AS spin_ns,
        sum(s.weight) AS weight, max(s.longest_ns) AS longest_ns
    FROM suspected AS s
    GROUP BY s.vm, s.cause, s.evidence
), longest AS (
    SELECT j.vm, j.cause, j.evidence, min(j.episode) AS episode
    FROM judged AS j
    JOIN cause AS c ON c.vm = j.vm AND c.cause = j.cause AND c.evidence = j.evidence AND c.longest_ns = j.spin_ns
    GROUP BY j.vm, j.cause, j.evidence
), example AS (
    SELECT t.episode, string_agg(t.line || ' ' || t.role, ', ' ORDER BY t.line, t.role) AS lines
    FROM wait_evidence AS t
    JOIN longest AS l ON l.episode = t.episode
    WHERE t.run = $run
    GROUP BY t.episode
), named AS (
    SELECT
        s.vm, s.cause, s.evidence, k.label AS culprit, s.spin_ns,
        row_number() OVER (PARTITION BY s.vm, s.cause, s.evidence ORDER BY s.spin_ns DESC, k.label) AS place
    FROM suspected AS s
    JOIN v_vcpu AS k ON k.vcpu = s.suspect
), spun AS (
    SELECT v.vm, count(*) AS episodes, sum(e.ple_exits) AS ple_exits, sum(e.spin_ns) AS spin_ns
    FROM spin_episode AS e
    JOIN vcpu AS v ON v.vcpu = e.vcpu
    WHERE e.run = $run
    GROUP BY v.vm
), explained AS (
    SELECT c.vm, sum(c.episodes) AS episodes, sum(c.ple_exits) AS ple_exits, sum(c.spin_ns) AS spin_ns
    FROM cause AS c
    GROUP BY c.vm
), found AS (
    SELECT
        c.vm, CAST(c.cause AS VARCHAR) AS cause, CAST(c.evidence AS VARCHAR) AS evidence, c.episodes, c.ple_exits, c.spin_ns,
        c.weight / nullif(c.spin_ns, 0) AS probability, n.culprit, n.spin_ns AS culprit_ns, x.lines
    FROM cause AS c
    LEFT JOIN named AS n ON n.vm = c.vm AND n.cause = c.cause AND n.evidence = c.evidence AND n.place = 1
    LEFT JOIN longest AS l ON l.vm = c.vm AND l.cause = c.cause AND l.evidence = c.evidence
    LEFT JOIN example AS x ON x.episode = l.episode
    UNION ALL
    SELECT
        s.vm, 'NOT JUDGED', 'INFERRED', s.episodes - coalesce(e.episodes, 0), s.ple_exits - coalesce(e.ple_exits, 0),
        s.spin_ns - coalesce(e.spin_ns, 0), NULL, NULL, NULL, NULL
    FROM spun AS s
    LEFT JOIN explained AS e ON e.vm = s.vm
    WHERE s.episodes > coalesce(e.episodes, 0)
)
SELECT
    m.name AS vm,
    f.cause,
    f.evidence,
    CAST(f.episodes AS BIGINT) AS episodes,
    CAST(f.ple_exits AS BIGINT) AS ple_exits,
    CAST(f.spin_ns AS BIGINT) AS spin_ns,
    round(100 * f.spin_ns / nullif(sum(f.spin_ns) OVER (), 0), 2) AS spin_percent,
    round(f.probability, 3) AS probability,
    f.culprit,
    round(100 * f.culprit_ns / nullif(f.spin_ns, 0), 2) AS culprit_percent,
    f.lines AS example
FROM found AS f
JOIN vm AS m ON m.vm = f.vm
ORDER BY spin_ns DESC, m.vm, f.cause, f.evidence
