package centralita.analytics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("centralita.analytics");

    @Test
    void whatDecidesAboutMoneyIsPure() {
        classes()
                .that()
                .resideInAPackage("..rules..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "centralita.contracts..", "..rules..")
                .check(SERVICE);
    }

    @Test
    void featuresDependOnOneAnotherWithoutCycles() {
        slices().matching("centralita.analytics.(*)..")
                .should()
                .beFreeOfCycles()
                .check(SERVICE);
    }
}
