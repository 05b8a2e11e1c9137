package plescope.replay.spin;

/**
 * What one vCPU did lately, for judging its siblings' waits: guest stretches (work or spinning), stretches off the pCPU, and
 * when it left a spin loop. Rings of fixed size: old facts fall out, later questions about them get "unknown".
 */
final class VcpuHistory {
    /** Guest stretches kept: at one per 10 us of guest time, 10 ms, twice the hold-back. */
    private static final int GUEST_STRETCHES = 1_024;

    private static final int OFF_STRETCHES = 256;
    private static final int DEPARTURES = 256;
    private static final int WORK = -1;

    private final long[] guestFrom = new long[GUEST_STRETCHES];
    private final long[] guestTo = new long[GUEST_STRETCHES];
    private final int[] guestLoop = new int[GUEST_STRETCHES];
    private int guests;

    private final OffStretch[] off = new OffStretch[OFF_STRETCHES];
    private int offs;

    private final long[] leftAt = new long[DEPARTURES];
    private final int[] leftLoop = new int[DEPARTURES];
    private final long[] leftLine = new long[DEPARTURES];
    /** When the wait began that a departure ended. */
    private final long[] arrivedAt = new long[DEPARTURES];

    private int departures;

    private long enteredNs = -1;

    /** The wait under way: its loop, -1 for none, and since when. */
    private int waitingIn = WORK;

    private long waitingSince;

    /** A stretch away from the pCPU; {@code inNs} is Long.MAX_VALUE while it lasts. */
    static final class OffStretch {
        final long outNs;
        final long outLine;
        final boolean blocked;
        final boolean spinning;
        long inNs = Long.MAX_VALUE;
        long inLine;

        OffStretch(long outNs, long outLine, boolean blocked, boolean spinning) {
            this.outNs = outNs;
            this.outLine = outLine;
            this.blocked = blocked;
            this.spinning = spinning;
        }
    }

    /** A guest run began; until its end is known it may be work. */
    void entered(long nowNs) {
        enteredNs = nowNs;
    }

    void worked(long fromNs, long toNs) {
        guest(fromNs, toNs, WORK);
    }

    void spun(long fromNs, long toNs, SpinLoop loop) {
        guest(fromNs, toNs, loop.id);
    }

    private void guest(long fromNs, long toNs, int loop) {
        enteredNs = -1;
        if (toNs > fromNs) {
            int slot = guests++ % GUEST_STRETCHES;
            guestFrom[slot] = fromNs;
            guestTo[slot] = toNs;
            guestLoop[slot] = loop;
        }
    }

    void switchedOut(long nowNs, long line, boolean blocked, boolean spinning) {
        off[offs++ % OFF_STRETCHES] = new OffStretch(nowNs, line, blocked, spinning);
    }

    void switchedIn(long nowNs, long line) {
        if (offs > 0) {
            OffStretch last = off[(offs - 1) % OFF_STRETCHES];
            last.inNs = nowNs;
            last.inLine = line;
        }
    }

    /** The vCPU was found to wait in a loop. */
    void waits(SpinLoop loop, long sinceNs) {
        waitingIn = loop.id;
        waitingSince = sinceNs;
    }

    /** Its wait has ended, however that was. */
    void waitsNoMore() {
        waitingIn = WORK;
    }

    /** When the wait in this loop began that was under way at {@code atNs}; -1 where it did not wait there then. */
    long waitingSince(SpinLoop loop, long atNs) {
        if (waitingIn == loop.id && waitingSince <= atNs) {
            return waitingSince;
        }
        int oldest = Math.max(0, departures - DEPARTURES);
        for (int i = departures - 1; i >= oldest; i--) {
            int slot = i % DEPARTURES;
            if (leftAt[slot] <= atNs) {
                return -1;
            }
            if (leftLoop[slot] == loop.id && arrivedAt[slot] <= atNs) {
                return arrivedAt[slot];
            }
        }
        return -1;
    }

    /** The vCPU was found to have left a loop, at {@code nowNs} at the earliest, after a wait since {@code sinceNs}. */
    void left(SpinLoop loop, long sinceNs, long nowNs, long line) {
        int slot = departures++ % DEPARTURES;
        arrivedAt[slot] = sinceNs;
        leftAt[slot] = nowNs;
        leftLoop[slot] = loop.id;
        leftLine[slot] = line;
    }

    /**
     * End of the first turn of guest work that reaches into {@code [from, to]}, capped at {@code to}; -1 where there was none. A
     * turn lasts until the vCPU spins again: exits in between may well lie inside a critical section.
     */
    long firstTurnEnd(long from, long to) {
        boolean working = enteredNs >= 0 && enteredNs < to;
        long end = working ? to : -1;
        for (int i = guests - 1; i >= Math.max(0, guests - GUEST_STRETCHES); i--) {
            int slot = i % GUEST_STRETCHES;
            if (guestTo[slot] <= from) {
                break;
            }
            if (guestLoop[slot] == WORK && guestFrom[slot] < to) {
                end = working ? end : Math.min(to, guestTo[slot]);
                working = true;
            } else {
                working = false;
            }
        }
        return end;
    }

    /** Guest work within {@code [from, to]}. */
    long workNs(long from, long to) {
        long sum = enteredNs >= 0 && enteredNs < to ? to - Math.max(from, enteredNs) : 0;
        for (int i = guests - 1; i >= Math.max(0, guests - GUEST_STRETCHES); i--) {
            int slot = i % GUEST_STRETCHES;
            if (guestTo[slot] <= from) {
                break;
            }
            if (guestLoop[slot] == WORK && guestFrom[slot] < to) {
                sum += Math.min(to, guestTo[slot]) - Math.max(from, guestFrom[slot]);
            }
        }
        return sum;
    }

    /** Whether it was in guest mode after {@code from}, or is. */
    boolean inGuestSince(long from) {
        return enteredNs >= 0 || (guests > 0 && guestTo[(guests - 1) % GUEST_STRETCHES] > from);
    }

    /** The last stretch off the pCPU that touches {@code [from, to]}, null where there was none. */
    OffStretch lastOff(long from, long to) {
        for (int i = offs - 1; i >= Math.max(0, offs - OFF_STRETCHES); i--) {
            OffStretch stretch = off[i % OFF_STRETCHES];
            if (stretch.inNs <= from) {
                return null;
            }
            if (stretch.outNs < to) {
                return stretch;
            }
        }
        return null;
    }

    /** The last stretch touching {@code [from, to]} in which it was kept off the pCPU with work to do; null where none. */
    OffStretch lastHeldUp(long from, long to) {
        for (int i = offs - 1; i >= Math.max(0, offs - OFF_STRETCHES); i--) {
            OffStretch stretch = off[i % OFF_STRETCHES];
            if (stretch.inNs <= from) {
                return null;
            }
            if (stretch.outNs < to && !stretch.blocked && !stretch.spinning) {
                return stretch;
            }
        }
        return null;
    }

    /** Whether it was off its pCPU at {@code atNs}, with work to do. */
    boolean offAtWork(long atNs) {
        OffStretch stretch = lastOff(atNs, atNs + 1);
        return stretch != null && !stretch.blocked && !stretch.spinning;
    }

    /** Whether stretches off the pCPU are still known from {@code atNs} on. */
    boolean recallsOff(long atNs) {
        return offs <= OFF_STRETCHES || off[offs % OFF_STRETCHES].inNs <= atNs;
    }

    /** When it next came to run after {@code atNs}, at which it was off its pCPU and ready; -1 where it was not. */
    long readyUntil(long atNs) {
        OffStretch stretch = lastOff(atNs, atNs + 1);
        return stretch == null || stretch.blocked || stretch.outNs > atNs ? -1 : stretch.inNs;
    }

    /** Whether it slept from before {@code from} until after {@code to}. */
    boolean sleptThrough(long from, long to) {
        OffStretch stretch = lastOff(from, to);
        return stretch != null && stretch.blocked && stretch.outNs <= from && stretch.inNs >= to;
    }

    /** Slot of the last departure from this loop inside {@code [from, to]}, -1 where there was none. */
    int lastDeparture(SpinLoop loop, long from, long to) {
        int oldest = Math.max(0, departures - DEPARTURES);
        for (int i = departuresUntil(to) - 1; i >= oldest; i--) {
            int slot = i % DEPARTURES;
            if (leftAt[slot] < from) {
                return -1;
            }
            if (leftLoop[slot] == loop.id) {
                return slot;
            }
        }
        return -1;
    }

    /** How many departures happened until {@code to}; they are in time order. */
    private int departuresUntil(long to) {
        int low = Math.max(0, departures - DEPARTURES);
        int high = departures;
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (leftAt[mid % DEPARTURES] <= to) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        return low;
    }

    long departureNs(int slot) {
        return leftAt[slot];
    }

    long departureLine(int slot) {
        return leftLine[slot];
    }
}
