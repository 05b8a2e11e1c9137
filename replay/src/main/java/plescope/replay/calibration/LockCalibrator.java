package plescope.replay.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import plescope.replay.engine.HostSimulator;
import plescope.replay.model.HostModel;
import plescope.replay.model.Roster;
import plescope.replay.policy.Setting;
import plescope.replay.workload.LockChoice;
import plescope.replay.workload.LockModel;
import plescope.replay.workload.LockWaits;
import plescope.replay.workload.LockWaits.Tally;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadExtractor;
import plescope.replay.workload.WorkloadLock.Discipline;

/**
 * Finds out how guests use their locks by replaying the recorded run itself: how often they take them, for what share of their work
 * they hold them, and whether waiters are served in order.
 *
 * <p>Under each discipline one number per VM is adjusted until a replay of the first half of the recording shows the recorded contention.
 * A fair lock under overcommit hands over at a rate that the host sets, so the recorded pace of work tells how much work lies between
 * takings. An unfair lock makes others wait only while a holder is preempted, so PLE exits tell the share held. Then the discipline
 * that explains pace, PLE exits and the work of siblings during waits better is chosen. Of a short recording the number is then adjusted
 * once more on the whole. Only facts of the recorded run are used.
 */
public final class LockCalibrator {
    /** Replays per discipline where locks set the pace of a VM. */
    static final int MOST_REPLAYS = 7;

    /** Replays per discipline where waits for IPIs do: there a lock model matters less, and its fit is worse. */
    static final int FEW_REPLAYS = 4;

    /** Halves shorter than this begin and end with what the whole is not like [I]: then the whole is fitted once more. */
    private static final long LONG_ENOUGH_NS = 400_000_000;

    /** Replays after which steps are halved: proportional steps may swing. */
    private static final int FULL_STEPS = 3;

    /** The largest step up or down. */
    private static final long LARGEST_STEP = 4;

    /** Nearer than this no further replay is worth it: seeds differ by as much [I]. */
    private static final long NEAR_PERMILLE = 30;

    /** Readings that miss by at most so much more than the best explain the recording about as well [I]. */
    private static final long ABOUT_EQUAL_PERMILLE = 100;

    /** Counts are compared with so many added: few PLE exits are chance. */
    private static final long COUNT_NOISE = 20;

    /** Farther off than this, PLE exits are no matter of the host's costs [I]. */
    private static final long FAR_OFF_PERMILLE = 300;

    /**
     * Hardly matters where vCPUs queue all the time: they wait for their turn, whoever holds the lock for however long. Where they do
     * not, a share of its own fitted beside the takings explained recordings no better [I].
     */
    private static final int FAIR_HELD_PERMILLE = 200;

    private static final int FIRST_HELD_PERMILLE = 100;
    private static final int MOST_HELD_PERMILLE = 900;

    /** Sections of unfair locks: so much shorter than a PLE window that only preempted holders make waits that show [I]. */
    private static final long SECTIONS_PER_WINDOW = 16;

    private static final long LEAST_HELD_NS = 200;
    private static final long MOST_HELD_NS = 5_000;
    private static final long SEED = 1;

    private final WorkloadExtractor recorded;
    private final Roster roster;
    /** The part of the recording that is replayed. */
    private final long fitNs;

    private final HostModel host;
    private final Setting setting;
    private final long unfairHeldNs;
    private final Tally[] facts;
    private final List<List<Reading>> readings = new ArrayList<>();

    /** A choice and by how many permille its replay misses the recording. */
    private record Reading(LockChoice choice, long miss) {}

    private LockCalibrator(WorkloadExtractor recorded, Roster roster, long fitNs, HostModel host, Setting setting) {
        this.recorded = recorded;
        this.roster = roster;
        this.fitNs = fitNs;
        this.host = host;
        this.setting = setting;
        long windowNs = host.ple().window() * host.ple().unitPicos() / 1000;
        unfairHeldNs = Math.max(LEAST_HELD_NS, Math.min(MOST_HELD_NS, windowNs / SECTIONS_PER_WINDOW));
        facts = new Tally[roster.vms().size()];
        for (Roster.Vm vm : roster.vms()) {
            facts[vm.id()] = tally(recorded.lockWaits(roster), vm.id());
            readings.add(new ArrayList<>());
        }
    }

    /** The locks of a recording, replayed on its own host under its own setting. */
    public static LockModel calibrate(
            WorkloadExtractor recorded, Roster roster, long spanNs, HostModel host, Setting setting) {
        if (roster.vms().stream().allMatch(vm -> recorded.countLockWaits(roster, vm.id()) == 0)) {
            return LockModel.NONE;
        }
        LockCalibrator half = new LockCalibrator(recorded, roster, spanNs / 2, host, setting);
        int most = half.mostReplays();
        half.adjust(half.first(Discipline.FIFO), most);
        half.adjust(half.first(Discipline.BARGING), most);
        if (spanNs / 2 >= LONG_ENOUGH_NS) {
            return half.model();
        }
        LockCalibrator whole = new LockCalibrator(recorded, roster, spanNs, host, setting);
        whole.adjust(half.best(), FEW_REPLAYS);
        return whole.model();
    }

    private int mostReplays() {
        return Arrays.stream(facts).anyMatch(Tally::locksRule) ? MOST_REPLAYS : FEW_REPLAYS;
    }

    private LockChoice[] first(Discipline discipline) {
        LockChoice[] choices = new LockChoice[facts.length];
        for (int vm = 0; vm < choices.length; vm++) {
            long waits = recorded.countLockWaits(roster, vm);
            if (waits > 0) {
                choices[vm] = discipline == Discipline.FIFO
                        ? new LockChoice(discipline, waits, FAIR_HELD_PERMILLE)
                        : unfair(vm, FIRST_HELD_PERMILLE);
            }
        }
        return choices;
    }

    private LockChoice unfair(int vm, long heldPermille) {
        int held = (int) Math.max(1, Math.min(MOST_HELD_PERMILLE, heldPermille));
        return new LockChoice(Discipline.BARGING, recorded.takings(roster, vm, held, unfairHeldNs), held);
    }

    private LockChoice[] best() {
        LockChoice[] choices = new LockChoice[facts.length];
        for (int vm = 0; vm < choices.length; vm++) {
            choices[vm] = readings.get(vm).stream()
                    .min(Comparator.comparingLong(Reading::miss))
                    .map(Reading::choice)
                    .orElse(null);
        }
        return choices;
    }

    private void adjust(LockChoice[] first, int most) {
        LockChoice[] choices = first;
        for (int replay = 0; replay < most; replay++) {
            LockWaits shown = replay(choices);
            LockChoice[] next = choices.clone();
            for (int vm = 0; vm < choices.length; vm++) {
                if (choices[vm] != null) {
                    Tally tally = tally(shown, vm);
                    readings.get(vm).add(new Reading(choices[vm], miss(facts[vm], tally)));
                    long factor = factor(choices[vm].discipline(), facts[vm], tally);
                    long step = replay < FULL_STEPS ? factor : (factor + 1000) / 2;
                    boolean near = Math.abs(factor - 1000) <= NEAR_PERMILLE;
                    next[vm] = near ? choices[vm] : changed(choices[vm], vm, step);
                }
            }
            if (Arrays.equals(next, choices)) {
                return;
            }
            choices = next;
        }
    }

    private LockChoice changed(LockChoice choice, int vm, long permille) {
        return switch (choice.discipline()) {
            case FIFO ->
                new LockChoice(Discipline.FIFO, Math.max(1, choice.takings() * permille / 1000), choice.heldPermille());
            case BARGING -> unfair(vm, choice.heldPermille() * permille / 1000);
        };
    }

    private LockWaits replay(LockChoice[] choices) {
        List<List<LockChoice>> vms = new ArrayList<>();
        for (LockChoice choice : choices) {
            vms.add(choice == null ? List.of() : List.of(choice));
        }
        Workload work = recorded.extract(roster, fitNs, new LockModel(vms), 0);
        LockWaits shown = new LockWaits();
        HostSimulator.run(work, host, setting, SEED, shown);
        return shown;
    }

    private Tally tally(LockWaits waits, int vm) {
        long end = Math.min(waits.endNs(), fitNs);
        return waits.tally(roster, vm, end / 20, end);
    }

    /**
     * By how much to change the level, in permille. More takings of a fair lock mean a slower pace and more PLE exits; where all wait
     * all the time the pace tells, and elsewhere, where it hardly changes, the exits do.
     */
    private static long factor(Discipline discipline, Tally fact, Tally shown) {
        long pace = 1000 * shown.workPpm() / Math.max(1, fact.workPpm());
        long factExits = fact.lockExitsPerSecond() + COUNT_NOISE;
        long shownExits = shown.lockExitsPerSecond() + COUNT_NOISE;
        boolean exitsFarOff =
                apart(factExits, shownExits) > Math.max(FAR_OFF_PERMILLE, 2 * apart(fact.workPpm(), shown.workPpm()));
        boolean byPace = discipline == Discipline.FIFO && fact.locksRule() && !exitsFarOff;
        long permille = byPace ? pace : 1000 * factExits / shownExits;
        return Math.max(1000 / LARGEST_STEP, Math.min(1000 * LARGEST_STEP, permille));
    }

    private static long miss(Tally fact, Tally shown) {
        long exits = apart(fact.lockExitsPerSecond() + COUNT_NOISE, shown.lockExitsPerSecond() + COUNT_NOISE) / 2;
        long pace = fact.locksRule() ? apart(fact.workPpm(), shown.workPpm()) : 0;
        boolean shares = fact.workPermille() >= 0 && shown.workPermille() >= 0;
        long share = shares ? Math.abs(fact.workPermille() - shown.workPermille()) : 0;
        return exits + pace + share;
    }

    /** How much larger the larger is, in permille. */
    private static long apart(long one, long two) {
        return 1000 * Math.max(one, two) / Math.max(1, Math.min(one, two)) - 1000;
    }

    private LockModel model() {
        List<List<LockChoice>> vms = new ArrayList<>();
        for (List<Reading> tried : readings) {
            tried.sort(Comparator.comparingLong(Reading::miss));
            long most = tried.isEmpty() ? 0 : tried.get(0).miss() + ABOUT_EQUAL_PERMILLE;
            vms.add(tried.stream()
                    .filter(reading -> reading.miss() <= most)
                    .map(Reading::choice)
                    .toList());
        }
        return new LockModel(vms);
    }
}
