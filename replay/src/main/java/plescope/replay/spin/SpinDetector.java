package plescope.replay.spin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.Wakeup;
import plescope.replay.timeline.TimelineSink;
import plescope.replay.timeline.VmGrouping;

/**
 * Door 3: a timeline in, a schedule with spin out: SPINNING intervals, exits, episodes, directed yields, waits, IPIs.
 *
 * <p>The first stretch of a log is held back until enough PAUSE exits show how long a PLE window takes, so that it is judged
 * by the same measure as the rest. Bounded: after {@link SpinOptions#warmUpCalls()} calls judging starts with what is known.
 */
public final class SpinDetector implements TimelineSink {
    private final SpinOptions options;
    private final Calibration calibration;
    private final SpinStage stage;
    private List<Consumer<TimelineSink>> held = new ArrayList<>();
    private VmGrouping grouped = VmGrouping.NONE;
    private long endNs;

    public SpinDetector(SpinOptions options, GuestSymbols symbols, ScheduleSink out) {
        this.options = options;
        this.calibration = new Calibration(options);
        this.stage = new SpinStage(options, symbols, calibration, out);
    }

    @Override
    public void interval(VcpuInterval interval) {
        endNs = Math.max(endNs, interval.endNs());
        if (warm()) {
            stage.interval(interval);
        } else {
            hold(s -> s.interval(interval));
        }
    }

    @Override
    public void vcpuEvent(int vcpu, TraceEvent event) {
        calibration.observe(vcpu, event);
        if (warm()) {
            stage.vcpuEvent(vcpu, event);
        } else {
            hold(s -> s.vcpuEvent(vcpu, event));
        }
    }

    @Override
    public void entered(int vcpu, KvmEntry entry) {
        calibration.entered(vcpu, entry.timestampNs());
        if (warm()) {
            stage.entered(vcpu, entry);
        } else {
            hold(s -> s.entered(vcpu, entry));
        }
    }

    @Override
    public void exited(int vcpu, KvmExit exit) {
        calibration.exited(vcpu, exit);
        if (warm()) {
            stage.exited(vcpu, exit);
        } else {
            hold(s -> s.exited(vcpu, exit));
        }
    }

    @Override
    public void contextSwitch(SchedSwitch event, int prevVcpu, int nextVcpu) {
        calibration.contextSwitch(nextVcpu);
        if (warm()) {
            stage.contextSwitch(event, prevVcpu, nextVcpu);
        } else {
            hold(s -> s.contextSwitch(event, prevVcpu, nextVcpu));
        }
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        if (warm()) {
            stage.wakeup(wakeup);
        } else {
            hold(s -> s.wakeup(wakeup));
        }
    }

    @Override
    public void broken(int vcpu, long timeNs, long line) {
        calibration.broken(vcpu);
        if (warm()) {
            stage.broken(vcpu, timeNs, line);
        } else {
            hold(s -> s.broken(vcpu, timeNs, line));
        }
    }

    /** Not held back: what is known about VMs by the end of the warm-up holds for all of it. */
    @Override
    public void grouped(VmGrouping grouping) {
        grouped = grouping;
        stage.grouped(grouping);
    }

    /**
     * Judges what is still open. Call once, after {@code TimelineBuilder.finish()}.
     *
     * @param roster who is who at the end of the log
     * @throws IllegalArgumentException if the roster belongs to another timeline
     */
    public SpinSummary finish(Roster roster) {
        if (roster.vcpus().size() != grouped.vcpus()) {
            throw new IllegalArgumentException(
                    "roster of " + roster.vcpus().size() + " vCPUs, the timeline had " + grouped.vcpus());
        }
        release();
        stage.finish(endNs);
        return stage.summary();
    }

    private boolean warm() {
        return held == null;
    }

    private void hold(Consumer<TimelineSink> call) {
        held.add(call);
        if (calibration.loops.all().samples() >= options.warmUpSamples() || held.size() >= options.warmUpCalls()) {
            release();
        }
    }

    private void release() {
        if (held != null) {
            List<Consumer<TimelineSink>> calls = held;
            held = null;
            calls.forEach(call -> call.accept(stage));
        }
    }
}
