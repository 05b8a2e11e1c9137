package plescope.replay.spin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import plescope.parser.event.KvmExit;
import plescope.replay.model.Tristate;
import plescope.replay.model.Wait;
import plescope.replay.model.Wait.Cause;
import plescope.replay.model.Wait.Evidence;
import plescope.replay.model.Wait.EvidenceLine;
import plescope.replay.timeline.VmGrouping;

/** Says why an episode happened and whom it waited for. */
final class WaitJudge {
    /** Bounds the memory of looked-up addresses; an address beyond is looked up each time. */
    private static final int MAX_CACHED = 65_536;

    private final GuestSymbols symbols;
    private final LockSuspects locks;
    private final IpiSuspects ipiSuspects;
    private final WaitChains chains = new WaitChains();
    private final PleWindows.Rules rules;
    private final List<Map<Long, FunctionClass>> classOfRip = new ArrayList<>();
    private long[] lastTlbFlushNs = new long[0];
    private VmGrouping grouping = VmGrouping.NONE;

    WaitJudge(GuestSymbols symbols, IpiTracker ipis, PleWindows.Rules rules, IntFunction<VcpuHistory> history) {
        this.rules = rules;
        this.symbols = symbols;
        this.locks = new LockSuspects(history);
        this.ipiSuspects = new IpiSuspects(ipis, history);
    }

    void grouped(VmGrouping now) {
        if (now.vms().size() != grouping.vms().size()) {
            classOfRip.clear();
        }
        grouping = now;
        locks.grouped(now);
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
            case LOCK -> lockWait(e, Cause.LOCK, 1, Evidence.DIRECT, locks.queued(e));
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
        Queued queued = locks.queued(e);
        return locks.looksLikeLock(e, queued)
                ? lockWait(e, Cause.LOCK, 1 - ipi, Evidence.INFERRED, queued)
                : lockWait(e, Cause.UNKNOWN, 0.5, Evidence.INFERRED, queued);
    }

    private Wait ipiWait(Episode e, Cause cause, double probability, Evidence evidence) {
        List<Suspect> suspects = ipiSuspects.suspects(e);
        List<Wait.Candidate> candidates = Suspect.toCandidates(suspects);
        return new Wait(
                e.id,
                cause,
                probability,
                evidence,
                candidates,
                trail(e, suspects, candidates),
                Wait.Queue.UNKNOWN,
                ipiSuspects.receivers(e),
                heldUp(e));
    }

    private Wait lockWait(Episode e, Cause cause, double probability, Evidence evidence, Queued queued) {
        ContendedLock lock = locks.lock(e);
        List<Suspect> suspects = locks.suspects(e, queued);
        List<Wait.Candidate> candidates = Suspect.toCandidates(suspects);
        locks.learnOrder(e);
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
                trail(e, suspects, candidates),
                new Wait.Queue(lock.number, queued.ahead, root, lock.fifoShare()),
                List.of(),
                heldUp(e));
    }

    private Tristate heldUp(Episode e) {
        return rules.schedSwitches ? Tristate.of(locks.someoneHeldUp(e)) : Tristate.UNKNOWN;
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
        while (classOfRip.size() <= vm) {
            classOfRip.add(new HashMap<>());
        }
        Map<Long, FunctionClass> cache = classOfRip.get(vm);
        FunctionClass known = cache.get(rip);
        if (known == null) {
            GuestSymbols.Symbol symbol = symbols.lookup(grouping.vms().get(vm).name(), rip);
            known = symbol == null ? FunctionClass.OTHER : FunctionClass.of(symbol.name());
            if (cache.size() < MAX_CACHED) {
                cache.put(rip, known);
            }
        }
        return known;
    }

    private static List<EvidenceLine> trail(Episode e, List<Suspect> suspects, List<Wait.Candidate> candidates) {
        List<EvidenceLine> trail = new ArrayList<>();
        trail.add(new EvidenceLine(e.firstLine, "spin-began"));
        if (e.lastLine != e.firstLine) {
            trail.add(new EvidenceLine(e.lastLine, "still-spinning"));
        }
        if (e.progressLine > 0) {
            trail.add(new EvidenceLine(e.progressLine, "moved-on"));
        }
        if (!candidates.isEmpty()) {
            for (Suspect suspect : suspects) {
                if (suspect.vcpu() == candidates.get(0).vcpu()) {
                    trail.addAll(suspect.evidence());
                }
            }
        }
        trail.sort(Comparator.comparingLong(EvidenceLine::line).thenComparing(EvidenceLine::role));
        return trail;
    }
}
