package plescope.replay.scenario;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Ipi;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.Wakeup;

/** Writes what a trace cannot show as CSV: each spin episode of a simulated schedule, why it was, who ended it and when. */
public final class TruthWriter implements ScheduleSink {
    /** Times in nanoseconds of the trace's clock; the culprit is a vCPU of the same VM, its columns empty where the run ended first. */
    public static final String HEADER = "start_ns,end_ns,vm,vcpu,ple_exits,cause,culprit_vcpu,release_ns";

    private final Roster roster;
    private final long startNs;
    private final Consumer<String> out;
    private final Map<Long, SpinEpisode> episodes = new HashMap<>();

    /** The schedule's time 0 is written as {@code startNs}. */
    public TruthWriter(Roster roster, long startNs, Consumer<String> out) {
        this.roster = roster;
        this.startNs = startNs;
        this.out = out;
        out.accept(HEADER);
    }

    @Override
    public void episode(SpinEpisode episode) {
        episodes.put(episode.id(), episode);
    }

    @Override
    public void waited(Wait wait) {
        SpinEpisode episode = episodes.remove(wait.episode());
        Roster.Vcpu vcpu = roster.vcpus().get(episode.vcpu());
        String released = ",";
        if (!wait.candidates().isEmpty()) {
            Wait.Candidate culprit = wait.candidates().get(0);
            released = roster.vcpus().get(culprit.vcpu()).number() + "," + (startNs + culprit.releaseNs());
        }
        out.accept((startNs + episode.startNs()) + "," + (startNs + episode.endNs()) + "," + vcpu.vm() + ","
                + vcpu.number() + "," + episode.pleExits() + "," + wait.cause() + "," + released);
    }

    @Override
    public void interval(VcpuInterval interval) {
        // The trace shows it.
    }

    @Override
    public void vmExit(VmExit exit) {
        // The trace shows it.
    }

    @Override
    public void directedYield(DirectedYield yielded) {
        // Who ran next is in the trace.
    }

    @Override
    public void ipi(Ipi ipi) {
        // The trace shows it.
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        // The trace shows it.
    }

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        // The trace shows it.
    }
}
