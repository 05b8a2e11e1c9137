package plescope.replay.workload.text;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Receivers of the IPIs of a file, where sends and waits may name one before the line that says whom it is for. */
final class IpiNames {
    private static final int UNKNOWN = -1;

    /** Ids run without gaps, so that one as large as this is a slip of the pen, not a reason to take all memory. */
    private static final int MOST = 1 << 28;

    private final LineWords words;
    private final Map<Integer, LineWords.Mark> awaited = new TreeMap<>();
    private int[] receivers = new int[64];
    private int count;

    IpiNames(LineWords words) {
        this.words = words;
        Arrays.fill(receivers, UNKNOWN);
    }

    /** The IPI whose number is read next. */
    int id() {
        int id = words.count("the number of an IPI");
        if (id >= MOST) {
            throw words.fault("no file has so many IPIs", "");
        }
        return id;
    }

    /** The IPI goes to this vCPU; the word read last says so. */
    void declare(int id, int receiver) {
        if (id >= receivers.length) {
            int old = receivers.length;
            receivers = Arrays.copyOf(receivers, Math.max(id + 1, 2 * old));
            Arrays.fill(receivers, old, receivers.length, UNKNOWN);
        }
        if (receivers[id] != UNKNOWN && receivers[id] != receiver) {
            throw words.fault("IPI " + id + " goes to another vCPU already", "every IPI has one receiver");
        }
        receivers[id] = receiver;
        count = Math.max(count, id + 1);
        awaited.remove(id);
    }

    /** Somebody waits for this IPI. */
    void use(int id) {
        if (id >= receivers.length || receivers[id] == UNKNOWN) {
            awaited.putIfAbsent(id, words.mark());
        }
    }

    /** Receivers by id. */
    int[] receivers() {
        if (!awaited.isEmpty()) {
            Map.Entry<Integer, LineWords.Mark> first =
                    awaited.entrySet().iterator().next();
            throw words.fault(
                    first.getValue(),
                    "nobody sends IPI " + first.getKey(),
                    "add its step: send " + first.getKey() + " -> vm0/vcpu1, or a line: unsent " + first.getKey()
                            + " -> vm0/vcpu1");
        }
        for (int id = 0; id < count; id++) {
            if (receivers[id] == UNKNOWN) {
                throw words.faultOfFile(
                        "IPI " + id + " is missing: ids count from 0 without gaps",
                        "name its receiver, though it is not sent: unsent " + id + " -> vm0/vcpu1");
            }
        }
        return Arrays.copyOf(receivers, count);
    }
}
