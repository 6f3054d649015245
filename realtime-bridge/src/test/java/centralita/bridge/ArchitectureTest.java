package centralita.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("centralita.bridge");

    @Test
    void theConversationKnowsNothingButJavaAndTheContracts() {
        classes()
                .that()
                .resideInAPackage("..conversation.life..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "centralita.contracts..", "..conversation.life..")
                .check(CLASSES);
    }

    @Test
    void whatIsOutsideIsKnownOnlyToItsAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..bridge.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.mutiny.redis..", "io.quarkus.redis..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("..bridge.openai..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..bridge.openai..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("..bridge.session..", "..bridge.model..", "..bridge.tool..", "..bridge.journal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..bridge.link..", "io.vertx.core..")
                .check(CLASSES);
    }

    @Test
    void theVendorsSdkIsForTestsOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.openai..", "centralita.oracles..", "centralita.simulators..")
                .check(CLASSES);
    }
}
