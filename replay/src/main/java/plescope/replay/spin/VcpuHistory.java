package plescope.replay.spin;

import plescope.replay.spin.OffStretches.OffStretch;

/**
 * What one vCPU did lately, for judging its siblings' waits: guest stretches, stretches off the pCPU, and waits in spin loops. Old
 * facts fall out, later questions about them get "unknown"; so a vCPU takes at most 40 KB, and an idle one a few hundred bytes.
 */
final class VcpuHistory {
    final GuestStretches guest;
    final OffStretches off;
    final LoopWaits waits;

    VcpuHistory(GuestStretches guest, OffStretches off, LoopWaits waits) {
        this.guest = guest;
        this.off = off;
        this.waits = waits;
    }

    /** Whether it was off its pCPU at {@code atNs}, with work to do. */
    boolean offAtWork(long atNs) {
        OffStretch stretch = off.last(atNs, atNs + 1);
        return stretch != null && stretch.heldUp();
    }

    /** When it next came to run after {@code atNs}, at which it was off its pCPU and ready; -1 where it was not. */
    long readyUntil(long atNs) {
        OffStretch stretch = off.last(atNs, atNs + 1);
        return stretch == null || stretch.blocked || stretch.outNs > atNs ? -1 : stretch.inNs;
    }

    /** Whether it slept from before {@code from} until after {@code to}. */
    boolean sleptThrough(long from, long to) {
        OffStretch stretch = off.last(from, to);
        return stretch != null && stretch.blocked && stretch.outNs <= from && stretch.inNs >= to;
    }
}
