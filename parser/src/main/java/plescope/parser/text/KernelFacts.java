package plescope.parser.text;

import java.util.Arrays;
import plescope.parser.event.TraceEvent;

/**
 * Bounds on the kernel's version from spellings that changed at known versions (all verified in kernel sources unless a
 * distribution backported them), and whether the WRMSR fast path traces its IPI before or after the exit.
 */
public final class KernelFacts {
    /** Upstream versions at which some spelling changed, oldest first. */
    enum Version {
        V4_14("4.14"),
        V5_4("5.4"),
        V5_10("5.10"),
        V6_0("6.0"),
        V6_4("6.4"),
        V6_8("6.8"),
        V6_10("6.10"),
        V6_14("6.14");

        private final String text;

        Version(String text) {
            this.text = text;
        }
    }

    /** Exits looked at for fields behind the rip; spellings do not change within one log. */
    static final int TAILS_TO_READ = 8;

    /** More IPIs inside guest mode than this share (1/n) cannot be gaps of the recording. */
    private static final int FASTPATH_SHARE = 10;

    private Version atLeast;
    private Version before;
    /** No thread is in guest mode on a pCPU. */
    private static final long NOBODY = Long.MIN_VALUE;

    /** Who is in guest mode on a pCPU was decided before this part of the log. */
    private static final long UNSEEN = NOBODY + 1;

    private final long atFirst;
    private int exitTails;
    private long[] guestTid = new long[64];
    /** IPIs that met {@link #UNSEEN}: pCPU, tid. */
    private int[] undecided = new int[0];

    private int undecidedSize;
    private long ipisInGuest;
    private long ipis;

    /** @param ofChunk for a part of a log, whose beginning has seen no entries and exits */
    KernelFacts(boolean ofChunk) {
        atFirst = ofChunk ? UNSEEN : NOBODY;
        Arrays.fill(guestTid, atFirst);
    }

    void atLeast(Version version) {
        if (atLeast == null || version.compareTo(atLeast) > 0) {
            atLeast = version;
        }
    }

    void before(Version version) {
        if (before == null || version.compareTo(before) < 0) {
            before = version;
        }
    }

    boolean wantsExitTail() {
        return exitTails < TAILS_TO_READ && exitTails++ >= 0;
    }

    /** How many exits were looked at for fields behind the rip. */
    int exitTails() {
        return exitTails;
    }

    /** Events without a rule whose mere presence dates the kernel. */
    void otherTracepoint(String name) {
        switch (name) {
            case "ipi_send_cpumask" -> atLeast(Version.V6_4);
            case "sched_prepare_exec" -> atLeast(Version.V6_10);
            default -> {}
        }
    }

    void entered(int pcpu, int tid) {
        inGuest(pcpu, tid);
    }

    void exited(int pcpu) {
        inGuest(pcpu, NOBODY);
    }

    private void inGuest(int pcpu, long tid) {
        if (pcpu >= 0 && pcpu < TraceEvent.MAX_PCPUS) {
            if (pcpu >= guestTid.length) {
                int before = guestTid.length;
                guestTid = Arrays.copyOf(guestTid, Math.max(pcpu + 1, 2 * before));
                Arrays.fill(guestTid, before, guestTid.length, atFirst);
            }
            guestTid[pcpu] = tid;
        }
    }

    void ipi(int pcpu, int tid) {
        ipis++;
        decide(pcpu, tid);
    }

    private void decide(int pcpu, int tid) {
        if (pcpu < 0 || pcpu >= TraceEvent.MAX_PCPUS) {
            return;
        }
        long inside = pcpu < guestTid.length ? guestTid[pcpu] : atFirst;
        if (inside == UNSEEN) {
            if (undecidedSize == undecided.length) {
                undecided = Arrays.copyOf(undecided, Math.max(64, 2 * undecidedSize));
            }
            undecided[undecidedSize++] = pcpu;
            undecided[undecidedSize++] = tid;
        } else if (inside == tid) {
            ipisInGuest++;
        }
    }

    /** Adds what the part of the log that follows told; its exit tails are read by the caller. */
    void absorb(KernelFacts chunk) {
        if (chunk.atLeast != null) {
            atLeast(chunk.atLeast);
        }
        if (chunk.before != null) {
            before(chunk.before);
        }
        ipis += chunk.ipis;
        ipisInGuest += chunk.ipisInGuest;
        for (int i = 0; i < chunk.undecidedSize; i += 2) {
            decide(chunk.undecided[i], chunk.undecided[i + 1]);
        }
        for (int pcpu = 0; pcpu < chunk.guestTid.length; pcpu++) {
            if (chunk.guestTid[pcpu] != UNSEEN) {
                inGuest(pcpu, chunk.guestTid[pcpu]);
            }
        }
    }

    /** Oldest version that prints this text, or null. */
    public String atLeast() {
        return atLeast == null ? null : atLeast.text;
    }

    /** First version that prints it otherwise, or null. */
    public String before() {
        return before == null ? null : before.text;
    }

    /** Whether IPIs of the WRMSR fast path stand before their exit; null without IPIs. */
    public Boolean fastpathIpiBeforeExit() {
        return ipis == 0 ? null : (Boolean) (ipisInGuest * FASTPATH_SHARE > ipis);
    }
}
