package centralita.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("centralita.local");

    @Test
    void theIngressKnowsNothingOfWhatItStandsBefore() {
        noClasses()
                .that()
                .resideInAPackage("centralita.local.ingress..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("centralita.local.suite..", "centralita.simulators..", "centralita.contracts..")
                .check(CLASSES);
    }

    @Test
    void theSuiteCanBeUsedWithoutTheCommands() {
        noClasses()
                .that()
                .resideInAPackage("centralita.local.suite..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("centralita.local", "centralita.local.demo..", "picocli..")
                .check(CLASSES);
    }

    @Test
    void servicesAreProcessesAndNeverClassesOfOurs() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "centralita.gateway..",
                        "centralita.bridge..",
                        "centralita.orchestrator..",
                        "centralita.campaign..",
                        "centralita.analytics..")
                .check(CLASSES);
    }
}
