CREATE TABLE prediction (
    run SMALLINT NOT NULL,
    vm SMALLINT,
    measure VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    recorded DOUBLE,
    identity DOUBLE,
    predicted DOUBLE,
    ratio DOUBLE,
    low DOUBLE,
    high DOUBLE,
    costs_halved DOUBLE,
    costs_doubled DOUBLE,
    identity_error DOUBLE,
    smallest_difference DOUBLE,
    stability DOUBLE,
    place SMALLINT NOT NULL,
    reached DOUBLE,
    verdict VARCHAR NOT NULL
);
COMMENT ON TABLE prediction IS 'What each replayed setting would change, per VM and measure, from an ensemble of replays, and how far that can be trusted.';
COMMENT ON COLUMN prediction.run IS 'The what-if: run.run, whose rows are those of the first trial';
COMMENT ON COLUMN prediction.vm IS 'The VM: vm.vm; NULL for all VMs together';
COMMENT ON COLUMN prediction.measure IS 'What is measured, such as throughput, between warm-up and cut';
COMMENT ON COLUMN prediction.unit IS 'Unit of recorded, identity and predicted';
COMMENT ON COLUMN prediction.recorded IS 'The measure in the recorded schedule, NULL where it does not show it';
COMMENT ON COLUMN prediction.identity IS 'Mean over the trials of the replay of the recorded setting';
COMMENT ON COLUMN prediction.predicted IS 'Mean over the trials of the what-if';
COMMENT ON COLUMN prediction.ratio IS 'What-if over identity, geometric mean over pairs of equal trials';
COMMENT ON COLUMN prediction.low IS 'Ratio at the lower end of the spread of members and seeds';
COMMENT ON COLUMN prediction.high IS 'Ratio at its upper end';
COMMENT ON COLUMN prediction.costs_halved IS 'Ratio where all costs of host work are half of those measured';
COMMENT ON COLUMN prediction.costs_doubled IS 'Ratio where they are twice as high';
COMMENT ON COLUMN prediction.identity_error IS 'By how much the identity replay misses the recorded value, as a signed share of it';
COMMENT ON COLUMN prediction.smallest_difference IS 'Least change, as a share, that this recording supports: identity error, spread and costs together';
COMMENT ON COLUMN prediction.stability IS 'Share of all trials, those with wrong costs included, that agree with the direction of the ratio';
COMMENT ON COLUMN prediction.place IS 'Place among the settings by this measure, best first; those that trials do not tell apart share one';
COMMENT ON COLUMN prediction.reached IS 'Share of the gain between identity and oracle, NULL where that gain is not distinguishable';
COMMENT ON COLUMN prediction.verdict IS 'reference, higher, lower (throughput: faster, slower), not distinguishable, spin not recorded, not measured';
