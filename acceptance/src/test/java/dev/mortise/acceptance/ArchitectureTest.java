package dev.mortise.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the three sentences that ARCHITECTURE.md begins with, and the order of the rooms within the host. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.mortise");

    @Test
    void theApiDependsOnNothing() {
        classes()
                .that()
                .resideInAPackage("dev.mortise.api..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.mortise.api..", "java..", "org.jspecify.annotations")
                .check(CLASSES);
    }

    @Test
    void theHostDependsOnTheApiAndOnNoFramework() {
        classes()
                .that()
                .resideInAPackage("dev.mortise.host..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.mortise.api..",
                        "dev.mortise.host..",
                        "java..",
                        "javax.net..",
                        "org.jspecify.annotations",
                        "tools.jackson..",
                        "com.networknt.schema..",
                        "org.semver4j..",
                        "org.apache.commons.compress..",
                        "org.snakeyaml..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.mortise.host..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "java.net.http..")
                .check(CLASSES);
    }

    @Test
    void onlyOneRoomKnowsTheJsonLibrary() {
        noClasses()
                .that()
                .resideInAPackage("dev.mortise..")
                .and()
                .resideOutsideOfPackage("dev.mortise.host.json")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.networknt.schema..")
                .check(CLASSES);
    }

    @Test
    void runtimesDependOnTheirInterfaceAndNeverOnEachOther() {
        noClasses()
                .that()
                .resideInAPackage("dev.mortise.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.mortise.host.generation..",
                        "dev.mortise.host.guard..",
                        "dev.mortise.host.event..",
                        "dev.mortise.host.packages..",
                        "dev.mortise.server..",
                        "dev.mortise.cli..",
                        "dev.mortise.storage..")
                .check(CLASSES);
        slices().matching("dev.mortise.runtime.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void adaptersDependOnTheHostsOperationsAndNeverOnARuntime() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.mortise.server..", "dev.mortise.gateway..", "dev.mortise.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.mortise.runtime..", "dev.mortise.host.generation..", "dev.mortise.host.guard..")
                .check(CLASSES);
    }

    @Test
    void theServerKnowsNoApplicationAndTheGatewaysCoreNoTransport() {
        noClasses()
                .that()
                .resideInAPackage("dev.mortise.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.mortise.gateway..", "dev.mortise.contracts..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.mortise.gateway")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.mortise.server..", "dev.mortise.gateway.http..")
                .check(CLASSES);
    }

    @Test
    void aContractUsesTheApiAlone() {
        classes()
                .that()
                .resideInAPackage("dev.mortise.contracts.llm")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.mortise.api..", "dev.mortise.contracts.llm", "java..", "org.jspecify.annotations")
                .check(CLASSES);
    }

    @Test
    void withinTheHostNothingLooksUpTheStream() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.mortise.host.model..", "dev.mortise.host.spi..", "dev.mortise.host.json..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.mortise.host.generation..",
                        "dev.mortise.host.guard..",
                        "dev.mortise.host.event..",
                        "dev.mortise.host.packages..",
                        "dev.mortise.host.access..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.mortise.host.guard..",
                        "dev.mortise.host.event..",
                        "dev.mortise.host.packages..",
                        "dev.mortise.host.resolve..",
                        "dev.mortise.host.manifest..",
                        "dev.mortise.host.config..",
                        "dev.mortise.host.access..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.mortise.host.generation..")
                .check(CLASSES);
    }
}
