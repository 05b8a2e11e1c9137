package plescope.replay.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.VmExit;
import plescope.replay.workload.WorkloadExtractor.ArmedTimer;
import plescope.replay.workload.WorkloadExtractor.VcpuRecord;

/**
 * A VM's time-stamp counter on the trace's clock, found from the timers it armed: most vCPUs that halted with a timer armed went on
 * a few microseconds after it rang. So a line through deadlines and resumptions has the right slope when the usual resumption lies
 * least above the quickest ones.
 *
 * <p>Needed because logs often lack the wake-up itself, made in interrupt context: the thread is seen again only when it is switched
 * in, maybe long after the timer rang.
 */
final class GuestTsc {
    /** Halts with a timer needed for a fit, and the most that are looked at. */
    static final int MIN_POINTS = 40;

    static final int MAX_POINTS = 2_000;

    /** A usual resumption later than this after the quickest says that these halts did not end by their timers [I]. */
    static final long MAX_SPREAD_NS = 500_000;

    /** Nanoseconds per cycle are kept in units of 2^-32; differences of cycles lose their lowest bits, 0.1 us. */
    private static final int DROPPED_BITS = 8;

    private static final int SLOPE_BITS = 32;

    /** A thousandth of a second or so of cycles tells no slope. */
    private static final long MIN_SPAN_CYCLES = 1 << 22;

    /** Dropped of a span of cycles, so that one of an hour fits beside the slope's bits. */
    private static final int SPAN_BITS = 12;

    private final long originCycles;
    private final long slope;
    private final long originNs;

    private GuestTsc(long originCycles, long slope, long originNs) {
        this.originCycles = originCycles;
        this.slope = slope;
        this.originNs = originNs;
    }

    /** When, on the trace's clock, the counter shows {@code cycles}. */
    long timeNs(long cycles) {
        return originNs + scaled(cycles - originCycles, slope);
    }

    private static long scaled(long cycles, long slope) {
        return ((cycles >> DROPPED_BITS) * slope) >> (SLOPE_BITS - DROPPED_BITS);
    }

    /** One halt: the deadline armed last before it, and when the vCPU was back in its guest. */
    private record Resumption(long deadline, long timeNs) {}

    /** The counter of the VM with these vCPUs, null where its halts do not tell. */
    static GuestTsc of(List<VcpuRecord> vcpus) {
        List<Resumption> points = new ArrayList<>();
        vcpus.forEach(vcpu -> collect(vcpu, points));
        if (points.size() < MIN_POINTS) {
            return null;
        }
        points.sort(Comparator.comparingLong(Resumption::deadline).thenComparingLong(Resumption::timeNs));
        int stride = (points.size() + MAX_POINTS - 1) / MAX_POINTS;
        int count = points.size() / stride;
        long[] cycles = new long[count];
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            cycles[i] = points.get(i * stride).deadline() - points.get(0).deadline();
            times[i] = points.get(i * stride).timeNs();
        }
        return fit(points.get(0).deadline(), cycles, times);
    }

    private static void collect(VcpuRecord vcpu, List<Resumption> points) {
        int timer = 0;
        for (VmExit exit : vcpu.exits) {
            while (timer < vcpu.timers.size() && vcpu.timers.get(timer).timeNs() <= exit.exitNs()) {
                timer++;
            }
            if (exit.reason().family() == Family.HALT && exit.entryNs() >= 0 && timer > 0) {
                points.add(new Resumption(vcpu.timers.get(timer - 1).deadline(), exit.entryNs()));
            }
        }
    }

    private static GuestTsc fit(long origin, long[] cycles, long[] times) {
        long spanCycles = tenth(cycles, 9) - tenth(cycles, 0);
        long spanNs = tenth(times, 9) - tenth(times, 0);
        if (spanCycles < MIN_SPAN_CYCLES || spanNs <= 0) {
            return null;
        }
        long slope = (spanNs << (SLOPE_BITS - SPAN_BITS)) / (spanCycles >> SPAN_BITS);
        // One per cent either way, then finer: lateness of milliseconds in a log of a second cannot bend the first
        // guess more.
        for (long step = slope / 10_000; step > 0; step /= 100) {
            slope = best(slope, step, cycles, times);
        }
        long[] late = lateness(slope, cycles, times);
        long quickest = late[late.length / 50];
        return late[late.length / 2] - quickest > MAX_SPREAD_NS ? null : new GuestTsc(origin, slope, quickest);
    }

    /** Median of one tenth of an ordered array. */
    private static long tenth(long[] values, int which) {
        int from = values.length * which / 10;
        int to = values.length * (which + 1) / 10;
        long[] part = Arrays.copyOfRange(values, from, Math.max(from + 1, to));
        Arrays.sort(part);
        return part[part.length / 2];
    }

    private static long best(long around, long step, long[] cycles, long[] times) {
        long best = around;
        long least = Long.MAX_VALUE;
        for (int i = -110; i <= 110; i++) {
            long slope = around + i * step;
            long[] late = lateness(slope, cycles, times);
            long spread = late[late.length / 2] - late[late.length / 20];
            if (spread < least) {
                least = spread;
                best = slope;
            }
        }
        return best;
    }

    /** By how much each resumption lies above the line through the origin, ascending. */
    private static long[] lateness(long slope, long[] cycles, long[] times) {
        long[] late = new long[times.length];
        for (int i = 0; i < late.length; i++) {
            late[i] = times[i] - scaled(cycles[i], slope);
        }
        Arrays.sort(late);
        return late;
    }

    /** The timer armed last before that moment, null if none. */
    static ArmedTimer armedBefore(VcpuRecord vcpu, long timeNs) {
        int low = 0;
        int high = vcpu.timers.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (vcpu.timers.get(middle).timeNs() <= timeNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : vcpu.timers.get(low - 1);
    }
}
