INSERT INTO wakeup
SELECT
    run, vcpu, time_ns, waker_tid, waker_vcpu, pcpu,
    CASE source
        WHEN 0 THEN 'SIBLING'::wakeup_source WHEN 1 THEN 'INTERRUPT'::wakeup_source
        WHEN 2 THEN 'THREAD'::wakeup_source WHEN 3 THEN 'UNKNOWN'::wakeup_source
    END,
    line
FROM feed_wakeup();
