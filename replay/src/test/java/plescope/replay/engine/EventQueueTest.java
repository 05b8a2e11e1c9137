package plescope.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private record Due(int slot, long time, int rank, long sequence) {}

    @Test
    void ordersByTimeThenRankThenSequence() {
        EventQueue queue = new EventQueue(new int[] {1, 0, 0});
        queue.schedule(2, 5);
        queue.schedule(1, 5);
        queue.schedule(0, 5);
        assertThat(new int[] {queue.poll(), queue.poll(), queue.poll(), queue.poll()})
                .containsExactly(2, 1, 0, EventQueue.EMPTY);
    }

    /** Against the obvious: a map of what is due, searched from end to end. */
    @Test
    void agreesWithASearchOfEverythingDue() {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int[] ranks = random.ints(23, 0, 4).toArray();
            EventQueue queue = new EventQueue(ranks);
            Map<Integer, Due> due = new HashMap<>();
            for (long sequence = 0; sequence < 5_000; sequence++) {
                int slot = random.nextInt(ranks.length);
                switch (random.nextInt(4)) {
                    case 0, 1 -> {
                        long time = random.nextLong(50);
                        queue.schedule(slot, time);
                        due.put(slot, new Due(slot, time, ranks[slot], sequence));
                    }
                    case 2 -> {
                        queue.cancel(slot);
                        due.remove(slot);
                    }
                    default -> {
                        int expected = due.values().stream()
                                .min(Comparator.comparingLong(Due::time)
                                        .thenComparingInt(Due::rank)
                                        .thenComparingLong(Due::sequence))
                                .map(Due::slot)
                                .orElse(EventQueue.EMPTY);
                        assertThat(queue.poll()).as("seed %d", seed).isEqualTo(expected);
                        due.remove(expected);
                    }
                }
                assertThat(queue.scheduled(slot)).isEqualTo(due.containsKey(slot));
            }
        }
    }
}
