package centralita.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void onlyTheListenerAndContainersKnowOfTests() {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("centralita.embedded");
        noClasses()
                .that()
                .doNotHaveSimpleName("TestInfrastructure")
                .and()
                .doNotHaveSimpleName("ContainerPart")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.testcontainers..")
                .check(classes);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("centralita.contracts..", "io.quarkus..")
                .check(classes);
    }
}
