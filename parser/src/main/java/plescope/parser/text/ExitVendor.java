package plescope.parser.text;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import plescope.parser.event.ExitReason;
import plescope.parser.event.ExitReason.Isa;
import plescope.parser.event.KvmExit;
import plescope.parser.event.TraceEvent;

/**
 * Gives exit reasons that mean one thing on VMX and another on SVM the meaning of the log's own vendor.
 *
 * <p>Stands behind the order of events, so that it hears of all reasons in time order however the log was cut for reading. The
 * first name that only one vendor has, or the head's {@code cpuid}, tells the vendor; the few exits before it keep what
 * {@link ExitReasons#resolve(String)} made of them.
 */
final class ExitVendor implements Consumer<TraceEvent> {
    private final ExitReasons reasons;
    private final LogFacts facts;
    private final Consumer<? super TraceEvent> sink;
    private final Map<ExitReason, ExitReason> settled = new HashMap<>();
    private Isa vendor = Isa.UNKNOWN;

    ExitVendor(ExitReasons reasons, LogFacts facts, Consumer<? super TraceEvent> sink) {
        this.reasons = reasons;
        this.facts = facts;
        this.sink = sink;
    }

    @Override
    public void accept(TraceEvent event) {
        // a log of one vendor's names passes here, exit by exit, after its first
        if (event instanceof KvmExit exit
                && (vendor == Isa.UNKNOWN || exit.reason().isa() != vendor)) {
            sink.accept(settle(exit));
        } else {
            sink.accept(event);
        }
    }

    private KvmExit settle(KvmExit exit) {
        ExitReason told = exit.reason();
        if (vendor == Isa.UNKNOWN) {
            boolean told86 = isX86(told.isa()) && reasons.tellsVendor(told.spelling());
            vendor = told86 || isElsewhere(told.isa()) ? told.isa() : facts.headIsa();
            facts.vendor(vendor);
        }
        if (vendor == Isa.UNKNOWN || vendor == told.isa() || isElsewhere(told.isa())) {
            return exit;
        }
        ExitReason reason = settled.computeIfAbsent(told, this::meaning);
        return new KvmExit(
                exit.timestampNs(), exit.pcpu(), exit.tid(), exit.line(), exit.vcpu(), reason, exit.guestRip());
    }

    /** A name that only the other vendor has stays what it is: such a log is of two hosts. */
    private ExitReason meaning(ExitReason told) {
        return reasons.tellsVendor(told.spelling()) ? told : reasons.resolve(told.spelling(), vendor);
    }

    private static boolean isX86(Isa isa) {
        return isa == Isa.VMX || isa == Isa.SVM;
    }

    private static boolean isElsewhere(Isa isa) {
        return !isX86(isa) && isa != Isa.UNKNOWN;
    }
}
