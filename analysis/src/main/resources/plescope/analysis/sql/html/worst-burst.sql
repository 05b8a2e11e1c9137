-- The bursts with most PLE exits: PLE exits of one VM with no gap longer than 100 us, at least 3 of them.
SELECT
    m.vm AS vm_number, b.vm, 'burst ' || b.burst AS name, b.start_ns, b.end_ns, b.exits, b.vcpus,
    array_to_string(b.vcpu_numbers, ' ') AS vcpu_numbers, b.spin_ns, b.first_line
FROM ple_burst(run := $run, max_gap_us := 100, min_exits := 3) AS b
JOIN vm AS m ON m.name = b.vm
ORDER BY b.exits DESC, b.spin_ns DESC, b.start_ns, m.vm
LIMIT 6
