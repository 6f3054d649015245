package centralita.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void theEdgeKnowsNoService() {
        var edge = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("centralita.edge");

        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "centralita.gateway..",
                        "centralita.bridge..",
                        "centralita.orchestrator..",
                        "centralita.campaign..",
                        "centralita.analytics..")
                .check(edge);
    }
}
