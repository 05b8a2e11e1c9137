-- What PLE exits got their spinners, by VM: who had the pCPU next, whether the one waited for was run, and how the spin went on.
WITH answer AS (
    SELECT
        m.vm, m.name, y.outcome, y.continuation, y.line,
        CASE
            -- Without sched events nobody is seen to run: that is no answer, not the answer none.
            WHEN y.target IS NULL AND y.outcome = 'UNKNOWN' THEN 'NOT_JUDGED'
            WHEN y.target IS NULL THEN 'NO_TARGET'
            WHEN w.ambiguous IS NULL OR w.ambiguous OR k.vcpu IS NULL THEN 'NOT_JUDGED'
            WHEN k.vcpu = y.target THEN 'RIGHT'
            ELSE 'WRONG'
        END AS target
    FROM directed_yield AS y
    JOIN vcpu AS v ON v.vcpu = y.spinner
    JOIN vm AS m ON m.vm = v.vm
    LEFT JOIN wait AS w ON w.run = y.run AND w.episode = y.episode
    LEFT JOIN wait_candidate AS k ON k.run = y.run AND k.episode = y.episode AND k.rank = 1
    WHERE y.run = $run
), told AS (
    SELECT a.vm, a.name, 1 AS place, 'who had the pCPU next' AS question, CAST(a.outcome AS VARCHAR) AS answer, a.line FROM answer AS a
    UNION ALL
    SELECT a.vm, a.name, 2, 'was the one waited for run', a.target, a.line FROM answer AS a
    UNION ALL
    SELECT a.vm, a.name, 3, 'why the spin went on', CAST(a.continuation AS VARCHAR), a.line FROM answer AS a
)
SELECT
    t.name AS vm, t.question, t.answer, count(*) AS ple_exits,
    round(100 * count(*) / sum(count(*)) OVER (PARTITION BY t.vm, t.place), 2) AS percent,
    min(t.line) AS first_line
FROM told AS t
GROUP BY t.vm, t.name, t.place, t.question, t.answer
ORDER BY t.vm, t.place, t.answer
LIMIT 600
