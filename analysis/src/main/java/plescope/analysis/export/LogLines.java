package plescope.analysis.export;

import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import plescope.parser.KernelHints;
import plescope.parser.event.EventsLost;
import plescope.parser.event.SchedMigrate;
import plescope.parser.event.SchedStat;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.SchedWake;
import plescope.parser.event.TaskState;
import plescope.parser.event.ThreadNamed;
import plescope.parser.event.TraceEvent;

/** Lines as {@code perf script} prints them, under pseudonyms: prefixes, and the events that name threads. */
final class LogLines {
    private static final int COMM_WIDTH = 16;
    private static final int TID_WIDTH = 5;
    private static final int EVENT_WIDTH = 34;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int MICROSECONDS = 1000;
    private static final String NOBODY = ":-1";
    private static final String NAMELESS = "<...>";

    private final Pseudonyms pseudonyms;
    private final EventText text;
    private final boolean micros;
    private final boolean oldLetters;
    private final boolean vruntime;
    private final long originNs;
    private final Map<Integer, String> comms = new HashMap<>();
    private final Map<Integer, Integer> tgids = new HashMap<>();
    private final StringBuilder line = new StringBuilder();

    LogLines(Pseudonyms pseudonyms, KernelHints kernel, long resolutionNs, long originNs) {
        this.pseudonyms = pseudonyms;
        text = new EventText(pseudonyms, kernel);
        micros = resolutionNs == MICROSECONDS;
        oldLetters = KernelVersion.before(kernel, "4.14");
        vruntime = KernelVersion.before(kernel, "6.8");
        this.originNs = originNs;
    }

    void write(TraceEvent event, Writer out) throws IOException {
        line.setLength(0);
        if (event instanceof ThreadNamed named) {
            named(named);
        } else if (event instanceof EventsLost lost) {
            lost(lost);
        } else if (event instanceof SchedSwitch change) {
            switched(change);
        } else if (event instanceof SchedWake wake) {
            woken(wake);
        } else if (event instanceof SchedMigrate move) {
            migrated(move);
        } else if (event instanceof SchedStat stat) {
            booked(stat);
        } else {
            event(event, text.of(event));
        }
        if (line.length() > 0) {
            out.append(line.append('\n'));
        }
    }

    /** A record is needed only where a process is told: names stand before lines and in payloads. */
    private void named(ThreadNamed named) {
        int tid = named.namedTid();
        String comm = pseudonyms.comm(named.comm());
        comms.put(tid, comm);
        if (named.tgid() > 0 && !Integer.valueOf(named.tgid()).equals(tgids.put(tid, named.tgid()))) {
            right("swapper", COMM_WIDTH);
            right("0", TID_WIDTH + 1);
            line.append(" [000]     0.000000: PERF_RECORD_COMM: ").append(comm);
            line.append(':').append(pseudonyms.id(named.tgid())).append('/').append(pseudonyms.id(tid));
        }
    }

    /** Outside any thread, as ftrace tells it, or as a record of perf. */
    private void lost(EventsLost lost) {
        if (lost.tid() < 0) {
            line.append("CPU:").append(lost.pcpu());
            line.append(lost.count() < 0 ? " [LOST EVENTS]" : " [LOST " + lost.count() + " EVENTS]");
            return;
        }
        prefix(lost);
        line.append("PERF_RECORD_LOST lost ").append(lost.count());
    }

    private void switched(SchedSwitch change) {
        event(
                change,
                "sched:sched_switch: prev_comm=" + comm(change.prevTid(), change.pcpu()) + " prev_pid="
                        + pseudonyms.id(change.prevTid()) + " prev_prio=" + change.prevPrio() + " prev_state="
                        + state(change.prevState()) + " ==> next_comm=" + comm(change.nextTid(), change.pcpu())
                        + " next_pid=" + pseudonyms.id(change.nextTid()) + " next_prio=" + change.nextPrio());
    }

    private String state(TaskState state) {
        return switch (state) {
            case RUNNABLE -> "R";
            case PREEMPTED -> "R+";
            case SLEEPING -> "S";
            case UNINTERRUPTIBLE -> "D";
            case STOPPED -> "T";
            case DEAD -> "X";
            case PARKED -> oldLetters ? "x" : "P";
            case IDLE -> oldLetters ? "W" : "I";
            case UNKNOWN -> "?";
        };
    }

    private void woken(SchedWake wake) {
        event(
                wake,
                "sched:sched_" + wake.stage().name().toLowerCase(Locale.ROOT) + ": "
                        + task(wake.wakeeTid(), wake.prio(), wake.pcpu()) + " target_cpu="
                        + zeros(wake.targetPcpu(), 3));
    }

    private void migrated(SchedMigrate move) {
        event(
                move,
                "sched:sched_migrate_task: " + task(move.movedTid(), move.prio(), move.pcpu()) + " orig_cpu="
                        + move.fromPcpu() + " dest_cpu=" + move.toPcpu());
    }

    private void booked(SchedStat stat) {
        String type = stat.type().name().toLowerCase(Locale.ROOT);
        boolean runtime = stat.type() == SchedStat.Type.RUNTIME;
        event(
                stat,
                "sched:sched_stat_" + type + ": comm=" + comm(stat.statTid(), stat.pcpu()) + " pid="
                        + pseudonyms.id(stat.statTid()) + (runtime ? " runtime=" : " delay=") + stat.ns() + " [ns]"
                        + (runtime && vruntime ? " vruntime=0 [ns]" : ""));
    }

    private String task(int tid, int prio, int pcpu) {
        return "comm=" + comm(tid, pcpu) + " pid=" + pseudonyms.id(tid) + " prio=" + prio;
    }

    private String comm(int tid, int pcpu) {
        return tid == 0 ? "swapper/" + Math.max(pcpu, 0) : comms.getOrDefault(tid, NAMELESS);
    }

    private void event(TraceEvent event, String nameAndPayload) {
        prefix(event);
        int name = nameAndPayload.indexOf(": ");
        right(nameAndPayload.substring(0, name), EVENT_WIDTH);
        line.append(nameAndPayload, name, nameAndPayload.length());
    }

    private void prefix(TraceEvent event) {
        int tid = event.tid();
        right(tid < 0 ? NOBODY : tid == 0 ? "swapper" : comms.getOrDefault(tid, ":" + pseudonyms.id(tid)), COMM_WIDTH);
        line.append(' ');
        right(Integer.toString(pseudonyms.id(tid)), TID_WIDTH);
        if (event.pcpu() >= 0) {
            line.append(" [").append(zeros(event.pcpu(), 3)).append(']');
        }
        long clockNs = originNs + event.timestampNs();
        line.append(' ');
        right(Long.toString(clockNs / NS_PER_SECOND), TID_WIDTH);
        long fraction = clockNs % NS_PER_SECOND;
        line.append('.')
                .append(micros ? zeros(fraction / MICROSECONDS, 6) : zeros(fraction, 9))
                .append(": ");
    }

    private void right(String field, int width) {
        line.append(" ".repeat(Math.max(0, width - field.length()))).append(field);
    }

    private static String zeros(long number, int width) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }
}
