package plescope;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The arrows of the structure. Plain test methods: some Surefire versions silently skip ArchUnit's own fields. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("plescope");

    @Test
    void theImportSeesAllThreeModules() {
        assertThat(CLASSES.contain("plescope.parser.TraceReader")).isTrue();
        assertThat(CLASSES.contain("plescope.replay.model.Roster")).isTrue();
        assertThat(CLASSES.contain("plescope.analysis.cli.Main")).isTrue();
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("plescope.(**)").should().beFreeOfCycles().check(CLASSES);
        slices().matching("plescope.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void aPolicyCanBeReadAlone() {
        classes()
                .that()
                .resideInAPackage("plescope.replay.policy..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("plescope.replay.policy..", "plescope.replay.model..", "java..")
                .check(CLASSES);
    }

    @Test
    void theScheduleModelKnowsNoLaterStage() {
        classes()
                .that()
                .resideInAPackage("plescope.replay.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("plescope.replay.model..", "plescope.parser.event..", "java..")
                .check(CLASSES);
    }

    @Test
    void theEventModelKnowsNoTool() {
        classes()
                .that()
                .resideInAPackage("plescope.parser.event..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("plescope.parser.event..", "java..")
                .check(CLASSES);
    }

    @Test
    void nobodyReachesBehindTheParsersDoor() {
        noClasses()
                .that()
                .resideOutsideOfPackage("plescope.parser..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("plescope.parser.text..", "plescope.parser.grammar..")
                .check(CLASSES);
    }

    @Test
    void antlrStaysInTheTextStage() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "plescope.parser.text..", "plescope.parser.grammar..", "plescope.replay.scenario..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.antlr..")
                .check(CLASSES);
    }

    @Test
    void sqlStaysInStoreAndReport() {
        noClasses()
                .that()
                .resideOutsideOfPackages("plescope.analysis.store..", "plescope.analysis.report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.duckdb..", "java.sql..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineTalksToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackage("plescope.analysis.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.commons.cli..")
                .check(CLASSES);
    }

    @Test
    void replayKnowsNoClockNoChanceAndNoFiles() {
        noClasses()
                .that()
                .resideInAPackage("plescope.replay..")
                .should()
                .callMethodWhere(target(nameMatching("nanoTime|currentTimeMillis|random")))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.file..", "java.sql..", "org.duckdb..", "java.time..")
                .check(CLASSES);
    }

    @Test
    void noStaticChanges() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackages("plescope.parser.grammar..", "plescope.replay.scenario.grammar..")
                .should()
                .beFinal()
                .check(CLASSES);
    }
}
