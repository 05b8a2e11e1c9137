-- PLE bursts one by one, most PLE exits first: PLE exits of one VM with no gap longer than the limit.
-- @param  run            INTEGER 0    which schedule to read, 0 = recorded
-- @param  max_gap_us     INTEGER 100  longest gap inside a burst, microseconds
-- @param  min_exits      INTEGER 3    fewest PLE exits that count as a burst
-- @column vm             VARCHAR  virtual machine
-- @column burst          BIGINT   number of the burst in its VM, by time from 1
-- @column start_ns       BIGINT   first PLE exit, nanoseconds from the first event
-- @column length_ns      BIGINT   from the first to the last PLE exit, nanoseconds
-- @column exits          BIGINT   PLE exits
-- @column vcpus          INTEGER  vCPUs that took part
-- @column vcpu_numbers   VARCHAR  which ones
-- @column spin_ns        BIGINT   guest time burnt spinning, nanoseconds
-- @column first_line     BIGINT   line of the log where it begins, empty in replays
SELECT
    b.vm,
    b.burst,
    b.start_ns,
    b.end_ns - b.start_ns AS length_ns,
    b.exits,
    b.vcpus,
    array_to_string(b.vcpu_numbers, ' ') AS vcpu_numbers,
    b.spin_ns,
    b.first_line
FROM plain_ple_burst(run := $run, max_gap_us := $max_gap_us, min_exits := $min_exits) AS b
ORDER BY b.exits DESC, b.spin_ns DESC, b.start_ns, b.vm
