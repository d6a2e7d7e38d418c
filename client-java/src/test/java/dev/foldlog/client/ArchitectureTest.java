package dev.foldlog.client;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** The house rules that a machine can check, for this module. */
@AnalyzeClasses(packages = "dev.foldlog.client", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule an_application_gets_the_stubs_grpc_and_nothing_else = noClasses()
            .that()
            .resideOutsideOfPackage("dev.foldlog.client.jackson")
            .should()
            .dependOnClassesThat(resideOutsideOfPackages(
                    "dev.foldlog.client..",
                    "dev.foldlog.v1..",
                    "com.google.protobuf..",
                    "com.google.rpc..",
                    "io.grpc",
                    "io.grpc.stub..",
                    "io.grpc.protobuf..",
                    "java..",
                    "org.jspecify.."));

    @ArchTest
    static final ArchRule jackson_is_known_in_its_package_only = noClasses()
            .that()
            .resideOutsideOfPackage("dev.foldlog.client.jackson")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "dev.foldlog.client.jackson..");

    @ArchTest
    static final ArchRule clocks_randomness_and_threads_are_made_in_the_composition_root = noClasses()
            .that()
            .doNotHaveSimpleName("Foldlog")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethodWhere(
                    describe("sleep", call -> call.getTarget().getName().equals("sleep")))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callConstructorWhere(
                    describe("of randomness", call -> call.getTargetOwner().isAssignableTo(Random.class)))
            .orShould()
            .callConstructorWhere(
                    describe("of a thread", call -> call.getTargetOwner().isAssignableTo(Thread.class)))
            .orShould()
            .callConstructorWhere(describe(
                    "of threads",
                    call -> call.getTargetOwner().isAssignableTo(Executor.class)
                            && call.getTargetOwner().getPackageName().startsWith("java.")))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class);

    @ArchTest
    static final ArchRule nothing_static_changes =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule a_library_does_not_print_or_log = noClasses()
            .should()
            .callMethodWhere(describe(
                    "printStackTrace", call -> call.getTarget().getName().equals("printStackTrace")))
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("java.util.logging..", "org.slf4j.."))
            .orShould()
            .accessFieldWhere(describe(
                    "of System", access -> access.getTarget().getOwner().isEquivalentTo(System.class)));

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("dev.foldlog.client.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule errors_know_nothing_of_the_client = noClasses()
            .that()
            .resideInAPackage("dev.foldlog.client.error")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.foldlog.client");
}
