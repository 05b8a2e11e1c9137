package plescope.replay.spin;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plescope.replay.model.Roster;

/**
 * How one VM spins, as far as samples show it.
 *
 * @param place where it waits for locks: the place hit most often, null where none was
 * @param lock share of guest time spent waiting for locks
 * @param ipi share of guest time spent waiting for IPIs to be acknowledged
 * @param queues who gets the lock when several want it
 */
public record SampledSpin(int vm, SpinPlace place, SpinShare lock, SpinShare ipi, LockQueues queues) {
    /** Reads the samples of a VM with what is known of its code. */
    public static SampledSpin of(Roster roster, int vm, List<GuestSamples> samples, GuestSymbols code) {
        String name = roster.vms().get(vm).name();
        SpinShare.Counter lock = new SpinShare.Counter();
        SpinShare.Counter ipi = new SpinShare.Counter();
        Map<String, Integer> hits = new TreeMap<>();
        SpinPlace most = null;
        for (int vcpu : roster.vcpusOf(vm)) {
            GuestSamples taken = vcpu < samples.size() ? samples.get(vcpu) : new GuestSamples();
            for (int i = 0; i < taken.samples(); i++) {
                SpinPlace place = code.spinPlace(name, taken.sampleRip(i));
                boolean waitsForIpi = place != null && place.kind() == SpinPlace.Kind.IPI;
                lock.sample(taken.standsForNs(i), place != null && !waitsForIpi);
                ipi.sample(taken.standsForNs(i), waitsForIpi);
                if (place != null && !waitsForIpi) {
                    int count = hits.merge(place.name(), 1, Integer::sum);
                    most = most == null || count > hits.get(most.name()) ? place : most;
                }
                if (i + 1 == taken.samples() || taken.sampleRun(i + 1) != taken.sampleRun(i)) {
                    lock.runEnds();
                    ipi.runEnds();
                }
            }
        }
        return new SampledSpin(vm, most, lock.share(), ipi.share(), LockQueues.of(roster, vm, samples, code));
    }

    /** Whether samples hit code that waits, often enough to say how often. */
    public boolean known() {
        return (lock.hits() > 0 || ipi.hits() > 0) && lock.known();
    }
}
