package plescope.analysis.cli;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import plescope.replay.model.Roster;
import plescope.replay.whatif.Condition;
import plescope.replay.whatif.Measures;

/** {@code --fail-on}: conditions that make a command say what it found and return {@link ExitCode#FOUND}, for use in scripts. */
record FailOn(List<Condition> conditions) {
    private static final String FAIL_ON = "fail-on";
    private static final MathContext DIGITS = new MathContext(6);

    FailOn {
        conditions = List.copyOf(conditions);
    }

    static Option option() {
        return CommonOptions.value(
                FAIL_ON,
                "CONDITION",
                "exit with 1 where this holds, such as 'p99_lock_wait_us>2000' or 'vm0.throughput<95%' (of the identity"
                        + " replay); may be repeated");
    }

    static FailOn of(CommandLine line) {
        return new FailOn(conditions(line, FAIL_ON));
    }

    /** The conditions that an option was given. */
    static List<Condition> conditions(CommandLine line, String option) {
        List<Condition> conditions = new ArrayList<>();
        for (String text : line.hasOption(option) ? line.getOptionValues(option) : new String[0]) {
            try {
                conditions.add(Condition.parse(text));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--" + option + ": " + e.getMessage());
            }
        }
        return conditions;
    }

    /** Refuses conditions about VMs that are not there, before anything long is done. */
    void check(Roster roster) {
        try {
            conditions.forEach(condition -> condition.check(roster));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + FAIL_ON + ": " + e.getMessage());
        }
    }

    /**
     * Names every condition that holds, with the value that met it.
     *
     * @param what was replayed
     * @return whether any holds
     */
    boolean holds(String what, Roster roster, Measures replayed, Measures identity, PrintStream err) {
        boolean any = false;
        for (Condition condition : conditions) {
            if (condition.holds(roster, replayed, identity)) {
                any = true;
                err.println("fail-on " + condition + ": " + rounded(condition.value(roster, replayed))
                        + (condition.ofIdentity()
                                ? ", " + rounded(condition.value(roster, identity)) + " in the identity replay"
                                : "")
                        + " with " + what);
            }
        }
        return any;
    }

    private static String rounded(double value) {
        return new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString();
    }
}
