package plescope.parser.event;

/** APIC delivery mode, as KVM prints it. */
public enum DeliveryMode {
    FIXED("Fixed"),
    LOWEST_PRIORITY("LowPrio"),
    SMI("SMI"),
    RESERVED3("Res3"),
    NMI("NMI"),
    INIT("INIT"),
    SIPI("SIPI"),
    EXTINT("ExtINT"),
    UNKNOWN("?");

    private final String text;

    DeliveryMode(String text) {
        this.text = text;
    }

    /** The kernel's spelling. */
    public String text() {
        return text;
    }
}
