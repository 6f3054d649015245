package centralita.simulators.twilio;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class TwilioArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("centralita.simulators");

    @Test
    void theTelephoneKnowsNeitherItsCallersNorTheModel() {
        noClasses()
                .that()
                .resideInAPackage("centralita.simulators.twilio..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("centralita.simulators.caller..", "centralita.simulators.model..")
                .check(OURS);
    }

    @Test
    void callersKnowTheTelephoneAndNothingOfItsSockets() {
        noClasses()
                .that()
                .resideInAPackage("centralita.simulators.caller..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..", "centralita.simulators.model..")
                .check(OURS);
    }

    @Test
    void theStandInIsNotBuiltFromWhatJudgesIt() {
        noClasses()
                .that()
                .resideInAnyPackage("centralita.simulators.twilio..", "centralita.simulators.caller..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.twilio..", "centralita.oracles..")
                .check(OURS);
    }

    @Test
    void playbackAndPacingHaveNoClockOfTheirOwn() {
        classes()
                .that()
                .haveSimpleName("PlaybackBuffer")
                .or()
                .haveSimpleName("FramePacer")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java.lang..", "java.util..", "centralita.simulators..", "org.jspecify..")
                .check(OURS);
    }
}
