package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportSection;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportWriter;
import plescope.analysis.scoring.BlindTables;
import plescope.analysis.scoring.SyntheticProof;
import plescope.analysis.scoring.SyntheticTables;
import plescope.analysis.validate.IdentityTables;
import plescope.analysis.validate.PairTables;

/** The proof in the README of {@code replay} has the tables that {@code validate} prints today; their numbers age, their columns not. */
final class ProofReadmeTest {
    @Test
    void theReadmeShowsTheTablesThatValidatePrints() throws IOException {
        Path readme = Path.of(System.getProperty("plescope.root"), "replay", "README.md");
        String text = Files.readString(readme);
        List<ReportSection> sections = new ArrayList<>();
        sections.addAll(PairTables.sections(List.of(), ReportFormat.MARKDOWN));
        sections.addAll(IdentityTables.sections(List.of()));
        sections.addAll(SyntheticTables.sections(new SyntheticProof(List.of(), List.of(), List.of()), true));
        sections.addAll(BlindTables.sections(List.of()));
        assertThat(sections).hasSize(12).allSatisfy(section -> assertThat(text).contains(head(section.table())));
        for (String mode : List.of("--all ", "--identity ", "--synthetic", "--blind ")) {
            assertThat(text).contains("plescope validate " + mode);
        }
    }

    /** Column names and their line, without rows. */
    private static String head(ReportTable table) {
        return new ReportWriter(120).write(new ReportTable(table.columns(), List.of()), ReportFormat.MARKDOWN);
    }
}
