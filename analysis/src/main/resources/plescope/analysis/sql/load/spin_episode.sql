INSERT INTO spin_episode
SELECT
    run, episode, vcpu, start_ns, end_ns, ple_exits, spin_ns, guest_rip,
    CASE spin_end
        WHEN 0 THEN 'PROGRESS'::spin_end WHEN 1 THEN 'HALT'::spin_end
        WHEN 2 THEN 'PREEMPTED'::spin_end
        WHEN 3 THEN 'UNKNOWN'::spin_end
    END,
    CASE origin WHEN 0 THEN 'RECORDED'::origin WHEN 1 THEN 'INFERRED'::origin WHEN 2 THEN 'SYNTHETIC'::origin END,
    first_line, last_line
FROM feed_spin_episode();
