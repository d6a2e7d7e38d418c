package dev.foldlog.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules about all stores at once, kept where all of them are on the class path. */
@AnalyzeClasses(packages = "dev.foldlog.store", importOptions = DoNotIncludeTests.class)
final class StoresTest {
    @ArchTest
    static final ArchRule stores_never_see_each_other =
            slices().matching("dev.foldlog.store.(*)..").should().notDependOnEachOther();

    @ArchTest
    static void every_store_is_looked_at(JavaClasses classes) {
        Set<String> stores = classes.stream()
                .map(JavaClass::getPackageName)
                .map(it -> it.substring("dev.foldlog.store.".length()).replaceFirst("\\..*", ""))
                .collect(Collectors.toSet());
        assertThat(stores).containsExactlyInAnyOrder("memory", "sqlite");
    }
}
