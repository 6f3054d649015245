package centralita.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import centralita.gateway.pool.BridgeChoice;
import centralita.gateway.session.CallerAudioRing;
import centralita.gateway.session.PacedPlayback;
import centralita.gateway.session.PlaybackClock;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses GATEWAY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("centralita.gateway");

    @Test
    void onlyTheProvidersPackageKnowsTheProvidersLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("centralita.gateway.twilio..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.twilio..")
                .check(GATEWAY);
    }

    @Test
    void onlyTheStoresPackageKnowsTheStoresClient() {
        noClasses()
                .that()
                .resideOutsideOfPackage("centralita.gateway.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx.redis..")
                .check(GATEWAY);
    }

    @Test
    void whatDecidesKnowsNoClockNoLoopAndNoSocket() {
        classes()
                .that()
                .belongToAnyOf(PlaybackClock.class, PacedPlayback.class, CallerAudioRing.class, BridgeChoice.class)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "centralita.audiolink..",
                        "centralita.livestate..",
                        "centralita.gateway.session..",
                        "centralita.gateway.pool..",
                        "io.netty.buffer..")
                .check(GATEWAY);
    }

    @Test
    void featuresKnowOneAnotherInOneDirection() {
        slices().matching("centralita.gateway.(*)..").should().beFreeOfCycles().check(GATEWAY);
    }
}
