package plescope.analysis.sweep;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Fuzz target: any lines as the axes of a grid, which are refused with the reason or make the what-ifs that they say. */
public final class GridFuzz {
    /** Jazzer shall not spend its time on products that are only long. */
    private static final long MOST_WHAT_IFS = 1_000;

    private GridFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] text) {
        Grid grid;
        try {
            grid = Grid.parse(new String(text, StandardCharsets.UTF_8).lines().toList());
        } catch (IllegalArgumentException e) {
            if (e.getMessage() == null || e instanceof NumberFormatException) {
                throw new AssertionError("refused without a reason", e);
            }
            return;
        }
        long cells = 1;
        for (Grid.Axis axis : grid.axes()) {
            cells *= axis.values().size();
        }
        if (cells > MOST_WHAT_IFS) {
            return;
        }
        List<String> whatIfs = grid.whatIfs();
        if (whatIfs.size() != cells) {
            throw new AssertionError(grid + " makes " + whatIfs.size() + " what-ifs, not " + cells);
        }
    }
}
