package plescope.analysis.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two threads and the batches between them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class HandOverTest {
    private static final String NAME = "hand-over-test";

    private final List<Integer> done = new ArrayList<>();
    private final AtomicInteger made = new AtomicInteger();
    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch mayWork = new CountDownLatch(1);

    private int[] make() {
        made.incrementAndGet();
        return new int[1];
    }

    /** Gives the numbers from 0 on, one in each batch. */
    private static void give(HandOver<int[]> batches, int count) {
        int[] batch = batches.first();
        for (int i = 0; i < count; i++) {
            batch[0] = i;
            if (i == count - 1) {
                batches.finish(batch);
            } else {
                batch = batches.exchange(batch);
            }
        }
    }

    private void workWhenAllowed(int[] batch) {
        working.countDown();
        try {
            mayWork.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        done.add(batch[0]);
    }

    private static boolean lives() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(NAME));
    }

    private static void awaitWaiting(Thread thread) throws InterruptedException {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
    }

    @Test
    void allIsWorkedOffInTheOrderGivenAndNoThreadStays() {
        HandOver<int[]> batches = new HandOver<>(NAME, this::make, batch -> done.add(batch[0]));
        assertThat(lives()).isTrue();
        give(batches, 20_000);
        assertThat(done).isEqualTo(IntStream.range(0, 20_000).boxed().toList());
        assertThat(lives()).isFalse();
    }

    /** One being filled, those ahead, one in work. */
    @Test
    void theGiverWaitsWhenEnoughIsAhead() throws InterruptedException {
        try (HandOver<int[]> batches = new HandOver<>(NAME, this::make, this::workWhenAllowed)) {
            Thread giver = new Thread(() -> give(batches, 1_000));
            giver.start();
            working.await();
            while (made.get() < HandOver.AHEAD + 2) {
                Thread.sleep(1);
            }
            awaitWaiting(giver);
            mayWork.countDown();
            giver.join();
        }
        assertThat(made).hasValue(HandOver.AHEAD + 2);
        assertThat(done).hasSize(1_000);
    }

    private static void fail(boolean error) {
        if (error) {
            throw new OutOfMemoryError("planted");
        }
        throw new IllegalArgumentException("planted");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheWorkThrowsTheGiverGetsAsItWas(boolean error) {
        HandOver<int[]> batches = new HandOver<>(NAME, this::make, batch -> {
            done.add(batch[0]);
            if (batch[0] == 2) {
                fail(error);
            }
        });
        Throwable thrown = catchThrowable(() -> {
            try (batches) {
                give(batches, 1_000);
            }
        });
        assertThat(thrown).isInstanceOf(error ? OutOfMemoryError.class : IllegalArgumentException.class);
        assertThat(thrown).hasMessage("planted").hasNoSuppressedExceptions();
        assertThat(done).containsExactly(0, 1, 2);
        assertThat(lives()).isFalse();
    }

    @Test
    void whatTheLastBatchCausesComesOutAtTheEnd() {
        HandOver<int[]> batches = new HandOver<>(NAME, this::make, batch -> fail(false));
        assertThatThrownBy(() -> batches.finish(batches.first())).isInstanceOf(IllegalArgumentException.class);
        assertThatCode(batches::close).doesNotThrowAnyException();
        assertThat(lives()).isFalse();
    }

    @Test
    void closingDropsWhatIsNotWorkedOffYet() throws InterruptedException {
        HandOver<int[]> batches = new HandOver<>(NAME, this::make, this::workWhenAllowed);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread giver = new Thread(() -> thrown.set(catchThrowable(() -> give(batches, 1_000))));
        giver.start();
        working.await();
        awaitWaiting(giver);
        giver.interrupt();
        giver.join();
        Thread closer = new Thread(batches::close);
        closer.start();
        awaitWaiting(closer);
        mayWork.countDown();
        closer.join();
        assertThat(done).containsExactly(0);
        assertThat(lives()).isFalse();
        assertThat(thrown.get()).isInstanceOf(UncheckedIOException.class).hasMessageContaining("interrupted");
    }
}
