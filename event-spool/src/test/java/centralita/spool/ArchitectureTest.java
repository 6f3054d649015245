package centralita.spool;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void theSpoolNeedsNoFramework() {
        var spool = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("centralita.spool");

        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "centralita.spool..",
                        "centralita.contracts..",
                        "com.fasterxml.jackson..",
                        "io.micrometer.core.instrument..",
                        "org.apache.kafka..",
                        "org.jboss.logging..",
                        "org.jspecify..")
                .check(spool);
    }
}
