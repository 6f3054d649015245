package centralita.mediasocket;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void knowsSocketsAndNothingOfCalls() {
        var module = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("centralita.mediasocket");

        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "io.netty..",
                        "io.vertx.core..",
                        "org.jboss.logging..",
                        "org.jspecify..",
                        "centralita.mediasocket..")
                .check(module);
    }
}
