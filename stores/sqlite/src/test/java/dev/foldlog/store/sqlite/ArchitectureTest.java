package dev.foldlog.store.sqlite;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house rules that a machine can check, for this module. */
@AnalyzeClasses(packages = "dev.foldlog.store.sqlite", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule neither_other_stores_nor_the_wire_are_known = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.foldlog..", "io.grpc..", "com.google.protobuf..")
                    .and(resideOutsideOfPackages("dev.foldlog.store.sqlite..", "dev.foldlog.core..")));

    @ArchTest
    static final ArchRule nothing_static_changes =
            fields().that().areStatic().should().beFinal();
}
