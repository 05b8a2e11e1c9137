package plescope.parser.event;

import java.util.Objects;

/**
 * Why a guest left guest mode: the vendor's exit code and one canonical name above all spellings.
 *
 * <p>Instances are interned by the reader, so that a log allocates one per distinct spelling.
 *
 * @param isa which vendor's table the code belongs to
 * @param code VMX basic exit reason, SVM exit code or what {@link Isa} says, -1 where the text has only an unknown name
 * @param name the current kernel's name ({@code PAUSE_INSTRUCTION}, {@code pause}); for unknown codes the text as printed
 * @param family what the exit means to plescope, the same for both vendors
 * @param spelling the text as printed, flags included, such as {@code EXIT_PAUSE} or {@code UNKNOWN (40)}
 * @param failedEntry bit 31 of VMX reasons: the entry before failed, the guest has not run
 */
public record ExitReason(Isa isa, int code, String name, Family family, String spelling, boolean failedEntry) {
    public ExitReason {
        Objects.requireNonNull(isa);
        Objects.requireNonNull(name);
        Objects.requireNonNull(family);
        Objects.requireNonNull(spelling);
    }

    /** A reason spelled by its canonical name. */
    public ExitReason(Isa isa, int code, String name, Family family) {
        this(isa, code, name, family, name, false);
    }

    /** The same reason as another text printed it. */
    public ExitReason spelled(String text, boolean failed) {
        return text.equals(spelling) && failed == failedEntry
                ? this
                : new ExitReason(isa, code, name, family, text, failed);
    }

    /**
     * Virtualisation extension or architecture; the log does not print it, the spelling of the reasons gives it away. Codes are
     * exception classes on arm64, interception codes on s390, causes on riscv, and not printed on the others.
     */
    public enum Isa {
        VMX,
        SVM,
        ARM64,
        S390,
        POWERPC,
        RISCV,
        LOONGARCH,
        MIPS,
        UNKNOWN
    }

    /** Exit reasons that matter to spin analysis; everything else is OTHER. */
    public enum Family {
        /** A PAUSE loop outlasted the window: the spin signal. */
        PAUSE,
        /** The guest gave up its CPU until an event. */
        HALT,
        /** A host interrupt forced the exit; the guest itself asked for nothing. */
        INTERRUPT,
        /** The guest can take a virtual interrupt now. */
        INTERRUPT_WINDOW,
        /** MSR access; a write of 0x830 is an IPI. */
        MSR,
        /** APIC register access outside x2APIC. */
        APIC,
        /** Port or memory-mapped I/O. */
        IO,
        /** Nested or extended page fault. */
        PAGE_FAULT,
        /** Hypercall. */
        HYPERCALL,
        OTHER
    }

    public boolean isPause() {
        return family == Family.PAUSE;
    }

    public boolean isHalt() {
        return family == Family.HALT;
    }
}
