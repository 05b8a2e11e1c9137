package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestNameTest {
    @Test
    void swappedMissingAndWrongLettersCountOneEach() {
        assertThat(NearestName.distance("raed", "read")).isEqualTo(1);
        assertThat(NearestName.distance("exit", "exits")).isEqualTo(1);
        assertThat(NearestName.distance("sal", "sql")).isEqualTo(1);
        assertThat(NearestName.distance("", "sql")).isEqualTo(3);
    }

    @Test
    void whatIsTooFarIsNotGuessed() {
        List<String> known = List.of("read", "report", "sql");
        assertThat(NearestName.of("rep", known)).contains("report");
        assertThat(NearestName.of("x", known)).isEmpty();
        assertThat(NearestName.of("simulate", known)).isEmpty();
        assertThat(NearestName.complaint("command", "simulate", known)).endsWith("known are: read, report, sql");
    }
}
