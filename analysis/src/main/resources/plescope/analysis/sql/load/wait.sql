INSERT INTO wait
SELECT
    run, episode,
    CASE cause
        WHEN 0 THEN 'LOCK'::wait_cause WHEN 1 THEN 'TLB_SHOOTDOWN'::wait_cause
        WHEN 2 THEN 'IPI'::wait_cause WHEN 3 THEN 'UNKNOWN'::wait_cause
    END,
    cause_probability,
    CASE evidence WHEN 0 THEN 'DIRECT'::evidence WHEN 1 THEN 'INFERRED'::evidence END,
    entropy_bits, ambiguous = 1, lock, ahead, root,
    CASE WHEN NOT isnan(fifo_share) THEN fifo_share END,
    CASE held_up WHEN 0 THEN 'YES'::tristate WHEN 1 THEN 'NO'::tristate WHEN 2 THEN 'UNKNOWN'::tristate END
FROM feed_wait();
