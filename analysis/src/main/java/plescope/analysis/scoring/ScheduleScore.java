package plescope.analysis.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import plescope.replay.model.Continuation;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.WakeEdge;
import plescope.replay.model.Wakeup;
import plescope.replay.scenario.Synthesis;

/**
 * What was told of a synthetic schedule against what it was.
 *
 * @param continuations why spins went on after PLE exits
 * @param wakes what woke vCPUs; the simulation knows siblings' IPIs from timers and devices, and which sibling
 */
public record ScheduleScore(Confusion continuations, Confusion wakes) {
    static final String IPI = "ipi";
    static final String TIMER_OR_DEVICE = "timer or device";
    static final String RIGHT_SENDER = "ipi_right_sender";
    static final String OTHER_SENDER = "ipi_other_sender";

    /** Nothing told yet. */
    static ScheduleScore empty() {
        List<String> causes = new ArrayList<>();
        for (Continuation continuation : Continuation.values()) {
            causes.add(continuation.name().toLowerCase(Locale.ROOT));
        }
        return new ScheduleScore(
                new Confusion(causes, causes),
                new Confusion(
                        List.of(IPI, TIMER_OR_DEVICE),
                        List.of(RIGHT_SENDER, OTHER_SENDER, "timer", "device", "unknown")));
    }

    static ScheduleScore of(SyntheticReading reading) {
        ScheduleScore score = empty();
        for (DirectedYield told : reading.found().yields) {
            Continuation truth = reading.schedule()
                    .continuationAt(reading.truly(told.spinner()).index(), simulated(reading, told.exitNs()));
            if (truth != null) {
                score.continuations.count(truth.ordinal(), told.continuation().ordinal());
            }
        }
        for (WakeEdge told : reading.found().wakes) {
            Wakeup truth =
                    reading.schedule().wakeupAt(reading.truly(told.vcpu()).index(), simulated(reading, told.timeNs()));
            if (truth != null) {
                boolean ipi = truth.source() == Wakeup.Source.SIBLING;
                score.wakes.count(ipi ? 0 : 1, told(reading, told, truth));
            }
        }
        return score;
    }

    private static int told(SyntheticReading reading, WakeEdge told, Wakeup truth) {
        return switch (told.source()) {
            case IPI -> told.sender() >= 0 && reading.truly(told.sender()).index() == truth.wakerVcpu() ? 0 : 1;
            case TIMER -> 2;
            case DEVICE -> 3;
            case UNKNOWN -> 4;
        };
    }

    private static long simulated(SyntheticReading reading, long foundNs) {
        return reading.firstNs() + foundNs - Synthesis.START_NS;
    }

    /** Adds another log's. */
    void add(ScheduleScore other) {
        continuations.add(other.continuations);
        wakes.add(other.wakes);
    }
}
