package dev.foldlog.store.sqlite;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The house rules that a machine can check, for this module. */
@AnalyzeClasses(packages = "dev.foldlog.store.sqlite", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule the_wire_is_unknown_here = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.grpc..", "dev.foldlog.v1..", "com.google.protobuf..", "com.google.rpc..", "dev.cel..");

    @ArchTest
    static final ArchRule of_the_project_only_core_is_known = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("dev.foldlog..")
                    .and(not(resideInAnyPackage("dev.foldlog.core..", "dev.foldlog.store.sqlite.."))));

    @ArchTest
    static final ArchRule generated_tables_know_nothing_of_the_store = noClasses()
            .that()
            .resideInAPackage("..schema..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.foldlog.store.sqlite");

    @ArchTest
    static final ArchRule clocks_randomness_and_threads_are_made_in_the_composition_root = noClasses()
            .that(not(belongToAnyOf(StoreOpening.class)))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Thread.class, "ofPlatform")
            .orShould()
            .callMethod(Thread.class, "ofVirtual")
            .orShould()
            .callMethod(Thread.class, "startVirtualThread", Runnable.class)
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

    /** The composition root does what others must not, so the rule is seen to find it. */
    @Test
    void the_rule_on_clocks_and_threads_finds_an_offender() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);

        assertThat(clocks_randomness_and_threads_are_made_in_the_composition_root
                        .evaluate(offender)
                        .getFailureReport()
                        .getDetails())
                .hasSize(3);
    }

    /** Does what only the composition root may. */
    static final class Offender {
        Thread thread() {
            return Thread.ofPlatform().unstarted(() -> {});
        }

        String chance() {
            return UUID.randomUUID().toString() + new Random(1).nextInt();
        }
    }
}
