package plescope.replay.kvm;

import plescope.replay.model.HostModel.PleHardware;

/** One vCPU's {@code ple_window}: grows at each PAUSE exit, shrinks when the thread is switched in. */
public final class PleWindow {
    private final PleHardware hardware;
    private int base;
    private int window;

    public PleWindow(PleHardware hardware) {
        this.hardware = hardware;
        this.base = hardware.window();
        this.window = base;
    }

    /** In hardware units: TSC cycles on VMX, PAUSEs on SVM. */
    public int units() {
        return window;
    }

    /** Guest time after which a loop exits. */
    public long ns() {
        return hardware.windowNs(window);
    }

    /** Takes another base; the window itself changes when it next grows or shrinks. */
    public void rebase(int units) {
        base = units;
    }

    /** {@code __grow_ple_window}: multiplies by a factor below the base, adds a larger one. */
    public void grow() {
        int factor = hardware.grow();
        if (factor < 1) {
            window = base;
            return;
        }
        long grown = factor < base ? (long) window * factor : (long) window + factor;
        window = (int) Math.min(grown, hardware.max());
    }

    /** {@code __shrink_ple_window}: divides by a factor below the base, subtracts a larger one, never below the base. */
    public void shrink() {
        int factor = hardware.shrink();
        if (factor < 1) {
            window = base;
            return;
        }
        int shrunk = factor < base ? window / factor : window - factor;
        window = Math.max(shrunk, base);
    }
}
