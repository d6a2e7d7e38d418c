package dev.foldlog.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import dev.foldlog.conformance.ServerConformance;
import dev.foldlog.conformance.report.Count;
import dev.foldlog.conformance.report.SuiteResults;
import dev.foldlog.conformance.report.SuiteResults.Failure;
import dev.foldlog.conformance.report.SuiteTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What the tables count, seen on real runs of suites. */
final class SuiteResultsTest {
    @Test
    void a_refusal_of_what_is_not_declared_counts_as_undeclared() {
        SuiteResults results = run(ModestServer.class, "AppendCheckpoints");

        Count count = count(results, "ModestServer", "AppendCheckpoints");
        assertThat(count.undeclared()).isPositive();
        assertThat(count).isEqualTo(new Count(0, 0, count.undeclared()));
        assertThat(results.failures()).isEmpty();
    }

    @Test
    void a_refusal_that_does_not_come_counts_as_failed() {
        SuiteResults results = run(NoopServers.Undeclared.class, "AppendCheckpoints");

        Count count = count(results, "Undeclared", "AppendCheckpoints");
        assertThat(count.failed()).isPositive();
        assertThat(count).isEqualTo(new Count(0, count.failed(), 0));
        assertThat(results.failures())
                .hasSize(count.failed())
                .extracting(Failure::suite)
                .containsOnly("AppendCheckpoints");
    }

    @Test
    void families_of_tests_count_each_of_theirs() {
        int alone = count(run(ModestServer.class, "Preconditions"), "ModestServer", "Preconditions")
                .failed();
        Count family = count(run(ModestServer.class, "Boundaries"), "ModestServer", "Boundaries");

        assertThat(alone).isPositive();
        assertThat(family.passed() + family.failed()).isZero();
        assertThat(family.undeclared()).isPositive();
    }

    private static Count count(SuiteResults results, String backend, String suite) {
        assertThat(results.tables()).containsOnlyKeys(backend);
        SuiteTable table = results.tables().values().iterator().next();
        assertThat(table.suites()).containsOnlyKeys(suite);
        return table.total();
    }

    private static SuiteResults run(Class<? extends ServerConformance> backend, String suite) {
        SuiteResults results = new SuiteResults();
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .enableLauncherSessionListenerAutoRegistration(false)
                        .build())
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectNestedClass(
                                        List.of(backend.getName()), ServerConformance.class.getName() + '$' + suite))
                                .build(),
                        results);
        return results;
    }
}
