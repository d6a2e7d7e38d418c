package dev.foldlog.conformance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;

/** The kit judges servers in any language, so it knows the wire and the test libraries only, and never skips. */
@AnalyzeClasses(packages = "dev.foldlog.conformance", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_KIT_KNOWS_STUBS_GRPC_AND_TEST_LIBRARIES_ONLY = noClasses()
            .should()
            .dependOnClassesThat(resideOutsideOfPackages(
                    "dev.foldlog.conformance..",
                    "dev.foldlog.v1..",
                    "com.google.protobuf..",
                    "com.google.rpc..",
                    "io.grpc..",
                    "java..",
                    "org.assertj..",
                    "org.jspecify..",
                    "org.junit.."));

    @ArchTest
    static final ArchRule THE_KIT_NEVER_SKIPS = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Assumptions.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Disabled.class);

    @ArchTest
    static final ArchRule THE_KIT_NEVER_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
