package plescope.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import plescope.analysis.store.TraceDatabase;

/** Inline rows in, CSV out: the smallest test of a report. */
final class ReportFixture {
    /**
     * Two VMs on two pCPUs: a has vCPUs 0 and 1 (threads 10, 11), b has vCPU 2 (thread 20); exits are pause, hlt, msr of SVM.
     */
    static final String MACHINES = """
            INSERT INTO vm VALUES (0, 'a', 9, 'TGID'), (1, 'b', 19, 'TGID');
            INSERT INTO vcpu VALUES (0, 0, 0, 10, 'CPU 0/KVM'), (1, 0, 1, 11, 'CPU 1/KVM'), (2, 1, 0, 20, 'CPU 0/KVM');
            INSERT INTO pcpu VALUES (0), (1);
            INSERT INTO run VALUES (0, 'recorded', 'RECORDED', NULL, 1000000);
            INSERT INTO exit_reason VALUES
                (0, 'SVM', 119, 'pause', 'PAUSE', 'pause', false), (1, 'SVM', 120, 'hlt', 'HALT', 'hlt', false),
                (2, 'SVM', 124, 'msr', 'MSR', 'msr', false);
            """;

    private ReportFixture() {}

    static void check(ReportName report, Map<String, String> parameters, String rows, String expectedCsv) {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            ReportRunner runner = new ReportRunner(database);
            runner.sql(MACHINES + rows);
            String csv = new ReportWriter(80).write(runner.run(report, parameters), ReportFormat.CSV);
            assertThat(csv.replace("\r\n", "\n")).isEqualTo(expectedCsv);

            // The macro in the database must say the same as the report.
            ReportCatalog.install(database);
            String arguments = String.join(
                    ", ",
                    parameters.entrySet().stream()
                            .map(p -> p.getKey() + " := " + p.getValue())
                            .toList());
            ReportTable macro = runner.sql("FROM " + report.macro() + "(" + arguments + ")");
            assertThat(new ReportWriter(80).write(macro, ReportFormat.CSV)).isEqualTo(csv);
        }
    }
}
