package plescope.replay.engine;

import plescope.parser.event.ExitReason;
import plescope.parser.event.ExitReason.Family;
import plescope.parser.event.ExitReason.Isa;

/** One exit reason per family: a simulated host has no vendor, so names are the families' VMX names. */
final class ExitReasons {
    private static final Family[] FAMILIES = Family.values();

    private final ExitReason[] byFamily = new ExitReason[FAMILIES.length];

    ExitReasons() {
        for (Family family : FAMILIES) {
            byFamily[family.ordinal()] = new ExitReason(Isa.UNKNOWN, -1, name(family), family);
        }
    }

    ExitReason of(Family family) {
        return byFamily[family.ordinal()];
    }

    private static String name(Family family) {
        return switch (family) {
            case PAUSE -> "PAUSE_INSTRUCTION";
            case HALT -> "HLT";
            case INTERRUPT -> "EXTERNAL_INTERRUPT";
            case INTERRUPT_WINDOW -> "INTERRUPT_WINDOW";
            case MSR -> "MSR_WRITE";
            case APIC -> "APIC_WRITE";
            case IO -> "IO_INSTRUCTION";
            case PAGE_FAULT -> "EPT_VIOLATION";
            case HYPERCALL -> "VMCALL";
            case OTHER -> "OTHER";
        };
    }
}
