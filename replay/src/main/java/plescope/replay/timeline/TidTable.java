package plescope.replay.timeline;

import java.util.Arrays;

/** vCPU tracks by thread id: one look-up per event, so open addressing over primitive keys instead of boxed ones. */
final class TidTable {
    private static final int EMPTY = Integer.MIN_VALUE;

    private int[] tids = new int[64];
    private VcpuTrack[] tracks = new VcpuTrack[64];
    private int size;

    TidTable() {
        Arrays.fill(tids, EMPTY);
    }

    /** The vCPU this thread carries, null where it carries none. */
    VcpuTrack get(int tid) {
        return tracks[slot(tid)];
    }

    void put(VcpuTrack track) {
        if (2 * size >= tids.length) {
            grow();
        }
        int slot = slot(track.tid);
        size += tracks[slot] == null ? 1 : 0;
        tids[slot] = track.tid;
        tracks[slot] = track;
    }

    private int slot(int tid) {
        int mask = tids.length - 1;
        int slot = (tid * 0x9E3779B9) >>> 7 & mask;
        while (tids[slot] != tid && tids[slot] != EMPTY) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        VcpuTrack[] old = tracks;
        tids = new int[old.length * 2];
        Arrays.fill(tids, EMPTY);
        tracks = new VcpuTrack[old.length * 2];
        size = 0;
        for (VcpuTrack track : old) {
            if (track != null) {
                put(track);
            }
        }
    }
}
