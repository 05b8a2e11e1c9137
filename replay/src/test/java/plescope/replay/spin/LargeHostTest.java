package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.testing.BusyHost;
import plescope.replay.testing.TraceBuilder;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;

/** Hosts larger than any, and logs no host writes: what is kept must stay in proportion to what is open. */
class LargeHostTest {
    private static final long LOOP = 0xffffffff81000090L;

    /** Counts what has been told. */
    private static final class Told extends SelectiveSink {
        long episodes;
        long pauseExits;

        @Override
        public void episode(SpinEpisode episode) {
            episodes++;
            pauseExits += episode.pleExits();
        }
    }

    private final Told told = new Told();
    private final SpinDetector spin = new SpinDetector(SpinOptions.DEFAULT, GuestSymbols.NONE, told);
    private final TimelineBuilder timeline = new TimelineBuilder(ThreadMap.EMPTY, spin);

    private Roster finish() {
        Roster roster = timeline.finish().roster();
        spin.finish(roster);
        return roster;
    }

    private static List<Integer> sizes(Roster roster) {
        List<Integer> sizes = new ArrayList<>();
        roster.vms().forEach(vm -> sizes.add(roster.vcpusOf(vm.id()).size()));
        return sizes;
    }

    /** Comparing every two of 20,000 vCPUs for each of 2,500 VMs would take days. */
    @Test
    void thousandsOfVmsAreToldApartByTheirProcesses() {
        new BusyHost(2_500, 8, 1, timeline::accept).named().run(250_000);
        Roster roster = finish();
        assertThat(roster.vms()).hasSize(2_500).allSatisfy(vm -> assertThat(vm.grouping())
                .isEqualTo(Roster.Grouping.TGID));
        assertThat(sizes(roster)).containsOnly(8);
        assertThat(told.episodes).isPositive();
    }

    @Test
    void withoutProcessesNumbersThatDoNotRiseWithTheThreadIdsBeginAVm() {
        new BusyHost(100, 8, 1, timeline::accept).run(20_000);
        Roster roster = finish();
        assertThat(sizes(roster)).hasSize(100).containsOnly(8);
        assertThat(roster.vms()).allSatisfy(vm -> assertThat(vm.grouping()).isEqualTo(Roster.Grouping.INFERRED));
    }

    /** Episodes wait for judgement until their siblings' events are in, by the log's clock: here it never comes to that. */
    @Test
    void episodesAreJudgedInTimeThoughTheClockStandsStill() {
        long line = 0;
        long exits = 0;
        for (int episode = 0; episode < 1_100; episode++) {
            for (int i = 0; i < 1_000; i++) {
                timeline.accept(new KvmEntry(0, 0, 100, ++line, 0, LOOP));
                timeline.accept(new KvmExit(0, 0, 100, ++line, 0, TraceBuilder.PAUSE, LOOP));
                exits++;
            }
            timeline.accept(new KvmEntry(0, 0, 100, ++line, 0, LOOP));
            timeline.accept(new KvmExit(0, 0, 100, ++line, 0, TraceBuilder.HLT, LOOP + 0x1000));
        }
        // 2^20 exits wait at most, and those of the episode that came last.
        assertThat(exits - told.pauseExits).isBetween(1L, (1L << 20) + 1_000);
        finish();
        assertThat(told.pauseExits).isEqualTo(exits);
        assertThat(told.episodes).isEqualTo(1_100);
    }
}
