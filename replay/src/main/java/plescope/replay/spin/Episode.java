package plescope.replay.spin;

import java.util.ArrayList;
import java.util.List;
import plescope.parser.event.KvmExit;
import plescope.parser.event.SchedSwitch;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Tristate;

/** A spin episode while it grows, and until its cause is judged. */
final class Episode {
    /** A spinner that never gets anywhere is cut into pieces of this many PLE exits, so that memory stays bounded. */
    static final int MAX_EXITS = 16_384;

    /** Given when it ends: waits that were never long enough to count get none. */
    long id = -1;

    final int vcpu;
    final SpinLoop loop;
    final long startNs;
    final long firstLine;
    final long guestRip;
    /** The IPIs the spinner sent last before the start; their acknowledgements come in later. */
    final List<SentIpi> ipis;

    final List<Yield> yields = new ArrayList<>();
    long lastLine;
    long spinNs;
    /** End of the last guest run known to spin, the start where none was yet: until then nobody had let the spinner go. */
    long lastSpinNs;

    /** Lost its pCPU to the scheduler, not by a yield, and was not seen spinning since. */
    boolean preempted;

    long endNs = -1;
    SpinEpisode.End end = SpinEpisode.End.UNKNOWN;
    /** Until when it must have been let go, at the latest. */
    long latestReleaseNs;
    /** Line that shows the progress, 0 where none does. */
    long progressLine;

    Episode(int vcpu, SpinLoop loop, long startNs, KvmExit firstExit, List<SentIpi> ipis) {
        this.vcpu = vcpu;
        this.loop = loop;
        this.startNs = startNs;
        this.lastSpinNs = startNs;
        this.firstLine = firstExit.line();
        this.lastLine = firstExit.line();
        // An interrupt hits any instruction of the loop; its PAUSE stands for all of them.
        this.guestRip = firstExit.reason().isPause() ? firstExit.guestRip() : loop.rip();
        this.ipis = ipis;
    }

    /** What the host did after one PAUSE exit. */
    static final class Yield {
        final long exitNs;
        final int pcpu;
        final long line;
        int successorVcpu = -1;
        int successorTid = -1;
        long outNs = -1;
        long inNs = -1;
        boolean reentered;
        Tristate backBeforeProgress = Tristate.UNKNOWN;

        Yield(KvmExit exit) {
            this.exitNs = exit.timestampNs();
            this.pcpu = exit.pcpu();
            this.line = exit.line();
        }

        void switchedOut(SchedSwitch event, int nextVcpu) {
            if (outNs < 0) {
                outNs = event.timestampNs();
                successorTid = event.nextTid();
                successorVcpu = nextVcpu;
            }
        }
    }

    void pauseExit(KvmExit exit, long spunNs) {
        lastLine = exit.line();
        spun(exit.timestampNs(), spunNs);
        yields.add(new Yield(exit));
    }

    /** Whether a PAUSE exit or an interrupted run shows any spinning at all. */
    boolean isEmpty() {
        return yields.isEmpty() && spinNs == 0;
    }

    void spun(long untilNs, long spunNs) {
        if (!yields.isEmpty()) {
            lastYield().backBeforeProgress = Tristate.YES;
        }
        spinNs += spunNs;
        lastSpinNs = untilNs;
        preempted = false;
    }

    /** The yield of the last PAUSE exit; null while the wait has only been seen from interrupts. */
    Yield lastYield() {
        return yields.isEmpty() ? null : yields.get(yields.size() - 1);
    }

    void close(SpinEpisode.End how, long atNs, long latestNs, long line) {
        end = how == SpinEpisode.End.PROGRESS && preempted ? SpinEpisode.End.PREEMPTED : how;
        endNs = atNs;
        latestReleaseNs = latestNs;
        progressLine = line;
        Yield last = lastYield();
        if (how != SpinEpisode.End.UNKNOWN && last != null && last.backBeforeProgress == Tristate.UNKNOWN) {
            last.backBeforeProgress = Tristate.NO;
        }
    }
}
