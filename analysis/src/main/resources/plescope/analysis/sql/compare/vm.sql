-- VMs and how many vCPUs they have.
SELECT CAST(m.vm AS INTEGER) AS vm, m.name, count(v.vcpu) AS vcpus
FROM vm AS m
LEFT JOIN vcpu AS v ON v.vm = m.vm
GROUP BY m.vm, m.name
ORDER BY m.vm
