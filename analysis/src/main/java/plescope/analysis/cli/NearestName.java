package plescope.analysis.cli;

import java.util.List;
import java.util.Optional;

/** Finds what the user may have meant. */
final class NearestName {
    /** More wrong letters than this are no typing error. */
    private static final int MAX_DISTANCE = 3;

    private NearestName() {}

    /** The known name with the fewest letters changed, if few enough; the first of equals. */
    static Optional<String> of(String typed, List<String> known) {
        String best = null;
        int bestDistance = Math.min(MAX_DISTANCE, Math.max(1, typed.length() - 1)) + 1;
        for (String name : known) {
            int distance = name.startsWith(typed) && !typed.isEmpty() ? 1 : distance(typed, name);
            if (distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code unknown command 'raed'; did you mean 'read'?} or the list of all. */
    static String complaint(String what, String typed, List<String> known) {
        return "unknown " + what + " '" + typed + "'; "
                + of(typed, known)
                        .map(name -> "did you mean '" + name + "'?")
                        .orElse("known are: " + String.join(", ", known));
    }

    /** Letters to insert, delete, replace or swap with their neighbour. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                d[i][j] = swapped ? Math.min(d[i][j], d[i - 2][j - 2] + 1) : d[i][j];
            }
        }
        return d[a.length()][b.length()];
    }
}
