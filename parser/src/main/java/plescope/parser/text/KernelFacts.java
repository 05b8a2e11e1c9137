package plescope.parser.text;

import java.util.Arrays;

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
    private static final int TAILS_TO_READ = 8;

    /** More IPIs inside guest mode than this share (1/n) cannot be gaps of the recording. */
    private static final int FASTPATH_SHARE = 10;

    /** Kernels are built for at most 8192 CPUs; a larger number is a damaged line. */
    private static final int MAX_PCPU = 8192;

    private Version atLeast;
    private Version before;
    private int exitTails;
    private int[] guestTid = new int[64];
    private long ipisInGuest;
    private long ipis;

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

    /** Events without a rule whose mere presence dates the kernel. */
    void otherTracepoint(String name) {
        switch (name) {
            case "ipi_send_cpumask" -> atLeast(Version.V6_4);
            case "sched_prepare_exec" -> atLeast(Version.V6_10);
            default -> {}
        }
    }

    void entered(int pcpu, int tid) {
        if (pcpu >= 0 && pcpu < MAX_PCPU) {
            if (pcpu >= guestTid.length) {
                guestTid = Arrays.copyOf(guestTid, Math.max(pcpu + 1, 2 * guestTid.length));
            }
            guestTid[pcpu] = tid;
        }
    }

    void exited(int pcpu) {
        if (pcpu >= 0 && pcpu < guestTid.length) {
            guestTid[pcpu] = 0;
        }
    }

    void ipi(int pcpu, int tid) {
        ipis++;
        if (pcpu >= 0 && pcpu < guestTid.length && guestTid[pcpu] == tid) {
            ipisInGuest++;
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
