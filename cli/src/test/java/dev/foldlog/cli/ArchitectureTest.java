package dev.foldlog.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The house rules that a machine can check, for this module. */
@AnalyzeClasses(packages = "dev.foldlog.cli", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule the_wire_is_known_in_the_client_package_only = noClasses()
            .that()
            .resideOutsideOfPackage("dev.foldlog.cli.client")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "dev.foldlog.v1..", "com.google.protobuf..", "com.google.rpc..");

    @ArchTest
    static final ArchRule databases_are_the_stores_affair = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jooq..", "java.sql..", "org.sqlite..", "com.zaxxer..");

    @ArchTest
    static final ArchRule clocks_randomness_and_threads_are_made_in_main = noClasses()
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
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callConstructorWhere(
                    describe("of a thread", call -> call.getTargetOwner().isAssignableTo(Thread.class)))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ExecutorService.class);

    @ArchTest
    static final ArchRule streams_of_the_process_are_named_in_main = noClasses()
            .that()
            .doNotHaveSimpleName("Foldlog")
            .should()
            .accessFieldWhere(describe(
                    "of System", access -> access.getTarget().getOwner().isEquivalentTo(System.class)));

    @ArchTest
    static final ArchRule nothing_static_changes =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule failures_go_to_the_log = noClasses()
            .should()
            .callMethodWhere(describe(
                    "printStackTrace", call -> call.getTarget().getName().equals("printStackTrace")))
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("java.util.logging.."));

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("dev.foldlog.cli.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule parts_do_not_know_the_commands = noClasses()
            .that()
            .resideInAnyPackage("dev.foldlog.cli.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.foldlog.cli");

    @ArchTest
    static final ArchRule commands_are_not_public = noClasses()
            .that()
            .resideInAPackage("dev.foldlog.cli")
            .and()
            .doNotHaveSimpleName("Foldlog")
            .should()
            .haveModifier(JavaModifier.PUBLIC);
}
