CREATE TYPE spin_end AS ENUM ('PROGRESS', 'HALT', 'PREEMPTED', 'UNKNOWN');
CREATE TYPE tristate AS ENUM ('YES', 'NO', 'UNKNOWN');
CREATE TYPE yield_outcome AS ENUM ('NO_SWITCH', 'SIBLING', 'OTHER_VM', 'OTHER_THREAD', 'IDLE', 'UNKNOWN');
CREATE TYPE continuation AS ENUM (
    'NONE', 'HOLDER_RUNNING', 'OVERBOOST', 'SCHEDULER_MISMATCH', 'LOST_OPPORTUNITY', 'NO_CANDIDATE', 'UNKNOWN');
CREATE TYPE wait_cause AS ENUM ('LOCK', 'TLB_SHOOTDOWN', 'IPI', 'UNKNOWN');
CREATE TYPE evidence AS ENUM ('DIRECT', 'INFERRED');

CREATE TABLE spin_episode (
    run SMALLINT NOT NULL,
    episode BIGINT NOT NULL,
    vcpu SMALLINT NOT NULL,
    start_ns BIGINT NOT NULL,
    end_ns BIGINT NOT NULL,
    ple_exits INTEGER NOT NULL,
    spin_ns BIGINT NOT NULL,
    guest_rip BIGINT NOT NULL,
    spin_end spin_end NOT NULL,
    origin origin NOT NULL,
    first_line BIGINT,
    last_line BIGINT
);
COMMENT ON TABLE spin_episode IS 'Waits of a vCPU in a PAUSE loop, from before the first PLE exit until progress.';
COMMENT ON COLUMN spin_episode.run IS 'The schedule: run.run';
COMMENT ON COLUMN spin_episode.episode IS 'Number from 0 within the run, in order of detection';
COMMENT ON COLUMN spin_episode.vcpu IS 'The spinner: vcpu.vcpu';
COMMENT ON COLUMN spin_episode.start_ns IS 'Begin of the loop, nanoseconds from the first event';
COMMENT ON COLUMN spin_episode.end_ns IS 'End, nanoseconds from the first event';
COMMENT ON COLUMN spin_episode.ple_exits IS 'PLE exits within the episode';
COMMENT ON COLUMN spin_episode.spin_ns IS 'Guest time burnt in the loop, nanoseconds (time in guest mode only)';
COMMENT ON COLUMN spin_episode.guest_rip IS 'Guest address of the first PLE exit, as a signed 64-bit number; hex_address() prints it';
COMMENT ON COLUMN spin_episode.spin_end IS 'PROGRESS (went on with other work), HALT (gave up and halted), PREEMPTED (lost its pCPU and was not seen spinning again), UNKNOWN (loss or end of log)';
COMMENT ON COLUMN spin_episode.origin IS 'RECORDED, INFERRED or SYNTHETIC';
COMMENT ON COLUMN spin_episode.first_line IS 'Line of the first PLE exit, NULL in replays';
COMMENT ON COLUMN spin_episode.last_line IS 'Line of the last PLE exit, NULL in replays';

CREATE TABLE directed_yield (
    run SMALLINT NOT NULL,
    episode BIGINT NOT NULL,
    spinner SMALLINT NOT NULL,
    pcpu SMALLINT,
    exit_ns BIGINT NOT NULL,
    outcome yield_outcome NOT NULL,
    successor_vcpu SMALLINT,
    successor_tid INTEGER,
    off_cpu_ns BIGINT,
    back_before_progress tristate NOT NULL,
    hit_culprit tristate NOT NULL,
    target SMALLINT,
    same_queue tristate NOT NULL DEFAULT 'UNKNOWN',
    continuation continuation NOT NULL DEFAULT 'UNKNOWN',
    line BIGINT,
    spin_ns BIGINT,
    culprit SMALLINT
);
COMMENT ON TABLE directed_yield IS 'One row per PLE exit: what the host did with the pCPU. In a recorded log the outcome is read from who ran next.';
COMMENT ON COLUMN directed_yield.run IS 'The schedule: run.run';
COMMENT ON COLUMN directed_yield.episode IS 'The episode the exit belongs to: spin_episode.episode of the same run';
COMMENT ON COLUMN directed_yield.spinner IS 'The vCPU that left by the PLE exit: vcpu.vcpu';
COMMENT ON COLUMN directed_yield.pcpu IS 'Host CPU of the exit, NULL where unknown';
COMMENT ON COLUMN directed_yield.exit_ns IS 'When the PLE exit happened, nanoseconds from the first event';
COMMENT ON COLUMN directed_yield.outcome IS 'Who got the pCPU: NO_SWITCH (spinner re-entered), SIBLING, OTHER_VM, OTHER_THREAD, IDLE, UNKNOWN';
COMMENT ON COLUMN directed_yield.successor_vcpu IS 'The vCPU that ran next: vcpu.vcpu; NULL for none or another thread';
COMMENT ON COLUMN directed_yield.successor_tid IS 'Host thread that ran next, NULL where the spinner re-entered or unknown';
COMMENT ON COLUMN directed_yield.off_cpu_ns IS 'How long the spinner was away, 0 without a switch, NULL where unknown';
COMMENT ON COLUMN directed_yield.back_before_progress IS 'Whether the spinner came back and kept spinning';
COMMENT ON COLUMN directed_yield.hit_culprit IS 'Whether the vCPU that ran next was the one waited for';
COMMENT ON COLUMN directed_yield.target IS 'The sibling that was run in answer to the exit, here or on another host CPU: vcpu.vcpu; NULL where none is seen. The kernel''s choice itself is not traced';
COMMENT ON COLUMN directed_yield.same_queue IS 'Whether the target was run on the spinner''s host CPU; UNKNOWN without a target';
COMMENT ON COLUMN directed_yield.continuation IS 'Why the spin went on: NONE (it did not), HOLDER_RUNNING, OVERBOOST (a sibling was run that could not help), SCHEDULER_MISMATCH (a third was run), LOST_OPPORTUNITY (the right one was ready and not run), NO_CANDIDATE (nobody was ready), UNKNOWN';
COMMENT ON COLUMN directed_yield.line IS 'Line of the PLE exit, NULL in replays';
COMMENT ON COLUMN directed_yield.spin_ns IS 'Its part of the guest time burnt: spin_episode.spin_ns over the episode''s PLE exits, nanoseconds';
COMMENT ON COLUMN directed_yield.culprit IS 'Whom the spinner is believed to have waited for: vcpu.vcpu; NULL where wait.ambiguous';

CREATE TABLE wait (
    run SMALLINT NOT NULL,
    episode BIGINT NOT NULL,
    cause wait_cause NOT NULL,
    cause_probability DOUBLE NOT NULL,
    evidence evidence NOT NULL,
    entropy_bits DOUBLE NOT NULL DEFAULT 0,
    ambiguous BOOLEAN NOT NULL DEFAULT FALSE,
    lock INTEGER,
    ahead SMALLINT NOT NULL DEFAULT 0,
    root SMALLINT,
    fifo_share DOUBLE,
    held_up tristate NOT NULL DEFAULT 'UNKNOWN',
    vcpu SMALLINT NOT NULL,
    ple_exits INTEGER NOT NULL,
    spin_ns BIGINT NOT NULL,
    suspect SMALLINT,
    residual_ns BIGINT
);
COMMENT ON TABLE wait IS 'Why a spin episode happened, as far as the log can tell.';
COMMENT ON COLUMN wait.run IS 'The schedule: run.run';
COMMENT ON COLUMN wait.episode IS 'The episode explained: spin_episode.episode of the same run';
COMMENT ON COLUMN wait.cause IS 'LOCK, TLB_SHOOTDOWN, IPI or UNKNOWN';
COMMENT ON COLUMN wait.cause_probability IS 'Belief in the cause, 0 to 1';
COMMENT ON COLUMN wait.evidence IS 'DIRECT (an event or symbol names the cause) or INFERRED (only timing speaks)';
COMMENT ON COLUMN wait.entropy_bits IS 'Uncertainty about the culprit in bits, "nobody" being one more suspect';
COMMENT ON COLUMN wait.ambiguous IS 'Whether no suspect has a belief of one half';
COMMENT ON COLUMN wait.lock IS 'Number of the lock: one per VM and PAUSE loop; NULL where no lock is suspected';
COMMENT ON COLUMN wait.ahead IS 'Siblings that waited in the same loop already when this wait began';
COMMENT ON COLUMN wait.root IS 'Who the chain of waiters waited for in the end: vcpu.vcpu; NULL where ambiguous';
COMMENT ON COLUMN wait.fifo_share IS 'Share of this lock''s waits up to here that ended before others that began later; near 1 for fair locks; NULL without evidence';
COMMENT ON COLUMN wait.held_up IS 'Whether a sibling was kept off its host CPU, ready to run, meanwhile; NO is pure contention that no host policy shortens';
COMMENT ON COLUMN wait.vcpu IS 'The spinner: spin_episode.vcpu';
COMMENT ON COLUMN wait.ple_exits IS 'PLE exits within the episode: spin_episode.ple_exits';
COMMENT ON COLUMN wait.spin_ns IS 'Guest time burnt in it, nanoseconds: spin_episode.spin_ns';
COMMENT ON COLUMN wait.suspect IS 'The most probable candidate, believed or not: wait_candidate.vcpu of rank 1; NULL where there is none';
COMMENT ON COLUMN wait.residual_ns IS 'Guest work the suspect still had to do: its wait_candidate.residual_likely_ns';

CREATE TABLE wait_candidate (
    run SMALLINT NOT NULL,
    episode BIGINT NOT NULL,
    rank SMALLINT NOT NULL,
    vcpu SMALLINT NOT NULL,
    probability DOUBLE NOT NULL,
    release_ns BIGINT,
    residual_from_ns BIGINT,
    residual_least_ns BIGINT,
    residual_likely_ns BIGINT,
    residual_most_ns BIGINT
);
COMMENT ON TABLE wait_candidate IS 'Whom a spinner may have waited for, most probable first.';
COMMENT ON COLUMN wait_candidate.run IS 'The schedule: run.run';
COMMENT ON COLUMN wait_candidate.episode IS 'The episode: spin_episode.episode of the same run';
COMMENT ON COLUMN wait_candidate.rank IS 'From 1, most probable first';
COMMENT ON COLUMN wait_candidate.vcpu IS 'The suspect: vcpu.vcpu';
COMMENT ON COLUMN wait_candidate.probability IS 'Belief, 0 to 1; candidates and nobody sum to 1';
COMMENT ON COLUMN wait_candidate.release_ns IS 'When it is thought to have let the spinner go, NULL where unknown';
COMMENT ON COLUMN wait_candidate.residual_from_ns IS 'From when its remaining work is counted: its return to a host CPU or from its own wait; NULL where unknown, as in all residual columns';
COMMENT ON COLUMN wait_candidate.residual_least_ns IS 'Guest work it did by the time the spinner was last seen spinning, nanoseconds';
COMMENT ON COLUMN wait_candidate.residual_likely_ns IS 'Guest work it still had to do before it let go, best estimate, nanoseconds';
COMMENT ON COLUMN wait_candidate.residual_most_ns IS 'Guest work it did by the time the spinner must have moved on, nanoseconds';

CREATE TABLE wait_receiver (
    run SMALLINT NOT NULL,
    episode BIGINT NOT NULL,
    vcpu SMALLINT NOT NULL,
    handled_ns BIGINT,
    last BOOLEAN NOT NULL
);
COMMENT ON TABLE wait_receiver IS 'Receivers of the IPIs that a spinner waited for.';
COMMENT ON COLUMN wait_receiver.run IS 'The schedule: run.run';
COMMENT ON COLUMN wait_receiver.episode IS 'The episode: spin_episode.episode of the same run';
COMMENT ON COLUMN wait_receiver.vcpu IS 'The receiver: vcpu.vcpu';
COMMENT ON COLUMN wait_receiver.handled_ns IS 'When it had handled it, best estimate, nanoseconds from the first event; NULL where never seen';
COMMENT ON COLUMN wait_receiver.last IS 'Whether it was the last to acknowledge';

CREATE TABLE wait_evidence (
    run SMALLINT NOT NULL,
    episode BIGINT NOT NULL,
    line BIGINT NOT NULL,
    role VARCHAR NOT NULL
);
COMMENT ON TABLE wait_evidence IS 'Lines of the log that support a verdict.';
COMMENT ON COLUMN wait_evidence.run IS 'The schedule: run.run';
COMMENT ON COLUMN wait_evidence.episode IS 'The episode: spin_episode.episode of the same run';
COMMENT ON COLUMN wait_evidence.line IS 'Line of the log from 1';
COMMENT ON COLUMN wait_evidence.role IS 'What the line shows, such as ipi-sent or holder-resumed';
