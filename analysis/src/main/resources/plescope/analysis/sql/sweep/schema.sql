CREATE TABLE sweep_cell (
    what_if VARCHAR NOT NULL,
    pareto_front BOOLEAN NOT NULL,
    vm VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    unit VARCHAR,
    value DOUBLE,
    ratio DOUBLE,
    ratio_low DOUBLE,
    ratio_high DOUBLE,
    identity_error DOUBLE,
    verdict VARCHAR NOT NULL
);
COMMENT ON TABLE sweep_cell IS 'What each what-if of a sweep came to, one row per measure of the host (vm = all) and of each VM';
COMMENT ON COLUMN sweep_cell.what_if IS 'Setting and changes that were replayed';
COMMENT ON COLUMN sweep_cell.pareto_front IS 'No other cell beats it in throughput, fairness and p99 lock wait of the host at once';
COMMENT ON COLUMN sweep_cell.vm IS 'Name of the VM, or all';
COMMENT ON COLUMN sweep_cell.measure IS 'What was measured';
COMMENT ON COLUMN sweep_cell.unit IS 'Unit of value';
COMMENT ON COLUMN sweep_cell.value IS 'Mean over the replays; NULL where a schedule does not show it';
COMMENT ON COLUMN sweep_cell.ratio IS 'value over that of the identity replays with the same members and seeds';
COMMENT ON COLUMN sweep_cell.ratio_low IS 'Smallest ratio of a pair of replays with equal member and seed';
COMMENT ON COLUMN sweep_cell.ratio_high IS 'Largest ratio of such a pair';
COMMENT ON COLUMN sweep_cell.identity_error IS '|identity replay / recording - 1|; NULL where the recording was not measured';
COMMENT ON COLUMN sweep_cell.verdict IS 'What the difference is worth';

CREATE TABLE sweep_replay (
    what_if VARCHAR NOT NULL,
    member INTEGER NOT NULL,
    seed BIGINT NOT NULL,
    vm VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    value DOUBLE NOT NULL
);
COMMENT ON TABLE sweep_replay IS 'Every replay behind sweep_cell, one row per number';
COMMENT ON COLUMN sweep_replay.what_if IS 'Setting and changes that were replayed';
COMMENT ON COLUMN sweep_replay.member IS 'Which reading of the log; 0 is the most likely one';
COMMENT ON COLUMN sweep_replay.seed IS 'Seed of the replay';
COMMENT ON COLUMN sweep_replay.vm IS 'Name of the VM, or all';
COMMENT ON COLUMN sweep_replay.measure IS 'What was measured';
COMMENT ON COLUMN sweep_replay.value IS 'In the unit that sweep_cell names';
