package plescope.replay.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import plescope.replay.model.HostModel.OsNoise;
import plescope.replay.model.Roster;

/**
 * How often other threads took a pCPU from a vCPU, and how long they kept it. While a log is read nobody knows yet which threads are
 * vCPUs, so stays are counted by who displaced whom.
 */
final class NoiseTally {
    private static final long FREE = 0;

    /** Linux thread ids have 22 bits (PID_MAX_LIMIT) [K]. */
    private static final long TID = 0x3fffff;

    /** Who displaced whom, as {@link #key}; how often; how long in all. */
    private long[] keys = new long[64];

    private long[] stays = new long[64];
    private long[] totalNs = new long[64];
    private int used;

    /** Per pCPU: the thread on it, whom it displaced, since when. */
    private int[] running = new int[8];

    private int[] displaced = new int[8];
    private long[] sinceNs = new long[8];

    void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        if (pcpu < 0) {
            return;
        }
        if (pcpu >= running.length) {
            int size = 2 * pcpu;
            running = Arrays.copyOf(running, size);
            displaced = Arrays.copyOf(displaced, size);
            sinceNs = Arrays.copyOf(sinceNs, size);
        }
        if (running[pcpu] == prevTid && prevTid > 0 && displaced[pcpu] > 0) {
            stayed(pcpu, displaced[pcpu], prevTid, timeNs - sinceNs[pcpu]);
        }
        running[pcpu] = nextTid;
        displaced[pcpu] = prevTid;
        sinceNs[pcpu] = timeNs;
    }

    private static long key(int pcpu, int from, int by) {
        return ((long) pcpu << 44) | ((from & TID) << 22) | (by & TID);
    }

    private void stayed(int pcpu, int from, int by, long ns) {
        long key = key(pcpu, from, by);
        int slot = slot(key);
        if (keys[slot] == FREE) {
            if (2 * ++used > keys.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
        }
        stays[slot]++;
        totalNs[slot] += ns;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldStays = stays;
        long[] oldNs = totalNs;
        keys = new long[2 * oldKeys.length];
        stays = new long[keys.length];
        totalNs = new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                stays[slot] = oldStays[i];
                totalNs[slot] = oldNs[i];
            }
        }
    }

    /**
     * Per pCPU, the stays of threads that are no vCPUs and displaced one.
     *
     * @param vcpusNs per pCPU, how long vCPUs ran on it
     */
    List<OsNoise> noise(Roster roster, long[] vcpusNs) {
        Set<Integer> vcpus = new HashSet<>();
        roster.vcpus().forEach(vcpu -> vcpus.add(vcpu.tid()));
        long[] count = new long[vcpusNs.length];
        long[] ns = new long[vcpusNs.length];
        for (int i = 0; i < keys.length; i++) {
            int pcpu = (int) (keys[i] >>> 44);
            boolean fromVcpu = vcpus.contains((int) ((keys[i] >>> 22) & TID));
            boolean byVcpu = vcpus.contains((int) (keys[i] & TID));
            if (keys[i] != FREE && pcpu < count.length && fromVcpu && !byVcpu) {
                count[pcpu] += stays[i];
                ns[pcpu] += totalNs[i];
            }
        }
        List<OsNoise> noise = new ArrayList<>();
        for (int pcpu = 0; pcpu < count.length; pcpu++) {
            boolean quiet = count[pcpu] == 0 || vcpusNs[pcpu] < count[pcpu];
            noise.add(
                    quiet
                            ? OsNoise.NONE
                            : new OsNoise(vcpusNs[pcpu] / count[pcpu], Math.max(1, ns[pcpu] / count[pcpu])));
        }
        return noise;
    }
}
