package plescope.analysis.reproduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Simulates each run once per seed, however many figures ask for it; several at a time, with the same answer for any number. */
final class Trials {
    /** One simulation; its answer gives the totals of each VM by name. */
    interface Simulator {
        Map<String, VmTotals> run(Figure.Run run, long seed);
    }

    private record Trial(Figure.Run run, long seed) {}

    private final Map<Trial, Future<Map<String, VmTotals>>> results = new LinkedHashMap<>();
    private final ExecutorService pool;
    private final Simulator simulator;
    private final List<Long> seeds;

    Trials(Simulator simulator, List<Long> seeds, ExecutorService pool) {
        this.simulator = simulator;
        this.seeds = List.copyOf(seeds);
        this.pool = pool;
    }

    /** Starts the runs that the figure needs and that nobody has asked for before. */
    void start(Figure figure) {
        for (long seed : seeds) {
            start(new Trial(figure.before(), seed));
            start(new Trial(figure.after(), seed));
        }
    }

    private void start(Trial trial) {
        results.computeIfAbsent(trial, t -> pool.submit(() -> simulator.run(t.run(), t.seed())));
    }

    /** The metric of the figure's VMs under that run, by seed. */
    double[] values(Figure figure, Figure.Run run) {
        Function<Map<String, VmTotals>, Double> metric = totals -> metric(figure, totals);
        return seeds.stream()
                .map(seed -> await(results.get(new Trial(run, seed))))
                .map(metric)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static double metric(Figure figure, Map<String, VmTotals> totals) {
        VmTotals sum = null;
        for (Map.Entry<String, VmTotals> vm : totals.entrySet()) {
            if (vm.getKey().startsWith(figure.vms())) {
                sum = sum == null ? vm.getValue() : sum.plus(vm.getValue());
            }
        }
        if (sum == null) {
            throw new IllegalStateException(figure.id() + ": no VM is named " + figure.vms() + "*");
        }
        return figure.metric().of(sum);
    }

    private static Map<String, VmTotals> await(Future<Map<String, VmTotals>> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while simulating", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
