package plescope.analysis.html;

import java.util.List;
import java.util.Set;

/** Where each vCPU's time goes. */
final class TimeSection {
    private static final Set<String> STEAL = Set.of("PREEMPTED", "WAITING");

    /** More unknown time than this changes what the other shares mean. */
    private static final double MUCH_PERCENT = 5;

    private TimeSection() {}

    static Section of(PageQueries queries) {
        PageTable totals = queries.ask("state-total");
        return new Section(
                "time",
                "Where time goes",
                finding(totals),
                "One bar per vCPU, its states sum to the time it was observed. Hatched parts are deduced, plain ones recorded, dotted"
                        + " ones simulated. Of more than 64 vCPUs those that spin most are shown.",
                List.of(queries.ask("vcpu-state"), totals));
    }

    static String finding(PageTable totals) {
        if (totals.isEmpty()) {
            return "No vCPU was observed in this schedule.";
        }
        double unknown = share(totals, Set.of("UNKNOWN"));
        String rest = unknown < MUCH_PERCENT ? "." : "; " + Wording.percent(unknown) + " is unknown.";
        if (share(totals, Set.of("SPINNING")) == 0) {
            return "No spinning is visible; vCPUs spent " + Wording.percent(share(totals, Set.of("GUEST")))
                    + " of their time in guest mode, where it would hide, and "
                    + Wording.percent(share(totals, STEAL)) + " ready to run without a pCPU" + rest;
        }
        return "vCPUs spent " + Wording.percent(share(totals, Set.of("SPINNING")))
                + " of their time spinning in PAUSE loops, " + Wording.percent(share(totals, Set.of("GUEST")))
                + " on guest work, and " + Wording.percent(share(totals, STEAL)) + " ready to run without a pCPU"
                + rest;
    }

    static double share(PageTable totals, Set<String> states) {
        return totals.rows().stream()
                .filter(row -> states.contains(row.text("state")))
                .mapToDouble(row -> row.number("percent"))
                .sum();
    }
}
