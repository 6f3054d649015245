package centralita.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("centralita.orchestrator");

    @Test
    void whatDecidesKnowsOnlyJavaAndTheContracts() {
        classes()
                .that()
                .resideInAnyPackage("..life..", "..rules..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "centralita.contracts..",
                        "org.jspecify..",
                        "centralita.orchestrator.call.life..",
                        "centralita.orchestrator.assistant.rules..",
                        "centralita.orchestrator.reconcile.rules..")
                .check(SERVICE);
    }

    @Test
    void featuresDoNotKnowWhatIsOutside() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..orchestrator.call..",
                        "..orchestrator.assistant..",
                        "..orchestrator.number..",
                        "..orchestrator.reconcile..",
                        "..orchestrator.callback..",
                        "..orchestrator.outbox..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..orchestrator.redis..",
                        "..orchestrator.kafka..",
                        "..orchestrator.twilio..",
                        "io.quarkus.redis..",
                        "org.apache.kafka..")
                .check(SERVICE);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("centralita.orchestrator.(*)..")
                .should()
                .beFreeOfCycles()
                .check(SERVICE);
    }
}
