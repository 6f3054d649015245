package centralita.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CONTRACTS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("centralita.contracts");

    @Test
    void contractsKnowNoFramework() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "com.fasterxml.jackson..",
                        "org.jspecify..",
                        "centralita.contracts..")
                .check(CONTRACTS);
    }

    @Test
    void contractsDependOnOneAnotherWithoutCycles() {
        slices().matching("centralita.contracts.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CONTRACTS);
    }
}
