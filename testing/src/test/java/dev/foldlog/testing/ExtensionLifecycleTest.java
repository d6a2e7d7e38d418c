package dev.foldlog.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** When servers begin and end, seen from outside the tests that have them. */
final class ExtensionLifecycleTest {
    @BeforeEach
    void forget() {
        Samples.SERVERS.forget();
    }

    @Test
    void each_test_has_a_server_which_is_closed_after_it_also_when_it_fails() {
        EngineExecutionResults run = run(Samples.ForEachMethod.class, Map.of());

        run.testEvents().assertStatistics(it -> it.started(3).succeeded(2).failed(1));
        assertThat(Samples.SERVERS.all()).hasSize(3);
        assertAllAreClosed();
    }

    @Test
    void with_per_class_all_tests_of_a_class_and_those_nested_in_it_have_one_server() {
        EngineExecutionResults run = run(Samples.ForTheClass.class, Map.of());

        assertThat(failures(run)).isEmpty();
        run.testEvents().assertStatistics(it -> it.started(3).succeeded(3));
        assertThat(Samples.SERVERS.all()).hasSize(1);
        assertAllAreClosed();
    }

    @Test
    void tests_that_run_at_the_same_time_see_their_own_events_only() {
        int tests = Samples.AtTheSameTime.TESTS;
        EngineExecutionResults run = run(
                Samples.AtTheSameTime.class,
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", Integer.toString(2 * tests)));

        assertThat(failures(run)).isEmpty();
        run.testEvents().assertStatistics(it -> it.started(tests).succeeded(tests));
        assertThat(Samples.SERVERS.all()).hasSize(tests);
        assertAllAreClosed();
    }

    @Test
    void before_all_without_per_class_is_told_what_it_needs() {
        EngineExecutionResults run = run(Samples.BeforeAllWithoutPerClass.class, Map.of());

        run.testEvents().assertStatistics(it -> it.started(0));
        assertThat(failures(run)).hasSize(1).first().asString().contains("perClass()");
    }

    @Test
    void per_class_on_an_instance_is_told_that_it_must_be_static() {
        EngineExecutionResults run = run(Samples.PerClassOnAnInstance.class, Map.of());

        assertThat(failures(run)).hasSize(1).first().asString().contains("expected: on a static one");
        assertThat(Samples.SERVERS.all()).isEmpty();
    }

    private static EngineExecutionResults run(Class<?> tests, Map<String, String> parameters) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .configurationParameters(parameters)
                .execute();
    }

    private static List<Throwable> failures(EngineExecutionResults run) {
        return run.allEvents().failed().stream()
                .map(it -> it.getRequiredPayload(TestExecutionResult.class))
                .flatMap(it -> it.getThrowable().stream())
                .toList();
    }

    private static void assertAllAreClosed() {
        assertThat(Samples.SERVERS.all()).allMatch(it -> it.channel().isTerminated());
    }
}
