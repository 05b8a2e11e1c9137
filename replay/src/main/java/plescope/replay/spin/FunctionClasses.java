package plescope.replay.spin;

/** What kind of function each address of one VM lies in, looked up once: asked for at every exit, so keys are not boxed. */
final class FunctionClasses {
    /** Half of them used, 2 MB; further addresses are looked up each time. */
    private static final int MOST_SLOTS = 1 << 17;

    private final GuestSymbols symbols;
    private final String vm;
    private long[] rips = new long[64];
    /** Null where a slot is free. */
    private FunctionClass[] classes = new FunctionClass[64];

    private int known;

    FunctionClasses(GuestSymbols symbols, String vm) {
        this.symbols = symbols;
        this.vm = vm;
    }

    FunctionClass of(long rip) {
        int slot = slot(rip);
        if (classes[slot] != null) {
            return classes[slot];
        }
        GuestSymbols.Symbol symbol = symbols.lookup(vm, rip);
        FunctionClass found = symbol == null ? FunctionClass.OTHER : FunctionClass.of(symbol.name());
        remember(rip, found);
        return found;
    }

    private void remember(long rip, FunctionClass found) {
        if (2 * known >= rips.length) {
            if (rips.length == MOST_SLOTS) {
                return;
            }
            grow();
        }
        int slot = slot(rip);
        rips[slot] = rip;
        classes[slot] = found;
        known++;
    }

    private int slot(long rip) {
        int mask = rips.length - 1;
        int slot = (int) ((rip * 0x9E3779B97F4A7C15L) >>> 40) & mask;
        while (classes[slot] != null && rips[slot] != rip) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldRips = rips;
        FunctionClass[] oldClasses = classes;
        rips = new long[2 * oldRips.length];
        classes = new FunctionClass[rips.length];
        for (int i = 0; i < oldRips.length; i++) {
            if (oldClasses[i] != null) {
                int slot = slot(oldRips[i]);
                rips[slot] = oldRips[i];
                classes[slot] = oldClasses[i];
            }
        }
    }
}
