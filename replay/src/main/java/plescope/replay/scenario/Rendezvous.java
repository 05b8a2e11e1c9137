package plescope.replay.scenario;

import java.util.Arrays;
import java.util.List;
import org.antlr.v4.runtime.Token;
import plescope.replay.guest.VmSpec;

/** Counts who comes to the barriers and channels of a VM: a missing party is waited for until the run ends. */
final class Rendezvous {
    private final SourceText source;
    private final VmNames names;
    private int[] met = new int[0];
    private int[] senders = new int[0];
    private int[] receivers = new int[0];

    Rendezvous(SourceText source, VmNames names) {
        this.source = source;
        this.names = names;
    }

    /** So many tasks run this program. */
    void add(ProgramReader program, int tasks) {
        met = Arrays.copyOf(met, names.barriers().size());
        senders = Arrays.copyOf(senders, names.channels().size());
        receivers = Arrays.copyOf(receivers, names.channels().size());
        program.met().forEach(barrier -> met[barrier] += tasks);
        program.sent().forEach(channel -> senders[channel] += tasks);
        program.received().forEach(channel -> receivers[channel] += tasks);
    }

    void refuseThoseThatNeverHappen(List<VmSpec.Barrier> barriers) {
        for (int i = 0; i < met.length; i++) {
            if (met[i] != barriers.get(i).parties()) {
                throw source.error(
                        names.barriers().place(i),
                        "barrier '" + names.barriers().name(i) + "' is of "
                                + barriers.get(i).parties() + ", but " + met[i] + " tasks meet there");
            }
        }
        for (int i = 0; i < senders.length; i++) {
            if (senders[i] > 0 != receivers[i] > 0) {
                Token at = names.channels().place(i);
                throw source.error(
                        at,
                        "channel '" + names.channels().name(i) + "' has " + senders[i] + " senders and " + receivers[i]
                                + " receivers");
            }
        }
    }
}
