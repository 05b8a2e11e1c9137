package plescope.analysis.html;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** When it happened: states and PLE exits over the whole schedule. */
final class OccurrenceSection {
    private OccurrenceSection() {}

    static Section of(PageQueries queries) {
        PageTable states = queries.ask("time-bin");
        PageTable exits = queries.ask("ple-bin");
        return new Section(
                "when",
                "When it happens",
                finding(states, exits),
                "The schedule in 240 equal parts. Above: what all vCPUs together did, by share. Middle: PLE exits per part. Below: how"
                        + " much of each part a vCPU spun; of more than 32 vCPUs those that spin most. Numbered marks lead to the worst"
                        + " bursts.",
                List.of(states, exits, queries.ask("spin-bin")));
    }

    static String finding(PageTable states, PageTable exits) {
        long span = states.rows().stream()
                .mapToLong(row -> row.count("end_ns"))
                .max()
                .orElse(0);
        long width = states.rows().stream()
                .findFirst()
                .map(row -> row.count("end_ns") - row.count("start_ns"))
                .orElse(0L);
        long all =
                exits.rows().stream().mapToLong(row -> row.count("ple_exits")).sum();
        Optional<PageTable.Row> busiest =
                exits.rows().stream().max(Comparator.comparingLong(row -> row.count("ple_exits")));
        if (busiest.isEmpty() || span == 0) {
            return "No PLE exits in " + Wording.duration(span) + ".";
        }
        return Wording.count(all, "PLE exit") + " in " + Wording.duration(span) + ", "
                + Wording.ratio(all * 1e6 / span) + " per ms; the busiest " + Wording.duration(width) + ", from "
                + Wording.moment(busiest.get().count("bin") * width) + " on, hold "
                + Wording.grouped(busiest.get().count("ple_exits"))
                + Wording.atLine(busiest.get(), "first_line") + ".";
    }
}
