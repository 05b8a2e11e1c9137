package plescope.replay.scenario.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.guest.GuestObserver;
import plescope.replay.guest.GuestOutcome;
import plescope.replay.guest.VmSpec;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Wait;
import plescope.replay.scenario.text.TruthRow.What;

/** Tells what happened in live guests as it happens: spins and whom they were for, locks, broadcasts, and what was done in all. */
public final class TruthLog extends SelectiveSink implements GuestObserver {
    private static final int NONE = -1;

    private final Roster roster;
    private final List<VmSpec> vms;
    private final long startNs;
    private final Consumer<TruthRow> out;
    private final Map<Long, SpinEpisode> episodes = new HashMap<>();
    private final Map<Lock, Held> held = new HashMap<>();

    private long waits;

    private record Lock(int vm, int number) {}

    private record Held(int vcpu, int task, long sinceNs, long waitedNs) {}

    /** The schedule's time 0 is told as {@code startNs}. */
    public TruthLog(Roster roster, List<VmSpec> vms, long startNs, Consumer<TruthRow> out) {
        this.roster = roster;
        this.vms = List.copyOf(vms);
        this.startNs = startNs;
        this.out = out;
    }

    @Override
    public void episode(SpinEpisode episode) {
        episodes.put(episode.id(), episode);
    }

    @Override
    public void waited(Wait wait) {
        SpinEpisode episode = episodes.remove(wait.episode());
        waits++;
        Wait.Candidate culprit =
                wait.candidates().isEmpty() ? null : wait.candidates().get(0);
        out.accept(new TruthRow(
                What.SPIN,
                startNs + episode.startNs(),
                startNs + episode.endNs(),
                vmOf(episode.vcpu()),
                number(episode.vcpu()),
                NONE,
                "",
                NONE,
                episode.pleExits(),
                wait.cause().name(),
                culprit == null ? NONE : number(culprit.vcpu()),
                culprit == null || culprit.releaseNs() < 0 ? NONE : startNs + culprit.releaseNs(),
                NONE,
                NONE));
    }

    @Override
    public void lockTaken(int vm, int lock, int task, int vcpu, long waitedNs, long now) {
        held.put(new Lock(vm, lock), new Held(vcpu, task, now, waitedNs));
    }

    @Override
    public void lockReleased(int vm, int lock, int task, int vcpu, long now) {
        Held was = held.remove(new Lock(vm, lock));
        if (was == null) {
            throw new IllegalStateException(
                    "lock " + lock + " of VM " + vm + " is let go by task " + task + ", but nobody has it");
        }
        String name = vms.get(vm).locks().get(lock).name();
        out.accept(row(What.LOCK, was.sinceNs(), now, was.vcpu(), task, name, was.waitedNs(), NONE, NONE));
    }

    @Override
    public void answered(int vm, int task, int vcpu, long waitedNs, long now) {
        out.accept(row(What.BROADCAST, now - waitedNs, now, vcpu, task, "", waitedNs, NONE, NONE));
    }

    /** Spins told so far. */
    public long waits() {
        return waits;
    }

    /** After the run: what every vCPU and task did. */
    public void finish(SimulationSummary summary, List<GuestOutcome> outcomes) {
        long end = summary.elapsedNs();
        for (Roster.Vcpu vcpu : roster.vcpus()) {
            long work = summary.vcpus().get(vcpu.index()).workNs();
            out.accept(row(What.VCPU, 0, end, vcpu.index(), NONE, "", NONE, work, NONE));
        }
        for (GuestOutcome vm : outcomes) {
            for (int task = 0; task < vm.tasks().size(); task++) {
                GuestOutcome.Task did = vm.tasks().get(task);
                out.accept(new TruthRow(
                        What.TASK,
                        startNs,
                        startNs + end,
                        vm.vm(),
                        NONE,
                        task,
                        "",
                        NONE,
                        NONE,
                        "",
                        NONE,
                        NONE,
                        did.usefulNs(),
                        did.operations()));
            }
        }
    }

    private TruthRow row(
            What what,
            long from,
            long to,
            int vcpu,
            int task,
            String lock,
            long waitedNs,
            long workNs,
            long operations) {
        return new TruthRow(
                what,
                startNs + from,
                startNs + to,
                vmOf(vcpu),
                number(vcpu),
                task,
                lock,
                waitedNs,
                NONE,
                "",
                NONE,
                NONE,
                workNs,
                operations);
    }

    private String vmOf(int vcpu) {
        return roster.vms().get(roster.vcpus().get(vcpu).vm()).name();
    }

    private int number(int vcpu) {
        return roster.vcpus().get(vcpu).number();
    }
}
