-- The longest spin episodes, in place of PLE bursts: this schedule has none.
SELECT
    v.vm AS vm_number, v.vm_name AS vm, 'episode ' || e.episode AS name, e.start_ns, e.end_ns, e.ple_exits AS exits,
    1 AS vcpus, CAST(v.number AS VARCHAR) AS vcpu_numbers, e.spin_ns, e.first_line
FROM spin_episode AS e
JOIN v_vcpu AS v ON v.vcpu = e.vcpu
WHERE e.run = $run
ORDER BY e.spin_ns DESC, e.start_ns, e.vcpu
LIMIT 6
