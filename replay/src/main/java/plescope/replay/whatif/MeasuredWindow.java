package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import plescope.replay.model.Roster;
import plescope.replay.workload.WorkTime;

/** The part of a schedule between warm-up and cut, summed per VM. */
final class MeasuredWindow {
    /** Share of the schedule left out at each end, as a divisor. */
    static final int CUT_DIVISOR = 20;

    private static final double NS_PER_S = 1e9;
    private static final double NS_PER_US = 1e3;

    private final Roster roster;
    private final List<VcpuMeter> vcpus;
    private final SwitchTally switches;
    private final int shift;
    private final int from;
    private final int to;
    private final long lengthNs;
    private final WorkTime work;

    /** Sums of one VM, or of all. */
    private static final class Sums {
        final long[] bursts = new long[SlicedHistogram.BUCKETS];
        final long[] lockWaits = new long[SlicedHistogram.BUCKETS];
        final long[] ipiWaits = new long[SlicedHistogram.BUCKETS];
        long ranNs;
        long stealNs;
        long judgedSpinNs;
        long unknownSpinNs;
    }

    MeasuredWindow(Roster roster, List<VcpuMeter> vcpus, SwitchTally switches, long endNs, WorkTime work) {
        this.roster = roster;
        this.vcpus = vcpus;
        this.switches = switches;
        this.work = work;
        // Rows may reach beyond the end: an interrupt handled when the log had ended, say.
        int widest = Math.max(SlicedCounts.shiftFor(endNs), switches.shift());
        for (VcpuMeter vcpu : vcpus) {
            widest = Math.max(widest, vcpu.shift());
        }
        shift = widest;
        int used = endNs <= 0 ? 0 : (int) ((endNs - 1) >> shift) + 1;
        int cut = (used + CUT_DIVISOR - 1) / CUT_DIVISOR;
        from = cut;
        to = Math.max(cut, used - cut);
        lengthNs = (long) (to - from) << shift;
    }

    Measures measures() {
        List<Map<Measure, Double>> vms = new ArrayList<>();
        List<LengthCounts> bursts = new ArrayList<>();
        Sums all = new Sums();
        List<Double> ran = new ArrayList<>();
        long allRanNs = 0;
        for (int v = 0; v < roster.vcpus().size(); v++) {
            allRanNs += ranNs(vcpus.get(v));
        }
        Map<Measure, Double> host = new EnumMap<>(Measure.class);
        for (Roster.Vm vm : roster.vms()) {
            List<Integer> members = roster.vcpusOf(vm.id());
            Sums sums = new Sums();
            members.forEach(v -> add(sums, vcpus.get(v)));
            members.forEach(v -> add(all, vcpus.get(v)));
            Map<Measure, Double> measured = rates(members);
            measured.forEach((measure, rate) -> host.merge(measure, rate, Double::sum));
            common(measured, sums);
            measured.put(Measure.CPU_SHARE, percent(sums.ranNs, allRanNs));
            measured.put(
                    Measure.FAIRNESS,
                    jain(members.stream().map(v -> (double) ranNs(vcpus.get(v))).toList()));
            ran.add((double) sums.ranNs);
            vms.add(measured);
            bursts.add(LengthCounts.ofBuckets(sums.bursts));
        }
        common(host, all);
        host.put(Measure.CPU_SHARE, percent(all.ranNs, allRanNs));
        host.put(Measure.FAIRNESS, jain(ran));
        return new Measures(vms, host, bursts);
    }

    private long count(VcpuMeter vcpu, int kind) {
        return vcpu.counts.sum(kind, shift, from, to);
    }

    private long ranNs(VcpuMeter vcpu) {
        return count(vcpu, VcpuMeter.WORK) + count(vcpu, VcpuMeter.SPIN) + count(vcpu, VcpuMeter.HOST);
    }

    private void add(Sums sums, VcpuMeter vcpu) {
        sums.ranNs += ranNs(vcpu);
        sums.stealNs += count(vcpu, VcpuMeter.STEAL);
        sums.judgedSpinNs += count(vcpu, VcpuMeter.JUDGED_SPIN);
        sums.unknownSpinNs += count(vcpu, VcpuMeter.UNKNOWN_SPIN);
        vcpu.bursts.addTo(sums.bursts, shift, from, to);
        vcpu.lockWaits.addTo(sums.lockWaits, shift, from, to);
        vcpu.ipiWaits.addTo(sums.ipiWaits, shift, from, to);
    }

    /** Per second of the time in which the VM's vCPUs are known: what a log lost counts neither as work nor as time. */
    private Map<Measure, Double> rates(List<Integer> members) {
        long unknownNs = sum(members, VcpuMeter.UNKNOWN);
        double seconds = (lengthNs - (double) unknownNs / Math.max(1, members.size())) / NS_PER_S;
        Map<Measure, Double> rates = new EnumMap<>(Measure.class);
        if (members.isEmpty() || seconds <= 0) {
            return rates;
        }
        long guestNs = sum(members, VcpuMeter.WORK) + sum(members, VcpuMeter.SPIN);
        long workNs = Math.min(guestNs, workNs(members));
        rates.put(Measure.THROUGHPUT, workNs / NS_PER_S / seconds);
        rates.put(Measure.SPIN, (guestNs - workNs) / NS_PER_S / seconds);
        rates.put(Measure.PLE_EXITS, sum(members, VcpuMeter.PLE_EXITS) / seconds);
        rates.put(Measure.YIELDS_SUCCEEDED, sum(members, VcpuMeter.YIELDED) / seconds);
        rates.put(Measure.YIELDS_RIGHT, sum(members, VcpuMeter.YIELDED_RIGHT) / seconds);
        rates.put(Measure.MIGRATIONS, sum(members, VcpuMeter.MIGRATIONS) / seconds);
        if (switches.any()) {
            long switched = 0;
            for (int v : members) {
                switched += switches.to(roster.vcpus().get(v).tid(), shift, from, to);
            }
            rates.put(Measure.SWITCHES, switched / seconds);
        }
        return rates;
    }

    private long workNs(List<Integer> members) {
        if (work == null) {
            return sum(members, VcpuMeter.WORK);
        }
        long sum = 0;
        for (int v : members) {
            sum += work.between(v, (long) from << shift, (long) to << shift);
        }
        return sum;
    }

    private long sum(List<Integer> members, int kind) {
        long sum = 0;
        for (int v : members) {
            sum += count(vcpus.get(v), kind);
        }
        return sum;
    }

    /** What a VM and the host measure alike. A schedule without context switches does not show steal. */
    private void common(Map<Measure, Double> measured, Sums sums) {
        long episodes = 0;
        double exits = 0;
        for (int bucket = 0; bucket < sums.bursts.length; bucket++) {
            episodes += sums.bursts[bucket];
            exits += (double) sums.bursts[bucket] * SlicedHistogram.middle(bucket);
        }
        measured.put(Measure.BURST_MEAN, episodes == 0 ? Double.NaN : exits / episodes);
        measured.put(Measure.BURST_P99, SlicedHistogram.quantile(sums.bursts, 0.99));
        measured.put(Measure.LOCK_WAIT_P50, SlicedHistogram.quantile(sums.lockWaits, 0.5) / NS_PER_US);
        measured.put(Measure.LOCK_WAIT_P99, SlicedHistogram.quantile(sums.lockWaits, 0.99) / NS_PER_US);
        measured.put(Measure.IPI_WAIT_P50, SlicedHistogram.quantile(sums.ipiWaits, 0.5) / NS_PER_US);
        measured.put(Measure.IPI_WAIT_P99, SlicedHistogram.quantile(sums.ipiWaits, 0.99) / NS_PER_US);
        measured.put(Measure.STEAL, switches.any() ? percent(sums.stealNs, sums.stealNs + sums.ranNs) : Double.NaN);
        measured.put(Measure.UNKNOWN_CAUSE, percent(sums.unknownSpinNs, sums.judgedSpinNs));
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? Double.NaN : 100.0 * part / whole;
    }

    /** Jain's index, (sum x)^2 / (n sum x^2): 1 where all have the same, 1/n where one has all. */
    static double jain(List<Double> shares) {
        double sum = 0;
        double squares = 0;
        for (double share : shares) {
            sum += share;
            squares += share * share;
        }
        return squares == 0 ? Double.NaN : sum * sum / (shares.size() * squares);
    }
}
