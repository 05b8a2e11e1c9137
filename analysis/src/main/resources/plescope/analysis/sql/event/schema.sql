CREATE TABLE event (
    line BIGINT NOT NULL,
    time_ns BIGINT NOT NULL,
    pcpu SMALLINT,
    tid INTEGER,
    thread INTEGER,
    name SMALLINT NOT NULL,
    vcpu INTEGER,
    reason SMALLINT,
    guest_rip BIGINT,
    prev_tid INTEGER,
    prev_state TINYINT,
    next_tid INTEGER,
    target_tid INTEGER,
    target_pcpu SMALLINT,
    vector SMALLINT,
    number BIGINT,
    value BIGINT
);
CREATE TABLE event_name (name SMALLINT NOT NULL, text VARCHAR NOT NULL);
CREATE TABLE thread_name (thread INTEGER NOT NULL, tgid INTEGER, comm VARCHAR NOT NULL);
CREATE TABLE exit_reason (
    reason SMALLINT NOT NULL, isa VARCHAR NOT NULL, code INTEGER, text VARCHAR NOT NULL, family VARCHAR NOT NULL);
