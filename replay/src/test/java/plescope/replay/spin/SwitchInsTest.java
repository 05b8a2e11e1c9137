package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The ring against a list of all that came, which is asked only for what the ring says it knows. */
class SwitchInsTest {
    private record In(long atNs, int vcpu) {}

    @Test
    void allThatCameLaterAreFoundInOrderOfTime() {
        SplittableRandom random = new SplittableRandom(17);
        SwitchIns ins = new SwitchIns();
        List<In> all = new ArrayList<>();
        long now = 0;
        int known = 0;
        for (int i = 0; i < 200_000; i++) {
            now += random.nextInt(3) - (random.nextInt(50_000) == 0 ? 100 : 0);
            all.add(new In(now, random.nextInt(100)));
            ins.add(now, all.get(i).vcpu());
            long after = now - random.nextInt(40);
            if (i % 16 == 0 && ins.reachBackTo(after)) {
                known++;
                assertThat(later(ins, after))
                        .isEqualTo(all.subList(Math.max(0, i - 2_000), i + 1).stream()
                                .filter(in -> in.atNs() > after)
                                .toList());
            }
        }
        // Three steps back in time or so, each of which hides some hundred earlier ones.
        assertThat(known).isGreaterThan(12_000);
        assertThat(ins.reachBackTo(now - 1_000_000)).isFalse();
    }

    private static List<In> later(SwitchIns ins, long ns) {
        List<In> later = new ArrayList<>();
        for (long i = ins.firstAfter(ns); i < ins.end(); i++) {
            later.add(new In(ins.atNs(i), ins.vcpu(i)));
        }
        return later;
    }

    @Test
    void whatFellOutOfTheRingIsSaidToBeUnknown() {
        SwitchIns ins = new SwitchIns();
        for (int i = 0; i < (1 << 16) + 10; i++) {
            ins.add(i, 0);
        }
        // 0..9 fell out: of those after 9 none is missing, of those after 8 one is.
        assertThat(ins.reachBackTo(9)).isTrue();
        assertThat(ins.reachBackTo(8)).isFalse();
        assertThat(ins.end() - ins.firstAfter(9)).isEqualTo(1 << 16);
    }
}
