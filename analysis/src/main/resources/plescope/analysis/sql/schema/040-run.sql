CREATE TYPE run_role AS ENUM ('RECORDED', 'IDENTITY', 'BOUND', 'ORACLE', 'POLICY');

CREATE TABLE run (
    run SMALLINT NOT NULL,
    setting VARCHAR NOT NULL,
    role run_role NOT NULL,
    seed BIGINT,
    elapsed_ns BIGINT NOT NULL
);
COMMENT ON TABLE run IS 'Schedules in this file: run 0 is the recorded one, every other one a replay under some setting.';
COMMENT ON COLUMN run.run IS 'Number; 0 is what the host really did';
COMMENT ON COLUMN run.setting IS 'Host scheduler, KVM era, policy and parameters, or: recorded';
COMMENT ON COLUMN run.role IS 'RECORDED; IDENTITY (replay of the recorded setting, its error is the trust in the others); ORACLE (upper bound that always runs the true blocker); BOUND (any other bound); POLICY';
COMMENT ON COLUMN run.seed IS 'Seed of the replay, NULL for the recorded schedule';
COMMENT ON COLUMN run.elapsed_ns IS 'Length of the schedule, nanoseconds';

CREATE TABLE run_metric (
    run SMALLINT NOT NULL,
    vm SMALLINT,
    metric VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    unit VARCHAR NOT NULL
);
COMMENT ON TABLE run_metric IS 'Single numbers about a schedule that are not rows of another table.';
COMMENT ON COLUMN run_metric.run IS 'The schedule: run.run';
COMMENT ON COLUMN run_metric.vm IS 'The VM it is about: vm.vm; NULL for the whole host';
COMMENT ON COLUMN run_metric.metric IS 'What was measured, such as context_switches';
COMMENT ON COLUMN run_metric.value IS 'The number';
COMMENT ON COLUMN run_metric.unit IS 'Its unit, such as count or ns';
