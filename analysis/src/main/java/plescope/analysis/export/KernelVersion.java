package plescope.analysis.export;

import java.util.Arrays;
import java.util.Comparator;
import plescope.parser.KernelHints;

/** Whether a log's spellings place its kernel after or before a version such as {@code 5.10}. */
final class KernelVersion {
    private static final Comparator<String> ORDER =
            Comparator.comparingInt(KernelVersion::major).thenComparingInt(KernelVersion::minor);

    private KernelVersion() {}

    /** Whether the kernel is surely this or a later one. */
    static boolean atLeast(KernelHints kernel, String version) {
        return kernel.atLeast() != null && ORDER.compare(kernel.atLeast(), version) >= 0;
    }

    /** Whether the kernel is surely older. */
    static boolean before(KernelHints kernel, String version) {
        return kernel.before() != null && ORDER.compare(kernel.before(), version) <= 0;
    }

    private static int major(String version) {
        return number(version, 0);
    }

    private static int minor(String version) {
        return number(version, 1);
    }

    private static int number(String version, int place) {
        return Arrays.stream(version.split("\\.", -1))
                .skip(place)
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(0);
    }
}
