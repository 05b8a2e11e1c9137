package plescope.analysis.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import plescope.replay.whatif.Ensemble;
import plescope.replay.whatif.Judge;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Prediction;

/** Writes what an ensemble predicts, one row per what-if, VM and measure. */
public final class PredictionTable {
    private final DuckDBConnection connection;

    PredictionTable(Connection connection) {
        this.connection = (DuckDBConnection) connection;
    }

    /**
     * Writes all experiments of an ensemble.
     *
     * @param firstRun run of the identity; the what-ifs follow in order
     * @param oracle experiment that no scheduler can beat, for the share of its gain; -1 for none
     */
    public void add(Ensemble ensemble, int firstRun, int oracle) {
        Judge judge = new Judge(ensemble);
        Map<Integer, Map<Measure, int[]>> places = new HashMap<>();
        try (DuckDBAppender row = connection.createAppender("prediction")) {
            for (int experiment = 0; experiment < ensemble.experiments().size(); experiment++) {
                for (Prediction prediction : judge.predictions(experiment)) {
                    int[] ranking = places.computeIfAbsent(prediction.vm(), vm -> new EnumMap<>(Measure.class))
                            .computeIfAbsent(prediction.measure(), measure -> judge.places(prediction.vm(), measure));
                    double reached = oracle < 0
                            ? Double.NaN
                            : Judge.reached(
                                    prediction, judge.prediction(oracle, prediction.vm(), prediction.measure()));
                    row.beginRow().append((short) (firstRun + experiment));
                    write(row, prediction, ranking[experiment], reached);
                    row.endRow();
                }
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    private static void write(DuckDBAppender row, Prediction p, int place, double reached) throws SQLException {
        if (p.vm() == Prediction.HOST) {
            row.appendNull();
        } else {
            row.append((short) p.vm());
        }
        row.append(p.measure().label()).append(p.measure().unit());
        number(row, p.recorded());
        number(row, p.identity());
        number(row, p.predicted());
        number(row, p.ratio());
        number(row, p.low());
        number(row, p.high());
        number(row, p.costsHalved());
        number(row, p.costsDoubled());
        number(row, p.identityError());
        number(row, p.smallestDifference());
        number(row, p.stability());
        row.append((short) place);
        number(row, reached);
        row.append(p.verdict().text(p.measure()));
    }

    private static void number(DuckDBAppender row, double value) throws SQLException {
        if (Double.isNaN(value)) {
            row.appendNull();
        } else {
            row.append(value);
        }
    }
}
