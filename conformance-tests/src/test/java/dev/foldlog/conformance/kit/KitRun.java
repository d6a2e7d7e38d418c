package dev.foldlog.conformance.kit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import dev.foldlog.conformance.ServerConformance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * One run of suites inside a test: what became of each test, and of each dynamic test of a family.
 *
 * @param outcomes by 'Suite.method' or 'Suite.method: name'
 */
record KitRun(Map<String, Outcome> outcomes) {
    /** What became of a test. A family counts as failed when it could not even say its tests. */
    enum Outcome {
        PASSED,
        FAILED,
        NOT_RUN
    }

    /** Runs all suites of a class. */
    static KitRun of(Class<? extends ServerConformance> backend) {
        return of(List.of(selectClass(backend)), Map.of());
    }

    /** Runs the named suites of a class. */
    static KitRun of(Class<? extends ServerConformance> backend, List<String> suites) {
        return of(selectors(backend, suites), Map.of());
    }

    /** Runs these tests, each given as 'Suite.method', of a class. */
    static KitRun ofTests(Class<? extends ServerConformance> backend, Set<String> tests) {
        return of(
                tests.stream()
                        .map(it -> it.split("\\.", 2))
                        .map(it -> selectNestedMethod(List.of(backend.getName()), nested(it[0]), it[1]))
                        .toList(),
                Map.of());
    }

    /** Runs one test of a class that is told a parameter. */
    static KitRun of(
            Class<? extends ServerConformance> backend, String suite, String test, Map<String, String> parameters) {
        return of(List.of(selectNestedMethod(List.of(backend.getName()), nested(suite), test)), parameters);
    }

    private static List<? extends DiscoverySelector> selectors(
            Class<? extends ServerConformance> backend, List<String> suites) {
        return suites.stream()
                .map(it -> selectNestedClass(List.of(backend.getName()), nested(it)))
                .toList();
    }

    private static String nested(String suite) {
        return ServerConformance.class.getName() + '$' + suite;
    }

    private static KitRun of(List<? extends DiscoverySelector> selectors, Map<String, String> parameters) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .configurationParameters(parameters)
                .build();
        var config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build();
        Recorder recorder = new Recorder();
        LauncherFactory.create(config).execute(request, recorder);
        return new KitRun(recorder.outcomes);
    }

    List<String> those(Outcome outcome) {
        return outcomes.entrySet().stream()
                .filter(it -> it.getValue() == outcome)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static final class Recorder implements TestExecutionListener {
        private final Map<String, Outcome> outcomes = new TreeMap<>();
        private final List<TestPlan> plans = new ArrayList<>();

        @Override
        public void testPlanExecutionStarted(TestPlan plan) {
            plans.add(plan);
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            outcomes.put(name(test), Outcome.NOT_RUN);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean isFailed = result.getStatus() == TestExecutionResult.Status.FAILED;
            if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
                outcomes.put(name(test), Outcome.NOT_RUN);
            } else if (test.isTest() || isFailed || isEmptyFamily(test)) {
                outcomes.put(name(test), isFailed ? Outcome.FAILED : Outcome.PASSED);
            }
        }

        private boolean isEmptyFamily(TestIdentifier test) {
            return test.getSource().filter(MethodSource.class::isInstance).isPresent()
                    && plans.getFirst().getChildren(test).isEmpty();
        }

        private String name(TestIdentifier test) {
            String method = test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(MethodSource.class::cast)
                    .map(it -> simpleName(it.getClassName()) + '.' + it.getMethodName())
                    .orElse("?." + test.getDisplayName());
            boolean isDynamic = test.getUniqueId().contains("[dynamic-test:");
            return isDynamic ? method + ": " + test.getDisplayName() : method;
        }

        private static String simpleName(String className) {
            return className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
        }
    }
}
