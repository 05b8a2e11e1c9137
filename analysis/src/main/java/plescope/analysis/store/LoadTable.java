package plescope.analysis.store;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The tables that are filled in batches, with the columns a {@link ColumnBatch} carries for them, in table order. */
enum LoadTable {
    VCPU_INTERVAL("run vcpu state pcpu start_ns end_ns origin"),
    VM_EXIT("run vcpu pcpu exit_ns entry_ns reason guest_rip guest_ns ple_window line"),
    SPIN_EPISODE("run episode vcpu start_ns end_ns ple_exits spin_ns guest_rip spin_end origin first_line last_line"),
    DIRECTED_YIELD("run episode spinner pcpu exit_ns outcome successor_vcpu successor_tid off_cpu_ns"
            + " back_before_progress hit_culprit target same_queue continuation line spin_ns culprit"),
    WAIT("run episode cause cause_probability:double evidence entropy_bits:double ambiguous lock ahead root"
            + " fifo_share:double held_up vcpu ple_exits spin_ns suspect residual_ns"),
    WAIT_CANDIDATE("run episode rank vcpu probability:double release_ns"
            + " residual_from_ns residual_least_ns residual_likely_ns residual_most_ns"),
    WAIT_RECEIVER("run episode vcpu handled_ns last"),
    WAIT_EVIDENCE("run episode line role:text"),
    IPI("run sender receiver vector sent_ns ack_ns line ack_line receiver_state"),
    WAKEUP("run vcpu time_ns waker_tid waker_vcpu pcpu source line"),
    CONTEXT_SWITCH("run pcpu time_ns prev_tid next_tid"),
    WAKE_EDGE("run vcpu time_ns ran_ns source sender vector ipi_line"),
    TIMER_ARMED("run vcpu time_ns deadline"),
    PCPU_STAY("run vcpu pcpu start_ns end_ns"),
    PCPU_WAIT("run vcpu pcpu holder_vcpu holder_tid held_ns spinning_ns"),
    /** Of {@link EventDatabase} alone. */
    EVENT(
            "line time_ns pcpu tid thread name vcpu reason guest_rip prev_tid prev_state next_tid target_tid target_pcpu vector"
                    + " number value");

    /** The tables of a schedule. */
    static final Set<LoadTable> SCHEDULE = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(EVENT)));

    /** How a column travels. */
    enum Kind {
        NUMBER,
        DOUBLE,
        TEXT
    }

    /** One column of a batch. */
    record Column(String name, Kind kind) {
        static Column parse(String word) {
            int colon = word.indexOf(':');
            return colon < 0
                    ? new Column(word, Kind.NUMBER)
                    : new Column(word.substring(0, colon), word.endsWith(":double") ? Kind.DOUBLE : Kind.TEXT);
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // Stream.toList() is unmodifiable and Column a record.
    private final List<Column> columns;

    LoadTable(String columns) {
        this.columns = Arrays.stream(columns.split(" ", -1)).map(Column::parse).toList();
    }

    List<Column> columns() {
        return columns;
    }

    /** Position of a column. */
    int column(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name() + " has no column " + name);
    }

    /** The table's name in SQL. */
    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
