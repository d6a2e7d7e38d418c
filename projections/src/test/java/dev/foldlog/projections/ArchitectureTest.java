package dev.foldlog.projections;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;

/** The house rules that a machine can check, for this module. */
@AnalyzeClasses(packages = "dev.foldlog.projections", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule neither_a_server_nor_a_store_is_known = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.foldlog.server..",
                    "dev.foldlog.store..",
                    "dev.foldlog.expressions..",
                    "org.jooq..",
                    "java.sql..",
                    "dev.cel..");

    @ArchTest
    static final ArchRule grpc_and_generated_types_stay_in_the_service = noClasses()
            .that()
            .resideInAPackage("dev.foldlog.projections")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "dev.foldlog.v1..", "com.google.protobuf..", "..projections.grpc..");

    @ArchTest
    static final ArchRule clocks_and_threads_are_handed_in = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class);

    @ArchTest
    static final ArchRule nothing_static_changes =
            fields().that().areStatic().should().beFinal();
}
