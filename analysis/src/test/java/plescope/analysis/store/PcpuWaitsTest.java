package plescope.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import plescope.replay.model.Origin;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;

final class PcpuWaitsTest {
    private static final long SEED = Long.getLong("seed", 20_261_122);

    private final List<String> stays = new ArrayList<>();
    private final Map<String, long[]> sums = new TreeMap<>();
    private final PcpuWaits waits = new PcpuWaits(new PcpuWaits.Rows() {
        @Override
        public void stayed(int vcpu, int pcpu, long startNs, long endNs) {
            stays.add("%d on %d %d-%d".formatted(vcpu, pcpu, startNs, endNs));
        }

        @Override
        public void waited(int vcpu, int pcpu, int holder, long heldNs, long spinningNs) {
            long[] sum = sums.computeIfAbsent(
                    "%d on %d behind %s".formatted(vcpu, pcpu, holder < 0 ? "vcpu" + ~holder : holder),
                    key -> new long[2]);
            sum[0] += heldNs;
            sum[1] += spinningNs;
        }
    });

    private static VcpuInterval interval(int vcpu, VcpuState state, int pcpu, long startNs, long endNs) {
        return new VcpuInterval(vcpu, state, pcpu, startNs, endNs, Origin.RECORDED);
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        sums.forEach((key, sum) -> rows.add(key + " " + sum[0] + "/" + sum[1]));
        return rows;
    }

    /**
     * On pCPU 0: vCPU 0 until 100, vCPU 1 spinning until 150 and leaving until 160, vCPU 2 until 220, thread 99 until 280, idle until
     * 300, vCPU 0 until 400. vCPU 1 tells late what it did.
     */
    @Test
    void whoeverTellsFirstEachMeetingCountsOnce() {
        waits.contextSwitch(0, 0, 10);
        waits.interval(interval(0, VcpuState.GUEST, 0, 0, 100));
        waits.contextSwitch(0, 100, 11);
        waits.contextSwitch(0, 160, 20);
        waits.interval(interval(2, VcpuState.BLOCKED, -1, 0, 160));
        waits.interval(interval(2, VcpuState.GUEST, 0, 160, 220));
        waits.contextSwitch(0, 220, 99);
        waits.contextSwitch(0, 280, 0);
        waits.contextSwitch(0, 300, 10);
        waits.interval(interval(0, VcpuState.PREEMPTED, 0, 100, 300));
        waits.interval(interval(0, VcpuState.GUEST, 0, 300, 400));
        waits.contextSwitch(0, 400, 0);
        waits.interval(interval(1, VcpuState.PREEMPTED, 0, 0, 100));
        waits.interval(interval(1, VcpuState.SPINNING, 0, 100, 150));
        waits.interval(interval(1, VcpuState.HOST, 0, 150, 160));
        waits.interval(interval(1, VcpuState.PREEMPTED, 0, 160, 400));
        waits.interval(interval(2, VcpuState.BLOCKED, -1, 220, 400));
        waits.finish();

        assertThat(rows())
                .containsExactly(
                        "0 on 0 behind 0 20/0",
                        "0 on 0 behind 11 60/0",
                        "0 on 0 behind 20 60/0",
                        "0 on 0 behind 99 60/0",
                        "0 on 0 behind vcpu1 60/50",
                        "0 on 0 behind vcpu2 60/0",
                        "1 on 0 behind 0 20/0",
                        "1 on 0 behind 10 200/0",
                        "1 on 0 behind 20 60/0",
                        "1 on 0 behind 99 60/0",
                        "1 on 0 behind vcpu0 200/0",
                        "1 on 0 behind vcpu2 60/0");
        assertThat(stays).containsExactlyInAnyOrder("0 on 0 0-400", "1 on 0 0-400", "2 on 0 160-220");
    }

    @Test
    void aStayEndsWithAMoveAndAHole() {
        waits.interval(interval(0, VcpuState.GUEST, 0, 0, 10));
        waits.interval(interval(0, VcpuState.PREEMPTED, 0, 10, 20));
        waits.interval(interval(0, VcpuState.PREEMPTED, 1, 20, 30));
        waits.interval(interval(0, VcpuState.HOST, 1, 35, 40));
        waits.interval(interval(0, VcpuState.UNKNOWN, -1, 40, 50));
        waits.finish();
        assertThat(stays).containsExactly("0 on 0 0-20", "0 on 1 20-30", "0 on 1 35-40");
    }

    /** Against all pairs: random states of five vCPUs on three pCPUs, told in any order between vCPUs. */
    @Test
    void sumsAreThoseOfAllPairs() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<List<VcpuInterval>> told = new ArrayList<>();
        for (int vcpu = 0; vcpu < 5; vcpu++) {
            List<VcpuInterval> own = new ArrayList<>();
            long now = 0;
            for (int i = 0; i < 400; i++) {
                long end = now + 1 + random.nextInt(50);
                VcpuState state = VcpuState.values()[random.nextInt(VcpuState.values().length)];
                own.add(interval(vcpu, state, random.nextInt(4) - 1, now, end));
                now = end;
            }
            told.add(own);
        }
        Map<String, long[]> expected = pairs(told);
        int[] next = new int[told.size()];
        for (int left = 5 * 400; left > 0; left--) {
            int vcpu;
            do {
                vcpu = random.nextInt(told.size());
            } while (next[vcpu] == 400);
            waits.interval(told.get(vcpu).get(next[vcpu]++));
        }
        waits.finish();
        assertThat(sums.keySet()).as("seed %d", SEED).isEqualTo(expected.keySet());
        expected.forEach((key, sum) ->
                assertThat(sums.get(key)).as("seed %d, %s", SEED, key).isEqualTo(sum));
    }

    private static Map<String, long[]> pairs(List<List<VcpuInterval>> told) {
        Map<String, long[]> sums = new TreeMap<>();
        List<VcpuInterval> all =
                told.stream().flatMap(List::stream).filter(i -> i.pcpu() >= 0).toList();
        List<VcpuState> readyStates = List.of(VcpuState.PREEMPTED, VcpuState.WAITING);
        List<VcpuState> nowhere = List.of(VcpuState.BLOCKED, VcpuState.UNKNOWN);
        for (VcpuInterval ready : all) {
            for (VcpuInterval held : all) {
                long ns = Math.min(ready.endNs(), held.endNs()) - Math.max(ready.startNs(), held.startNs());
                boolean meet = ns > 0 && ready.pcpu() == held.pcpu() && readyStates.contains(ready.state());
                if (meet && !readyStates.contains(held.state()) && !nowhere.contains(held.state())) {
                    long[] sum = sums.computeIfAbsent(
                            "%d on %d behind vcpu%d".formatted(ready.vcpu(), ready.pcpu(), held.vcpu()),
                            key -> new long[2]);
                    sum[0] += ns;
                    sum[1] += held.state() == VcpuState.SPINNING ? ns : 0;
                }
            }
        }
        return sums;
    }

    /** More stretches than are kept: what met within the kept ones counts, and memory does not grow. */
    @Test
    void ofAVeryLongWaitTheBeginningIsUnknown() {
        long now = 0;
        for (int i = 0; i < 3 * Stints.MOST; i++) {
            waits.contextSwitch(0, now, i % 2);
            now += 10;
        }
        waits.interval(interval(0, VcpuState.PREEMPTED, 0, 0, now));
        waits.finish();
        long seen = sums.values().stream().mapToLong(sum -> sum[0]).sum();
        assertThat(seen).isBetween(10L * Stints.MOST / 2 - 10, 10L * Stints.MOST);
    }
}
