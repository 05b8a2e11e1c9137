-- PLE bursts of each VM.
SELECT
    'X' AS ph, 1000 + m.vm AS pid, 100000 + m.vm AS tid, greatest(b.start_ns, {from}) AS ts_ns,
    least(b.end_ns, {to}) - greatest(b.start_ns, {from}) AS dur_ns, 'burst of ' || b.exits || ' PLE exits' AS event, 'burst' AS cat,
    b.burst, b.exits, b.vcpus, b.spin_ns, b.first_line
FROM ple_burst(run := {run}) AS b
JOIN vm AS m ON m.name = b.vm
WHERE b.start_ns < {to} AND b.end_ns >= {from}
    AND m.vm IN (SELECT v.vm FROM vcpu AS v JOIN vcpu_interval AS i ON i.vcpu = v.vcpu WHERE i.run = {run})
ORDER BY ts_ns, tid
