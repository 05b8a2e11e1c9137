CREATE TABLE host_fact (
    place SMALLINT NOT NULL,
    fact VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
COMMENT ON TABLE host_fact IS 'The machine the log came from, as replays simulate it: what was read, measured or assumed.';
COMMENT ON COLUMN host_fact.place IS 'Order in which to print the facts';
COMMENT ON COLUMN host_fact.fact IS 'What it is, such as: recorded setting';
COMMENT ON COLUMN host_fact.value IS 'The number or name';
COMMENT ON COLUMN host_fact.unit IS 'Unit of the value, empty for names';
COMMENT ON COLUMN host_fact.origin IS 'RECORDED (the log says so), INFERRED (measured or deduced from it) or ASSUMED (no text trace shows it)';
COMMENT ON COLUMN host_fact.reason IS 'Why this value';

CREATE TABLE host_model (
    fact VARCHAR NOT NULL,
    value VARCHAR NOT NULL
);
COMMENT ON TABLE host_model IS 'The same machine in full, as replays of this file start from; spelled as in workload files.';
COMMENT ON COLUMN host_model.fact IS 'Name with its unit, such as pause_exit_ns; allowed.3 and home.3 are of vCPU 3, cgroup.1 of VM 1, noise.0 of CPU 0';
COMMENT ON COLUMN host_model.value IS 'A number, a list of CPUs, or shares, quota and period of a group in nanoseconds, or how often and how long other threads have a CPU';
