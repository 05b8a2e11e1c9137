package plescope.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What every build does with a fuzz target: gives it the inputs that are kept for it, then the same inputs damaged at random.
 *
 * <p>Bounded by runs and seeded, so that each build does the same. {@code -Dfuzz.runs=N} makes it longer and {@code -Dseed=N} another.
 * A run led by coverage is Jazzer's business, see the README.
 */
public final class BriefRun {
    /** The method that Jazzer calls {@code fuzzerTestOneInput}. */
    @FunctionalInterface
    public interface Target {
        /** Fails if the input is treated wrongly. */
        void take(byte[] input) throws IOException;
    }

    private BriefRun() {}

    /**
     * Runs one target.
     *
     * @param module the folder of the module, which keeps inputs in {@code src/fuzz/corpus/NAME}
     * @param name of the target's class
     * @param runs damaged inputs where none are asked for
     */
    public static void of(Path module, String name, Target target, int runs) throws IOException {
        List<byte[]> inputs = corpus(module.resolve("src/fuzz/corpus").resolve(name), target);
        long seed = Long.getLong("seed", 1);
        Damage damage = new Damage(inputs, new SplittableRandom(seed));
        int wanted = Integer.getInteger("fuzz.runs", runs);
        for (int i = 0; i < wanted; i++) {
            byte[] input = damage.next();
            give(target, input, module.resolve("target").resolve("crash-" + name), "seed " + seed + ", run " + i);
        }
    }

    private static List<byte[]> corpus(Path folder, Target target) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        inputs.add(new byte[0]);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                byte[] input = Files.readAllBytes(file);
                give(target, input, file, "kept");
                inputs.add(input);
            }
        }
        if (inputs.size() == 1) {
            throw new IllegalStateException(folder + " holds no inputs");
        }
        return inputs;
    }

    /** What fails is kept, so that it can go into the corpus with the mend. */
    private static void give(Target target, byte[] input, Path file, String which) throws IOException {
        try {
            target.take(input);
        } catch (IOException | RuntimeException | Error e) {
            if (!Files.exists(file)) {
                Files.write(file, input);
            }
            throw new AssertionError(which + ", input in " + file, e);
        }
    }
}
