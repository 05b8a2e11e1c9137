INSERT INTO vcpu_interval
SELECT
    run, vcpu,
    CASE state
        WHEN 0 THEN 'GUEST'::vcpu_state WHEN 1 THEN 'SPINNING'::vcpu_state WHEN 2 THEN 'HOST'::vcpu_state
        WHEN 3 THEN 'HALT_POLL'::vcpu_state WHEN 4 THEN 'PREEMPTED'::vcpu_state WHEN 5 THEN 'WAITING'::vcpu_state
        WHEN 6 THEN 'BLOCKED'::vcpu_state WHEN 7 THEN 'UNKNOWN'::vcpu_state
    END,
    pcpu, start_ns, end_ns,
    CASE origin WHEN 0 THEN 'RECORDED'::origin WHEN 1 THEN 'INFERRED'::origin WHEN 2 THEN 'SYNTHETIC'::origin END
FROM feed_vcpu_interval();
