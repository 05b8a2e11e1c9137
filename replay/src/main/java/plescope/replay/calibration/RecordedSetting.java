package plescope.replay.calibration;

import java.util.List;
import plescope.parser.KernelHints;
import plescope.replay.model.Origin;

/**
 * The setting a trace was recorded under, as far as the text shows it: what the identity replay simulates.
 *
 * @param setting in the spelling of a replay setting, such as {@code cfs-6.1+p2019}
 * @param origin RECORDED where a header names the kernel, INFERRED where only spellings speak
 * @param assumed whether nothing in the text speaks for this kernel more than for another
 * @param reason one sentence for the reader
 */
public record RecordedSetting(String setting, Origin origin, boolean assumed, String reason) {

    private static final String NO_PLE = "no-ple";

    /**
     * Schedulers from each kernel on, ascending. Long-term updates carry later rules: 6.12.13 (and 6.13.2) picks buddies as 6.14
     * does, 6.12.63 forfeits as 6.18 does [K]. Distributions that hide the update count as the first of their series.
     */
    private static final List<Since> SCHEDULERS = List.of(
            new Since(0, 0, 0, "cfs-5.6"),
            new Since(5, 10, 0, "cfs-5.10"),
            new Since(5, 13, 0, "cfs-6.1"),
            new Since(6, 6, 0, "eevdf-6.6"),
            new Since(6, 12, 0, "eevdf-6.12"),
            new Since(6, 12, 13, "eevdf-6.14"),
            new Since(6, 12, 63, "eevdf-6.12.y"),
            new Since(6, 13, 0, "eevdf-6.12"),
            new Since(6, 13, 2, "eevdf-6.14"),
            new Since(6, 17, 0, "eevdf-6.17"),
            new Since(6, 18, 0, "eevdf-6.18"),
            new Since(6, 19, 0, "eevdf-6.19"),
            new Since(7, 0, 0, "eevdf-7.1"));

    /**
     * States of {@code kvm_vcpu_on_spin}. P2021 (5.13) differs from P2019 only with APICv, whose use a text trace does not show;
     * the single loop came with 6.13, its index was repaired in 6.18.3 [K].
     */
    private static final List<Since> ERAS = List.of(
            new Since(0, 0, 0, "p2011"),
            new Since(5, 3, 0, "p2019"),
            new Since(6, 12, 0, "p2021"),
            new Since(6, 13, 0, "p2024"),
            new Since(6, 18, 3, "p2024{lastBoostedBug=0}"),
            new Since(6, 19, 0, "p2024"));

    /** 6.1 traces kvm_exit behind the WRMSR fast path, 6.12 before it; versions between were not measured. */
    private static final Release CFS = new Release(6, 1, 0);

    /** What a log of unknown update is taken for: late in the long-term series, as most hosts are [I]. */
    private static final Release EEVDF = new Release(6, 12, 63);

    /** A rule and the first kernel that has it. */
    private record Since(Release release, String name) {
        Since(int major, int minor, int patch, String name) {
            this(new Release(major, minor, patch), name);
        }
    }

    private record Release(int major, int minor, int patch) {
        /** {@code 6.12.117+deb12-amd64}; null where the text does not start with two numbers. */
        static Release of(String text) {
            int[] numbers = new int[3];
            int at = 0;
            for (int i = 0; i < numbers.length; i++) {
                int start = at;
                while (at < text.length() && at - start < 4 && Character.isDigit(text.charAt(at))) {
                    numbers[i] = numbers[i] * 10 + text.charAt(at) - '0';
                    at++;
                }
                if (i < 2 && at == start) {
                    return null;
                }
                if (at == text.length() || text.charAt(at) != '.') {
                    return i == 0 ? null : new Release(numbers[0], numbers[1], numbers[2]);
                }
                at++;
            }
            return new Release(numbers[0], numbers[1], numbers[2]);
        }

        boolean atLeast(Release other) {
            if (major != other.major) {
                return major > other.major;
            }
            return minor != other.minor ? minor > other.minor : patch >= other.patch;
        }

        /** The newest kernel of the series before. */
        Release before() {
            return minor > 0 ? new Release(major, minor - 1, 0) : new Release(major - 1, 99, 0);
        }

        String newest(List<Since> rules) {
            String name = null;
            for (Since rule : rules) {
                if (atLeast(rule.release())) {
                    name = rule.name();
                }
            }
            return name;
        }

        String setting(boolean pauseExitsSeen) {
            return newest(SCHEDULERS) + "+" + (pauseExitsSeen ? newest(ERAS) : NO_PLE);
        }
    }

    /**
     * Chooses the closest host scheduler and yield era that the simulator has.
     *
     * @param pauseExitsSeen false means that PLE was off, or never needed: both replay as {@code no-ple}
     */
    public static RecordedSetting of(KernelHints kernel, boolean pauseExitsSeen) {
        Release release = kernel.release() == null ? null : Release.of(kernel.release());
        if (release != null) {
            return new RecordedSetting(
                    release.setting(pauseExitsSeen),
                    Origin.RECORDED,
                    false,
                    "the log's header names kernel " + kernel.release());
        }
        if (kernel.fastpathIpiBeforeExit() != null) {
            boolean cfs = kernel.fastpathIpiBeforeExit();
            return new RecordedSetting(
                    (cfs ? CFS : EEVDF).setting(pauseExitsSeen),
                    Origin.INFERRED,
                    false,
                    "IPIs of the fast path are printed " + (cfs ? "before" : "after") + " their kvm_exit, as kernel "
                            + (cfs ? "6.1" : "6.12") + " does");
        }
        Release before = kernel.before() == null ? null : Release.of(kernel.before());
        if (before != null && !before.atLeast(new Release(6, 6, 1))) {
            return new RecordedSetting(
                    before.before().setting(pauseExitsSeen),
                    Origin.INFERRED,
                    false,
                    "the log's spellings ended with kernel " + kernel.before());
        }
        boolean lowerBound = kernel.atLeast() != null && Release.of(kernel.atLeast()) != null;
        return new RecordedSetting(
                EEVDF.setting(pauseExitsSeen),
                Origin.INFERRED,
                true,
                lowerBound
                        ? "the log's spellings say kernel " + kernel.atLeast() + " or later, no more; assumed 6.12"
                        : "nothing in the log tells the kernel; assumed 6.12");
    }
}
