INSERT INTO directed_yield
SELECT
    run, episode, spinner, pcpu, exit_ns,
    CASE outcome
        WHEN 0 THEN 'NO_SWITCH'::yield_outcome WHEN 1 THEN 'SIBLING'::yield_outcome
        WHEN 2 THEN 'OTHER_VM'::yield_outcome WHEN 3 THEN 'OTHER_THREAD'::yield_outcome
        WHEN 4 THEN 'IDLE'::yield_outcome WHEN 5 THEN 'UNKNOWN'::yield_outcome
    END,
    successor_vcpu, successor_tid, off_cpu_ns,
    CASE back_before_progress WHEN 0 THEN 'YES'::tristate WHEN 1 THEN 'NO'::tristate WHEN 2 THEN 'UNKNOWN'::tristate END,
    CASE hit_culprit WHEN 0 THEN 'YES'::tristate WHEN 1 THEN 'NO'::tristate WHEN 2 THEN 'UNKNOWN'::tristate END,
    target,
    CASE same_queue WHEN 0 THEN 'YES'::tristate WHEN 1 THEN 'NO'::tristate WHEN 2 THEN 'UNKNOWN'::tristate END,
    CASE continuation
        WHEN 0 THEN 'NONE'::continuation WHEN 1 THEN 'HOLDER_RUNNING'::continuation
        WHEN 2 THEN 'OVERBOOST'::continuation WHEN 3 THEN 'SCHEDULER_MISMATCH'::continuation
        WHEN 4 THEN 'LOST_OPPORTUNITY'::continuation WHEN 5 THEN 'NO_CANDIDATE'::continuation
        WHEN 6 THEN 'UNKNOWN'::continuation
    END,
    line
FROM feed_directed_yield();
