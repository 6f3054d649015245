package centralita.simulators;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("centralita.simulators");

    @Test
    void speechNeedsNothingButJava() {
        classes()
                .that()
                .resideInAPackage("..simulators.speech..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "..simulators.speech..")
                .check(CLASSES);
    }

    @Test
    void protocolAndScenariosOfTheModelKnowNoSocket() {
        noClasses()
                .that()
                .resideInAnyPackage("..model.protocol..", "..model.scenario..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..")
                .check(CLASSES);
    }

    @Test
    void theStandInsDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("..simulators.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..simulators.twilio..", "..simulators.caller..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("..simulators.twilio..", "..simulators.caller..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..simulators.model..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("centralita.simulators.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void nothingDependsOnTheVendorsLibraries() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.openai..", "com.twilio..")
                .check(CLASSES);
    }
}
