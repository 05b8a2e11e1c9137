package plescope.replay.scenario.text;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One thing that happened in a live guest and that no host trace shows.
 *
 * @param startNs of the trace's clock, as all moments
 * @param task number of the task in its VM, -1 where no task is concerned
 * @param lock name, empty for none
 * @param waitedNs how long the task waited for it, -1 where it did not wait
 * @param pleExits of a spin, -1 otherwise
 * @param culprit vCPU of the same VM that ended the wait, -1 for none
 * @param releaseNs when it did, -1 for never
 * @param workNs useful guest time, -1 where that is not the question
 * @param operations done, -1 where that is not the question
 */
public record TruthRow(
        What what,
        long startNs,
        long endNs,
        String vm,
        int vcpu,
        int task,
        String lock,
        long waitedNs,
        int pleExits,
        String cause,
        int culprit,
        long releaseNs,
        long workNs,
        long operations) {
    /** Names of the columns, in order. */
    public static final List<String> COLUMNS = List.of(
            "what",
            "start_ns",
            "end_ns",
            "vm",
            "vcpu",
            "task",
            "lock",
            "waited_ns",
            "ple_exits",
            "cause",
            "culprit_vcpu",
            "release_ns",
            "work_ns",
            "operations");

    /** What a row is about. */
    public enum What {
        /** A spin with PAUSE exits, and whom it was for. */
        SPIN("spin"),
        /** A lock, from when it was taken until it was let go. */
        LOCK("lock"),
        /** A broadcast or call, from its first IPI until the last answer. */
        BROADCAST("broadcast"),
        /** What a vCPU did in all. */
        VCPU("vcpu"),
        /** What a task did in all. */
        TASK("task");

        private final String label;

        What(String label) {
            this.label = label;
        }

        /** As the first column has it. */
        public String label() {
            return label;
        }
    }

    /** The row as text; cells that do not apply are empty. */
    public List<String> cells() {
        return Collections.unmodifiableList(Arrays.asList(
                what.label(),
                Long.toString(startNs),
                Long.toString(endNs),
                vm,
                known(vcpu),
                known(task),
                lock,
                known(waitedNs),
                known(pleExits),
                cause,
                known(culprit),
                known(releaseNs),
                known(workNs),
                known(operations)));
    }

    private static String known(long number) {
        return number < 0 ? "" : Long.toString(number);
    }
}
