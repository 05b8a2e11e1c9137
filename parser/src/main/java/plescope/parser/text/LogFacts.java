package plescope.parser.text;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.ExitReason;
import plescope.parser.event.ExitReason.Isa;

/** What the log tells about itself: heads, vendor, kernel, losses. */
public final class LogFacts {
    /** perf's head has about twenty facts; a file that imitates thousands must not fill the memory. */
    private static final int MAX_HEADER = 256;

    /** Fewer exits than this share (1/n) without a rip are no encrypted guest: real mode may execute at 0. */
    private static final long NO_RIP_SHARE = 10;

    private final KernelFacts kernel;
    /** What stood behind the rip of the exits looked at. */
    private final Tail[] tails = new Tail[KernelFacts.TAILS_TO_READ];

    private final Map<String, String> header = new LinkedHashMap<>();
    private Isa isa = Isa.UNKNOWN;
    private Isa vendor = Isa.UNKNOWN;
    private long exits;
    private long exitsWithoutRip;
    private long lostEvents;
    private final long[] otherOutputs = new long[OtherOutput.values().length];
    private boolean sawVruntime;
    private boolean sawRuntime;

    private final boolean ofChunk;

    private enum Tail {
        V5_10,
        V6_14
    }

    /** @param ofChunk for a part of a log */
    LogFacts(boolean ofChunk) {
        this.ofChunk = ofChunk;
        kernel = new KernelFacts(ofChunk);
    }

    public KernelFacts kernel() {
        return kernel;
    }

    /** @param rip 0 where the guest hides it */
    void exit(ExitReason reason, int pcpu, boolean vcpuPrinted, long rip) {
        exits++;
        exitsWithoutRip += rip == 0 ? 1 : 0;
        if (isa == Isa.UNKNOWN) {
            isa = reason.isa();
        }
        if (vcpuPrinted) {
            kernel.atLeast(KernelFacts.Version.V5_4);
        }
        kernel.exited(pcpu);
    }

    /** Fields behind an exit's rip, after {@link KernelFacts#wantsExitTail}. */
    void exitTail(boolean requests) {
        Tail tail = requests ? Tail.V6_14 : Tail.V5_10;
        tails[kernel.exitTails() - 1] = tail;
        if (!ofChunk) {
            tell(tail);
        }
    }

    private void tell(Tail tail) {
        switch (tail) {
            case V6_14 -> kernel.atLeast(KernelFacts.Version.V6_14);
            case V5_10 -> {
                kernel.atLeast(KernelFacts.Version.V5_10);
                kernel.before(KernelFacts.Version.V6_14);
            }
        }
    }

    void entry(int pcpu, int tid, boolean rip, boolean kernelText) {
        kernel.entered(pcpu, tid);
        if (rip) {
            kernel.atLeast(KernelFacts.Version.V5_10);
        } else if (kernelText) {
            kernel.before(KernelFacts.Version.V5_10);
        }
    }

    void injection(boolean decimalText) {
        if (decimalText) {
            kernel.before(KernelFacts.Version.V6_0);
        } else {
            kernel.atLeast(KernelFacts.Version.V6_0);
        }
    }

    void runtime(boolean vruntime) {
        sawRuntime = true;
        sawVruntime |= vruntime;
    }

    void lost(long count) {
        lostEvents += Math.max(count, 1);
    }

    void otherOutput(OtherOutput output) {
        otherOutputs[output.ordinal()]++;
    }

    /** Which command's output most lines look like, null if none does. */
    public OtherOutput otherOutput() {
        OtherOutput most = null;
        for (OtherOutput output : OtherOutput.values()) {
            long count = otherOutputs[output.ordinal()];
            if (count > 0 && (most == null || count > otherOutputs[most.ordinal()])) {
                most = output;
            }
        }
        return most;
    }

    /** How many lines look like some other command's output. */
    public long otherOutputLines() {
        return Arrays.stream(otherOutputs).sum();
    }

    public long lostEvents() {
        return lostEvents;
    }

    /** What the log's first unmistakable exit reason tells. */
    void vendor(Isa told) {
        vendor = told;
    }

    public Isa isa() {
        if (vendor != Isa.UNKNOWN) {
            return vendor;
        }
        return isa != Isa.UNKNOWN ? isa : headIsa();
    }

    /** By {@code # cpuid} of a perf header. */
    Isa headIsa() {
        return isaOf(header.getOrDefault("cpuid", ""));
    }

    private static Isa isaOf(String cpuid) {
        if (cpuid.startsWith("AuthenticAMD") || cpuid.startsWith("HygonGenuine")) {
            return Isa.SVM;
        }
        return cpuid.startsWith("GenuineIntel") ? Isa.VMX : Isa.UNKNOWN;
    }

    /**
     * {@code # os release : 6.18}, {@code # captured on: ...}, {@code # tracer: nop}, {@code # entries-in-buffer/...}.
     *
     * @return whether such a line begins a recording: each head has one
     */
    boolean comment(String text, Findings findings) {
        int colon = text.indexOf(':');
        if (colon < 2 || header.size() >= MAX_HEADER) {
            return false;
        }
        String key = text.substring(1, colon).strip();
        String value = text.substring(colon + 1).strip();
        if (!key.isEmpty() && !value.isEmpty() && !key.startsWith("#")) {
            header.putIfAbsent(key, value);
        }
        if (key.equals("entries-in-buffer/entries-written") && wrapped(value)) {
            findings.note(
                    DiagnosticCode.BUFFER_WRAPPED,
                    -1,
                    "the ring buffer wrapped: entries-in-buffer/entries-written is " + value);
        }
        return key.equals("tracer") || key.equals("captured on");
    }

    /** Adds what a chunk without heads told, which follows. */
    void absorb(LogFacts chunk) {
        if (isa == Isa.UNKNOWN) {
            isa = chunk.isa;
        }
        exits += chunk.exits;
        exitsWithoutRip += chunk.exitsWithoutRip;
        lostEvents += chunk.lostEvents;
        for (int i = 0; i < otherOutputs.length; i++) {
            otherOutputs[i] += chunk.otherOutputs[i];
        }
        sawRuntime |= chunk.sawRuntime;
        sawVruntime |= chunk.sawVruntime;
        kernel.absorb(chunk.kernel);
        for (int i = 0; i < chunk.kernel.exitTails() && kernel.wantsExitTail(); i++) {
            if (chunk.tails[i] != null) {
                tell(chunk.tails[i]);
            }
        }
    }

    private static boolean wrapped(String value) {
        int slash = value.indexOf('/');
        int end = value.indexOf(' ');
        String written = end < 0 ? value.substring(slash + 1) : value.substring(slash + 1, Math.max(end, slash + 1));
        return slash > 0 && !value.substring(0, slash).equals(written);
    }

    public Map<String, String> header() {
        return Map.copyOf(header);
    }

    /** The end of the log: what its absence says can be said now. */
    void finish(Findings findings) {
        if (exitsWithoutRip > 0 && exitsWithoutRip * NO_RIP_SHARE >= exits) {
            findings.noteLog(DiagnosticCode.NO_RIP, exitsWithoutRip + " of " + exits + " exits print rip 0x0");
        }
        if (sawVruntime) {
            kernel.before(KernelFacts.Version.V6_8);
        } else if (sawRuntime) {
            kernel.atLeast(KernelFacts.Version.V6_8);
        }
    }
}
