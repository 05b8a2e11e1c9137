package plescope.replay.calibration;

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
     * Chooses the closest host scheduler and yield era that the simulator has.
     *
     * @param pauseExitsSeen false means that PLE was off, or never needed: both replay as {@code no-ple}
     */
    public static RecordedSetting of(KernelHints kernel, boolean pauseExitsSeen) {
        if (kernel.release() != null) {
            int[] version = version(kernel.release());
            if (version.length == 2) {
                return new RecordedSetting(
                        scheduler(version) + "+" + (pauseExitsSeen ? era(version) : NO_PLE),
                        Origin.RECORDED,
                        false,
                        "the log's header names kernel " + kernel.release());
            }
        }
        if (kernel.fastpathIpiBeforeExit() != null) {
            // 6.1 traces kvm_exit behind the WRMSR fast path, 6.12 before it; versions between were not measured.
            int[] version = kernel.fastpathIpiBeforeExit() ? new int[] {6, 1} : new int[] {6, 12};
            return new RecordedSetting(
                    scheduler(version) + "+" + (pauseExitsSeen ? era(version) : NO_PLE),
                    Origin.INFERRED,
                    false,
                    "IPIs of the fast path are printed " + (kernel.fastpathIpiBeforeExit() ? "before" : "after")
                            + " their kvm_exit, as kernel " + (kernel.fastpathIpiBeforeExit() ? "6.1" : "6.12")
                            + " does");
        }
        int[] atLeast = kernel.atLeast() == null ? new int[0] : version(kernel.atLeast());
        int[] before = kernel.before() == null ? new int[0] : version(kernel.before());
        if (before.length == 2 && compare(before, 6, 6) <= 0) {
            return new RecordedSetting(
                    scheduler(before(before)) + "+" + (pauseExitsSeen ? era(before(before)) : NO_PLE),
                    Origin.INFERRED,
                    false,
                    "the log's spellings ended with kernel " + kernel.before());
        }
        return new RecordedSetting(
                "eevdf-6.12+" + (pauseExitsSeen ? "p2024" : NO_PLE),
                Origin.INFERRED,
                true,
                atLeast.length == 2
                        ? "the log's spellings say kernel " + kernel.atLeast() + " or later, no more; assumed 6.12"
                        : "nothing in the log tells the kernel; assumed 6.12");
    }

    private static int[] before(int[] version) {
        return version[1] > 0 ? new int[] {version[0], version[1] - 1} : new int[] {version[0] - 1, 99};
    }

    private static String scheduler(int[] version) {
        if (compare(version, 6, 6) >= 0) {
            return "eevdf-6.12";
        }
        return compare(version, 5, 10) >= 0 ? "cfs-6.1" : "cfs-5.6";
    }

    private static String era(int[] version) {
        if (compare(version, 6, 12) >= 0) {
            return "p2024";
        }
        // P2021 (5.13) differs from P2019 only with APICv, whose use a text trace does not show.
        return compare(version, 5, 3) >= 0 ? "p2019" : "p2011";
    }

    private static int compare(int[] version, int major, int minor) {
        return version[0] != major ? Integer.compare(version[0], major) : Integer.compare(version[1], minor);
    }

    /** {@code 6.12.117+deb12-amd64} to {6, 12}; empty where the text does not start with two numbers. */
    private static int[] version(String release) {
        int[] numbers = new int[2];
        int at = 0;
        for (int i = 0; i < 2; i++) {
            int start = at;
            while (at < release.length() && at - start < 4 && Character.isDigit(release.charAt(at))) {
                numbers[i] = numbers[i] * 10 + release.charAt(at) - '0';
                at++;
            }
            if (at == start || (i == 0 && (at == release.length() || release.charAt(at++) != '.'))) {
                return new int[0];
            }
        }
        return numbers;
    }
}
