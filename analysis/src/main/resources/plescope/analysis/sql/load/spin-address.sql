SELECT DISTINCT m.vm, m.name, a.guest_rip
FROM (
    SELECT x.vcpu, x.guest_rip
    FROM vm_exit AS x
    JOIN exit_reason AS r ON r.reason = x.reason
    WHERE x.run = 0 AND r.family = 'PAUSE'
    UNION ALL
    SELECT e.vcpu, e.guest_rip
    FROM spin_episode AS e
    WHERE e.run = 0
) AS a
JOIN vcpu AS v ON v.vcpu = a.vcpu
JOIN vm AS m ON m.vm = v.vm
ORDER BY m.vm, a.guest_rip;
