package dev.foldlog.bench;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house rules that a machine can check, for this module. Clocks are its trade: they are read anywhere. */
@AnalyzeClasses(packages = "dev.foldlog.bench", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("dev.foldlog.bench.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule parts_do_not_know_the_commands = noClasses()
            .that()
            .resideInAnyPackage("dev.foldlog.bench.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.foldlog.bench");

    @ArchTest
    static final ArchRule figures_know_nothing_of_how_they_came_about = noClasses()
            .that()
            .resideInAPackage("dev.foldlog.bench.report")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "dev.foldlog.v1..", "dev.foldlog.core..", "dev.foldlog.store..");

    @ArchTest
    static final ArchRule nothing_static_changes =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule failures_are_not_printed_in_passing = noClasses()
            .should()
            .callMethodWhere(describe(
                    "printStackTrace", call -> call.getTarget().getName().equals("printStackTrace")));
}
