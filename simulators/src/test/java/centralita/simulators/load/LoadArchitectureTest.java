package centralita.simulators.load;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LoadArchitectureTest {
    private static final JavaClasses LOAD = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("centralita.simulators.load");

    @Test
    void theLoadStandsOnItsOwn() {
        classes()
                .that()
                .resideInAPackage("centralita.simulators.load..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "centralita.simulators.load..",
                        "java..",
                        "javax..",
                        "org.w3c.dom..",
                        "org.xml.sax..",
                        "com.fasterxml.jackson..",
                        "org.HdrHistogram..",
                        "org.jboss.logging..",
                        "org.jspecify..")
                .check(LOAD);
    }

    @Test
    void socketsKnowNothingOfCalls() {
        noClasses()
                .that()
                .resideInAPackage("centralita.simulators.load.socket..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("centralita.simulators.load")
                .check(LOAD);
    }
}
