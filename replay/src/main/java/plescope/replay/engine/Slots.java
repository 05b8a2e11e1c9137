package plescope.replay.engine;

/** The event queue's slots: one for each thing that can be due of each pCPU, of each vCPU and of the host. */
final class Slots {
    private static final Due[] PER_PCPU = {Due.PCPU, Due.KICK, Due.TICK, Due.NOISE, Due.QUANTUM};
    private static final Due[] PER_VCPU = {Due.TIMER, Due.SLEEP};
    private static final Due[] PER_HOST = {Due.DEVICE, Due.PERIOD, Due.POLICY, Due.WATCHDOG, Due.END};

    private final int[] first = new int[Due.values().length];
    private final Due[] due;
    private final int[] subject;
    private int size;

    Slots(int pcpus, int vcpus) {
        int slots = PER_PCPU.length * pcpus + PER_VCPU.length * vcpus + PER_HOST.length;
        due = new Due[slots];
        subject = new int[slots];
        add(PER_PCPU, pcpus);
        add(PER_VCPU, vcpus);
        add(PER_HOST, 1);
    }

    private void add(Due[] kinds, int count) {
        for (Due kind : kinds) {
            first[kind.ordinal()] = size;
            for (int i = 0; i < count; i++) {
                due[size] = kind;
                subject[size++] = i;
            }
        }
    }

    /** The slot of that pCPU or vCPU. */
    int of(Due kind, int number) {
        return first[kind.ordinal()] + number;
    }

    /** The host's one slot. */
    int of(Due kind) {
        return first[kind.ordinal()];
    }

    Due due(int slot) {
        return due[slot];
    }

    /** The pCPU or vCPU the slot belongs to. */
    int subject(int slot) {
        return subject[slot];
    }

    int[] ranks() {
        int[] ranks = new int[size];
        for (int slot = 0; slot < size; slot++) {
            ranks[slot] = due[slot].ordinal();
        }
        return ranks;
    }
}
