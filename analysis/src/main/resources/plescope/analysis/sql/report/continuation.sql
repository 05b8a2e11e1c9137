-- Why spins went on after PLE exits, by VM: what the host's answer was worth. The directed yield has no tracepoint, so the
-- verdict rests on the likeliest suspect of each wait and on who was ready at the exit.
-- @param  run             INTEGER 0  which schedule to read, 0 = recorded
-- @column vm              VARCHAR  virtual machine
-- @column continuation    VARCHAR  HOLDER_RUNNING, OVERBOOST, SCHEDULER_MISMATCH, LOST_OPPORTUNITY, NO_CANDIDATE or UNKNOWN; NONE where the spin did not go on
-- @column ple_exits       BIGINT   PLE exits
-- @column exit_percent    DOUBLE   share of the VM's PLE exits
-- @column continued_percent DOUBLE share of those after which the spin went on, NULL for NONE
-- @column off_cpu_us      DOUBLE   how long the spinner was away, mean, microseconds
-- @column first_line      BIGINT   line of the first such exit
WITH answer AS (
    SELECT m.vm, m.name, y.continuation, y.off_cpu_ns, y.line
    FROM directed_yield AS y
    JOIN vcpu AS v ON v.vcpu = y.spinner
    JOIN vm AS m ON m.vm = v.vm
    WHERE y.run = $run
), cause AS (
    SELECT
        a.vm, a.name, a.continuation, count(*) AS exits, avg(a.off_cpu_ns) AS off_cpu_ns, min(a.line) AS first_line,
        CASE WHEN a.continuation <> 'NONE' THEN count(*) ELSE 0 END AS continued
    FROM answer AS a
    GROUP BY a.vm, a.name, a.continuation
)
SELECT
    c.name AS vm,
    CAST(c.continuation AS VARCHAR) AS continuation,
    c.exits AS ple_exits,
    CAST(round(100 * c.exits / sum(c.exits) OVER by_vm, 2) AS DOUBLE) AS exit_percent,
    CASE WHEN c.continued > 0 THEN CAST(round(100 * c.continued / sum(c.continued) OVER by_vm, 2) AS DOUBLE) END
        AS continued_percent,
    round(c.off_cpu_ns / 1000, 1) AS off_cpu_us,
    c.first_line
FROM cause AS c
WINDOW by_vm AS (PARTITION BY c.vm)
ORDER BY c.vm, c.exits DESC, continuation
