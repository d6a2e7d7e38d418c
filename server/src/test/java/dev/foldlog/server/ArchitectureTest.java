package dev.foldlog.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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
@AnalyzeClasses(packages = "dev.foldlog.server", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule the_wire_is_known_in_grpc_packages_only = noClasses()
            .that()
            .resideOutsideOfPackage("..grpc..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "dev.foldlog.v1..", "com.google.protobuf..", "com.google.rpc..");

    @ArchTest
    static final ArchRule databases_are_the_stores_affair = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jooq..", "java.sql..", "org.sqlite..", "com.zaxxer..");

    @ArchTest
    static final ArchRule the_port_is_known_and_no_store =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.foldlog.store..");

    @ArchTest
    static final ArchRule clocks_randomness_and_threads_are_made_in_the_composition_root = noClasses()
            .that()
            .resideOutsideOfPackage("dev.foldlog.server")
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
    static final ArchRule failures_go_to_the_log = noClasses()
            .should()
            .callMethodWhere(describe(
                    "printStackTrace", call -> call.getTarget().getName().equals("printStackTrace")))
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("java.util.logging.."));
}
