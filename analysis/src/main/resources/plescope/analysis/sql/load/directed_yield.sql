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
    line
FROM feed_directed_yield();
