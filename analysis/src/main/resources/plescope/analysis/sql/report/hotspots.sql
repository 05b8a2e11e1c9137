-- Where the guests spin: PLE exits and spin time by guest function, or by address where no symbols were given.
-- @param  run           INTEGER 0  which schedule to read, 0 = recorded
-- @column vm            VARCHAR  virtual machine
-- @column place         VARCHAR  guest function, or address of the PAUSE instruction
-- @column ple_exits     BIGINT   PLE exits there
-- @column exits_percent DOUBLE   share of all PLE exits of all VMs
-- @column spin_ns       BIGINT   guest time of the spin episodes that begin there, nanoseconds
-- @column spin_percent  DOUBLE   share of all spin time of all VMs
-- @column vcpus         INTEGER  vCPUs that exited there
-- @column addresses     INTEGER  distinct instruction addresses
-- @column first_line    BIGINT   first such line of the log
WITH exit_at AS (
    SELECT v.vm, x.guest_rip AS rip, x.vcpu, 1 AS exits, 0 AS spin_ns, x.line
    FROM vm_exit AS x
    JOIN exit_reason AS r ON r.reason = x.reason
    JOIN vcpu AS v ON v.vcpu = x.vcpu
    WHERE x.run = $run AND r.family = 'PAUSE'
    UNION ALL
    SELECT v.vm, e.guest_rip, e.vcpu, 0, e.spin_ns, e.first_line
    FROM spin_episode AS e
    JOIN vcpu AS v ON v.vcpu = e.vcpu
    WHERE e.run = $run
), rip AS (
    SELECT a.vm, a.rip, a.vcpu, sum(a.exits) AS exits, sum(a.spin_ns) AS spin_ns, min(a.line) AS line
    FROM exit_at AS a
    GROUP BY a.vm, a.rip, a.vcpu
), named AS (
    SELECT r.vm, coalesce(s.name, hex_address(r.rip)) AS place, r.rip, r.vcpu, r.exits, r.spin_ns, r.line
    FROM rip AS r
    LEFT JOIN symbol AS s ON s.vm = r.vm AND s.guest_rip = r.rip
)
SELECT
    m.name AS vm,
    n.place,
    CAST(sum(n.exits) AS BIGINT) AS ple_exits,
    round(100 * sum(n.exits) / nullif(sum(sum(n.exits)) OVER (), 0), 2) AS exits_percent,
    CAST(sum(n.spin_ns) AS BIGINT) AS spin_ns,
    round(100 * sum(n.spin_ns) / nullif(sum(sum(n.spin_ns)) OVER (), 0), 2) AS spin_percent,
    CAST(count(DISTINCT n.vcpu) AS INTEGER) AS vcpus,
    CAST(count(DISTINCT n.rip) AS INTEGER) AS addresses,
    min(n.line) AS first_line
FROM named AS n
JOIN vm AS m ON m.vm = n.vm
GROUP BY m.vm, m.name, n.place
ORDER BY spin_ns DESC, ple_exits DESC, m.vm, n.place
