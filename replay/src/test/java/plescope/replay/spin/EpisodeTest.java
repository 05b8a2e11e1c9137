package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.event.KvmExit;
import plescope.replay.testing.TraceBuilder;

final class EpisodeTest {
    private final SpinLoop loop = new SpinLoop(0, 0x1000);

    private Episode begun(long startNs) {
        KvmExit interrupt = new KvmExit(startNs, 0, 100, 1, 0, TraceBuilder.PAUSE, loop.rip());
        return new Episode(0, loop, startNs, interrupt, List.of());
    }

    /** An interrupt found it in the loop; nobody can have let it go before that. */
    @Test
    void aWaitSeenOnceLastsAtLeastUntilThen() {
        Episode episode = begun(700);
        assertThat(episode.lastSpinNs).isEqualTo(700);
        episode.spun(900, 150);
        assertThat(episode.lastSpinNs).isEqualTo(900);
    }
}
