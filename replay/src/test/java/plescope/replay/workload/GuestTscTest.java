package plescope.replay.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason;
import plescope.replay.model.VmExit;
import plescope.replay.workload.WorkloadExtractor.ArmedTimer;
import plescope.replay.workload.WorkloadExtractor.VcpuRecord;

class GuestTscTest {
    private static final ExitReason HLT = new ExitReason(ExitReason.Isa.SVM, 0, "hlt", ExitReason.Family.HALT);

    private final SplittableRandom random = new SplittableRandom(7);

    /** 2.6 cycles per nanosecond, and the guest's counter began long before the trace. */
    private static long cycles(long timeNs) {
        return 1_000_000_000_000L + timeNs * 26 / 10;
    }

    /** Halts about every millisecond for half of one; back in the guest 8 to 40 us after the timer, every fifth up to 4 ms later. */
    private VcpuRecord sleeper(int halts, boolean byTimer) {
        VcpuRecord vcpu = new VcpuRecord();
        long now = 0;
        for (int i = 0; i < halts; i++) {
            long exit = now + 400_000 + random.nextLong(200_000);
            long rings = exit + 300_000 + random.nextLong(400_000);
            long late = i % 5 == 4 ? random.nextLong(4_000_000) : 8_000 + random.nextLong(32_000);
            now = byTimer ? rings + late : exit + random.nextLong(6_000_000);
            vcpu.timers.add(new ArmedTimer(exit - 10_000, cycles(rings)));
            vcpu.exits.add(new VmExit(0, 0, exit, now, HLT, 0x1000, -1, 0, i + 1));
        }
        return vcpu;
    }

    @Test
    void aGuestsCounterIsFoundFromItsSleeps() {
        GuestTsc tsc = GuestTsc.of(List.of(sleeper(500, true), sleeper(500, true)));
        // The quickest were back after 8 us, which counts as the timer's own time.
        for (long time : new long[] {0, 100_000_000, 900_000_000}) {
            assertThat(tsc.timeNs(cycles(time)) - time).isBetween(0L, 20_000L);
        }
    }

    @Test
    void sleepsThatDoNotEndByTheirTimersTellNothing() {
        assertThat(GuestTsc.of(List.of(sleeper(500, false)))).isNull();
    }

    @Test
    void aFewSleepsTellNothing() {
        assertThat(GuestTsc.of(List.of(sleeper(GuestTsc.MIN_POINTS - 1, true)))).isNull();
    }
}
