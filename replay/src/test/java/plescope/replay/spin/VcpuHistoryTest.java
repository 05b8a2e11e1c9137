package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The rings against plain lists of all that happened, which are asked only for what the rings still know. */
class VcpuHistoryTest {
    private static final SpinLoop[] LOOPS = {new SpinLoop(0, 0x1000), new SpinLoop(1, 0x2000)};

    /** What happened from {@code from} to {@code to}. */
    private record Stretch(long from, long to, boolean sort, int loop) {}

    private final Lulls lulls = new Lulls();
    private final SplittableRandom random = new SplittableRandom(11);
    private final List<Stretch> all = new ArrayList<>();
    private long now;

    private Stretch next() {
        long from = now + random.nextInt(3);
        now = from + 1 + random.nextInt(20);
        Stretch stretch = new Stretch(from, now, random.nextBoolean(), random.nextInt(2));
        all.add(stretch);
        return stretch;
    }

    @Test
    void guestWorkIsSummedAsIfNothingHadBeenForgotten() {
        GuestStretches guest = new GuestStretches(lulls, 0);
        for (int i = 0; i < 5_000; i++) {
            Stretch stretch = next();
            if (stretch.sort()) {
                guest.worked(stretch.from(), stretch.to());
            } else {
                guest.spun(stretch.from(), stretch.to());
            }
            // 1,024 stretches of at least one unit are kept.
            long from = Math.max(0, now - random.nextInt(1_000));
            long to = from + random.nextInt(200);
            long work = 0;
            long end = -1;
            boolean working = false;
            for (int s = all.size() - 1; s >= 0 && all.get(s).to() > from; s--) {
                Stretch one = all.get(s);
                if (one.from() < to) {
                    work += one.sort() ? Math.min(to, one.to()) - Math.max(from, one.from()) : 0;
                    end = one.sort() && !working ? Math.min(to, one.to()) : end;
                    working = one.sort();
                }
            }
            assertThat(guest.workNs(from, to)).isEqualTo(work);
            assertThat(guest.firstTurnEnd(from, to)).isEqualTo(end);
        }
    }

    @Test
    void lastStretchOffThePcpuIsFoundWhereverItBegan() {
        OffStretches off = new OffStretches(lulls, 0);
        for (int i = 0; i < 2_000; i++) {
            Stretch stretch = next();
            off.switchedOut(stretch.from(), i, stretch.sort(), false);
            off.switchedIn(stretch.to(), i);
            // 256 stretches of at least one unit are kept.
            long from = Math.max(0, now - random.nextInt(250));
            long to = from + random.nextInt(60);
            long lastLine = -1;
            long lastHeldUpLine = -1;
            for (int s = 0; s < all.size(); s++) {
                boolean touches = all.get(s).from() < to && all.get(s).to() > from;
                lastLine = touches ? s : lastLine;
                lastHeldUpLine = touches && !all.get(s).sort() ? s : lastHeldUpLine;
            }
            assertThat(line(off.last(from, to))).isEqualTo(lastLine);
            assertThat(line(off.lastHeldUp(from, to))).isEqualTo(lastHeldUpLine);
        }
        assertThat(off.recalls(now - 255)).isTrue();
        assertThat(off.recalls(0)).isFalse();
    }

    private static long line(OffStretches.OffStretch stretch) {
        return stretch == null ? -1 : stretch.outLine;
    }

    @Test
    void waitsAreFoundByLoopAndTime() {
        LoopWaits waits = new LoopWaits(lulls, new Departures(), 0);
        for (int i = 0; i < 2_000; i++) {
            Stretch stretch = next();
            waits.left(LOOPS[stretch.loop()], stretch.from(), stretch.to(), i);
            long at = Math.max(0, now - random.nextInt(250));
            long until = at + random.nextInt(60);
            long since = -1;
            long departed = -1;
            for (Stretch one : all) {
                since = one.loop() == 0 && one.from() <= at && one.to() > at ? one.from() : since;
                departed = one.loop() == 0 && one.to() >= at && one.to() <= until ? one.to() : departed;
            }
            assertThat(waits.since(LOOPS[0], at)).isEqualTo(since);
            int slot = waits.lastDeparture(LOOPS[0], at, until);
            assertThat(slot < 0 ? -1 : waits.departureNs(slot)).isEqualTo(departed);
        }
    }
}
