package plescope.replay.spin;

import java.util.Locale;

/**
 * Guest code that does nothing but wait.
 *
 * @param name of the function, or the address a listed range begins at
 */
public record SpinPlace(String name, Kind kind) {
    /** What such code waits for. */
    public enum Kind {
        LOCK,
        /** Acknowledgements of IPIs the vCPU itself sent. */
        IPI,
        UNKNOWN;

        /** By lower-case name; {@code IllegalArgumentException} names those there are. */
        public static Kind parse(String text) {
            for (Kind kind : values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("spin code is of kind lock, ipi or unknown, not '" + text + "'");
        }
    }

    /**
     * Code the user knows to spin, from another recording of the same guest or its disassembly.
     *
     * @param vm as the roster spells it, or {@link GuestSymbols#EVERY_VM}
     * @param lowRip first address
     * @param highRip last address
     * @param unitPicos picoseconds per unit of PLE window in this loop (a TSC cycle on VMX, one PAUSE on SVM), 0 where unknown
     */
    public record Range(String vm, long lowRip, long highRip, Kind kind, long unitPicos) {
        public Range {
            if (Long.compareUnsigned(lowRip, highRip) > 0) {
                throw new IllegalArgumentException("spin code ends before it begins: 0x" + Long.toHexString(lowRip)
                        + "..0x" + Long.toHexString(highRip));
            }
            if (unitPicos < 0) {
                throw new IllegalArgumentException("a unit of PLE window cannot take " + unitPicos + " ps");
            }
        }

        boolean contains(String of, long rip) {
            return (vm.equals(of) || vm.equals(GuestSymbols.EVERY_VM))
                    && Long.compareUnsigned(rip, lowRip) >= 0
                    && Long.compareUnsigned(rip, highRip) <= 0;
        }

        SpinPlace place() {
            return new SpinPlace("0x" + Long.toHexString(lowRip), kind);
        }
    }
}
