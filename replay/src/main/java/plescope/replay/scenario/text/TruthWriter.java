package plescope.replay.scenario.text;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Wait;

/** Writes what a trace cannot show as CSV: each spin episode of a simulated schedule, why it was, who ended it and when. */
public final class TruthWriter extends SelectiveSink {
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
}
