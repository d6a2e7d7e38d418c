package dev.foldlog.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house rules that a machine can check, for this module. */
@AnalyzeClasses(packages = "dev.foldlog.testing", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule users_see_two_classes = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .be(FoldlogExtension.class)
            .orShould()
            .be(FoldlogTestServer.class);

    @ArchTest
    static final ArchRule other_frameworks_do_not_need_junit = noClasses()
            .that()
            .doNotHaveSimpleName("FoldlogExtension")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.junit..");

    @ArchTest
    static final ArchRule nothing_static_changes =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule nothing_sleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
