package dev.foldlog.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** The house rules that a machine can check, for this module. */
@AnalyzeClasses(packages = "dev.foldlog.core", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule packages_know_only_those_before_them = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.foldlog.core..")
            .layer("event")
            .definedBy("dev.foldlog.core.event..")
            .layer("expression")
            .definedBy("dev.foldlog.core.expression..")
            .layer("read")
            .definedBy("dev.foldlog.core.read..")
            .layer("append")
            .definedBy("dev.foldlog.core.append..")
            .layer("store")
            .definedBy("dev.foldlog.core.store..")
            .whereLayer("store")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("append")
            .mayOnlyBeAccessedByLayers("store")
            .whereLayer("read")
            .mayOnlyBeAccessedByLayers("append", "store")
            .whereLayer("expression")
            .mayOnlyBeAccessedByLayers("read", "append", "store")
            .whereLayer("event")
            .mayOnlyBeAccessedByLayers("expression", "read", "append", "store")
            .ensureAllClassesAreContainedInArchitecture();

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("dev.foldlog.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothing_is_needed_but_the_jdk_and_jspecify = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "dev.foldlog.core..");

    @ArchTest
    static final ArchRule databases_files_and_networks_are_others_affair =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..", "java.nio..", "java.net..");

    @ArchTest
    static final ArchRule clocks_randomness_and_threads_are_handed_in =
            noClasses().should(dependOnClassesThat(areSourcesOfTimeChanceOrThreads()));

    @ArchTest
    static final ArchRule the_time_is_never_asked_for = noClasses()
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule nothing_static_changes =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule failures_are_thrown_not_printed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j..")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    /** The rules on what is forbidden can fail: each meets an offender here. */
    @Test
    void an_offender_is_found() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);

        assertThat(clocks_randomness_and_threads_are_handed_in
                        .evaluate(offender)
                        .hasViolation())
                .isTrue();
        assertThat(the_time_is_never_asked_for.evaluate(offender).hasViolation())
                .isTrue();
        assertThat(nothing_is_needed_but_the_jdk_and_jspecify.evaluate(offender).hasViolation())
                .isTrue();
        assertThat(databases_files_and_networks_are_others_affair
                        .evaluate(offender)
                        .hasViolation())
                .isTrue();
    }

    private static DescribedPredicate<JavaClass> areSourcesOfTimeChanceOrThreads() {
        return resideInAnyPackage("java.util.concurrent")
                .and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(CompletableFuture.class)))
                .or(JavaClass.Predicates.assignableTo(Executor.class))
                .or(JavaClass.Predicates.assignableTo(Executors.class))
                .or(JavaClass.Predicates.assignableTo(ForkJoinPool.class))
                .or(JavaClass.Predicates.assignableTo(Thread.class))
                .or(JavaClass.Predicates.assignableTo(Random.class))
                .or(JavaClass.Predicates.assignableTo(Clock.class))
                .as("sources of time, chance or threads");
    }

    /** Does what core must not. */
    static final class Offender {
        final Random random = new Random(1);
        final java.nio.file.Path path = java.nio.file.Path.of("x");
        final Class<?> foreign = Test.class;

        long now() {
            return System.nanoTime() + random.nextInt() + path.getNameCount();
        }
    }
}
