package plescope.replay.kvm;

import plescope.replay.model.HostModel.PleHardware;

/** One vCPU's {@code ple_window}: grows at each PAUSE exit, shrinks when the thread is switched in. */
public final class PleWindow {
    private final PleHardware hardware;
    private int window;

    public PleWindow(PleHardware hardware) {
        this.hardware = hardware;
        this.window = hardware.window();
    }

    /** In hardware units: TSC cycles on VMX, PAUSEs on SVM. */
    public int units() {
        return window;
    }

    /** Guest time after which a loop exits. */
    public long ns() {
        return hardware.windowNs(window);
    }

    /** {@code __grow_ple_window}: multiplies by a factor below the base, adds a larger one. */
    public void grow() {
        int factor = hardware.grow();
        if (factor < 1) {
            window = hardware.window();
            return;
        }
        long grown = factor < hardware.window() ? (long) window * factor : (long) window + factor;
        window = (int) Math.min(grown, hardware.max());
    }

    /** {@code __shrink_ple_window}: divides by a factor below the base, subtracts a larger one, never below the base. */
    public void shrink() {
        int factor = hardware.shrink();
        if (factor < 1) {
            window = hardware.window();
            return;
        }
        int shrunk = factor < hardware.window() ? window / factor : window - factor;
        window = Math.max(shrunk, hardware.window());
    }
}
