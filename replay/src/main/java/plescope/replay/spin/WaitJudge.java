package plescope.replay.spin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import plescope.parser.event.KvmExit;
import plescope.replay.model.Residual;
import plescope.replay.model.Tristate;
import plescope.replay.model.Wait;
import plescope.replay.model.Wait.Cause;
import plescope.replay.model.Wait.Evidence;
import plescope.replay.model.Wait.EvidenceLine;
import plescope.replay.spin.OffStretches.OffStretch;
import plescope.replay.timeline.VmGrouping;

/** Says why an episode happened and whom it waited for. */
final class WaitJudge {
    private static final Comparator<EvidenceLine> TRAIL_ORDER =
            Comparator.comparingLong(EvidenceLine::line).thenComparing(EvidenceLine::role);

    private final GuestSymbols symbols;
    private final VcpuHistories histories;
    private final Siblings siblings;
    private final Suspects suspects = new Suspects();
    private final ContendedLocks locks = new ContendedLocks();
    private final IpiSuspects ipiSuspects;
    private final WaitChains chains = new WaitChains();
    private final PleWindows.Rules rules;
    private final List<FunctionClasses> classesOfVm = new ArrayList<>();
    private long[] lastTlbFlushNs = new long[0];
    private VmGrouping grouping = VmGrouping.NONE;

    WaitJudge(GuestSymbols symbols, IpiTracker ipis, PleWindows.Rules rules, VcpuHistories histories) {
        this.rules = rules;
        this.symbols = symbols;
        this.histories = histories;
        this.siblings = new Siblings(histories);
        this.ipiSuspects = new IpiSuspects(ipis, histories);
    }

    void grouped(VmGrouping now) {
        if (now.vms().size() != grouping.vms().size()) {
            classesOfVm.clear();
        }
        grouping = now;
    }

    /** Where guests are caught in TLB-flush code tells a shootdown from another function call. */
    void sawExit(int vcpu, KvmExit exit) {
        if (!symbols.isEmpty() && functionClass(vcpu, exit.guestRip()) == FunctionClass.TLB) {
            if (vcpu >= lastTlbFlushNs.length) {
                int from = lastTlbFlushNs.length;
                lastTlbFlushNs = Arrays.copyOf(lastTlbFlushNs, vcpu * 2 + 8);
                Arrays.fill(lastTlbFlushNs, from, lastTlbFlushNs.length, -1);
            }
            lastTlbFlushNs[vcpu] = exit.timestampNs();
        }
    }

    Wait judge(Episode e) {
        return switch (functionClass(e.vcpu, e.guestRip)) {
            case LOCK -> {
                siblings.look(e, grouping);
                yield lockWait(e, Cause.LOCK, 1, Evidence.DIRECT);
            }
            case TLB -> ipiWait(e, Cause.TLB_SHOOTDOWN, 1, Evidence.DIRECT);
            case IPI -> ipiWait(e, flushes(e) ? Cause.TLB_SHOOTDOWN : Cause.IPI, 1, Evidence.DIRECT);
            case OTHER -> infer(e);
        };
    }

    private Wait infer(Episode e) {
        double ipi = e.loop.ipiShare();
        if (e.loop.waitsForIpis() && !e.ipis.isEmpty()) {
            return ipiWait(e, Cause.IPI, ipi, Evidence.INFERRED);
        }
        siblings.look(e, grouping);
        return siblings.showLock()
                ? lockWait(e, Cause.LOCK, 1 - ipi, Evidence.INFERRED)
                : lockWait(e, Cause.UNKNOWN, 0.5, Evidence.INFERRED);
    }

    private Wait ipiWait(Episode e, Cause cause, double probability, Evidence evidence) {
        ipiSuspects.weigh(e, suspects);
        List<Wait.Candidate> candidates = suspects.candidates(ipi -> Residual.UNKNOWN);
        List<EvidenceLine> trail = trail(e);
        if (!candidates.isEmpty()) {
            ipiSuspects.addEvidence(e, suspects.first(), trail);
        }
        trail.sort(TRAIL_ORDER);
        return new Wait(
                e.id,
                cause,
                probability,
                evidence,
                candidates,
                trail,
                Wait.Queue.UNKNOWN,
                ipiSuspects.receivers(e),
                heldUp(e));
    }

    /** After a look at the siblings. */
    private Wait lockWait(Episode e, Cause cause, double probability, Evidence evidence) {
        ContendedLock lock = locks.of(e, grouping);
        LockSuspects.weigh(siblings, lock, suspects);
        List<Wait.Candidate> candidates =
                suspects.candidates(sibling -> LockSuspects.residual(e, siblings, sibling, lock));
        List<EvidenceLine> trail = trail(e);
        if (!candidates.isEmpty()) {
            LockSuspects.addEvidence(e, siblings, suspects.first(), trail);
        }
        trail.sort(TRAIL_ORDER);
        LockSuspects.learnOrder(siblings, lock);
        int culprit = -1;
        if (!candidates.isEmpty() && candidates.get(0).probability() >= Wait.LEAST_BELIEF) {
            culprit = candidates.get(0).vcpu();
            lock.residual(candidates.get(0).residual().likelyNs());
        }
        int root = chains.root(e, culprit);
        return new Wait(
                e.id,
                cause,
                probability,
                evidence,
                candidates,
                trail,
                new Wait.Queue(lock.number, siblings.ahead(), root, lock.fifoShare()),
                List.of(),
                heldUp(e));
    }

    /** Whether a sibling was off its pCPU, working or waiting, at some time of the wait. */
    private Tristate heldUp(Episode e) {
        if (!rules.schedSwitches) {
            return Tristate.UNKNOWN;
        }
        for (int other : grouping.sameVm(e.vcpu)) {
            if (other != e.vcpu && heldUp(other, e.startNs, e.latestReleaseNs)) {
                return Tristate.YES;
            }
        }
        return Tristate.NO;
    }

    private boolean heldUp(int vcpu, long fromNs, long toNs) {
        int lull = histories.off.covering(vcpu, fromNs, toNs);
        if (lull != Lulls.NONE) {
            return OffStretches.isReady(histories.off.what(lull));
        }
        OffStretches off = histories.of(vcpu).off;
        OffStretch last = off.last(fromNs, toNs);
        off.findLull(toNs);
        return last != null && !last.blocked;
    }

    /** A receiver, or the spinner itself, was seen in TLB-flush code between the send and the release. */
    private boolean flushes(Episode e) {
        long from = e.ipis.isEmpty() ? e.startNs : e.ipis.get(e.ipis.size() - 1).sentNs;
        if (flushedIn(e.vcpu, from)) {
            return true;
        }
        for (SentIpi ipi : e.ipis) {
            if (flushedIn(ipi.receiver, from)) {
                return true;
            }
        }
        return false;
    }

    private boolean flushedIn(int vcpu, long fromNs) {
        return vcpu < lastTlbFlushNs.length && lastTlbFlushNs[vcpu] >= fromNs;
    }

    private FunctionClass functionClass(int vcpu, long rip) {
        int vm = grouping.vm(vcpu);
        if (symbols.isEmpty() || vm < 0) {
            return FunctionClass.OTHER;
        }
        while (classesOfVm.size() <= vm) {
            classesOfVm.add(new FunctionClasses(
                    symbols, grouping.vms().get(classesOfVm.size()).name()));
        }
        return classesOfVm.get(vm).of(rip);
    }

    private static List<EvidenceLine> trail(Episode e) {
        List<EvidenceLine> trail = new ArrayList<>();
        trail.add(new EvidenceLine(e.firstLine, "spin-began"));
        if (e.lastLine != e.firstLine) {
            trail.add(new EvidenceLine(e.lastLine, "still-spinning"));
        }
        if (e.progressLine > 0) {
            trail.add(new EvidenceLine(e.progressLine, "moved-on"));
        }
        return trail;
    }
}
