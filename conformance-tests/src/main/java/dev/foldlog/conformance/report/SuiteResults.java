package dev.foldlog.conformance.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Listens to a run of suites, and keeps a table for each backend. A suite is a class inside that of the backend;
 * tests of other classes are passed over. Confined to the thread of the run.
 */
public final class SuiteResults implements TestExecutionListener {
    /** Key of the entry by which a test says that it asserts a refusal of what is not declared. */
    public static final String UNDECLARED = "conformance.undeclared";

    private static final String KIT = "dev.foldlog.conformance.ConformanceSuite";

    private final Map<String, Map<String, Count>> backends = new TreeMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Set<String> undeclared = ConcurrentHashMap.newKeySet();
    private Optional<TestPlan> plan = Optional.empty();

    /** A test that failed. */
    public record Failure(String backend, String suite, String test, Throwable cause) {}

    /** The tables by the name of the backend's class. */
    public Map<String, SuiteTable> tables() {
        Map<String, SuiteTable> tables = new TreeMap<>();
        backends.forEach((backend, suites) -> tables.put(backend, new SuiteTable(new TreeMap<>(suites))));
        return tables;
    }

    /** What failed, in the order of the run. */
    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = Optional.of(started);
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        if (entry.getKeyValuePairs().containsKey(UNDECLARED)) {
            undeclared.add(test.getUniqueId());
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean isFailed = result.getStatus() != Status.SUCCESSFUL;
        if (test.isTest() || isFailed) {
            path(test).ifPresent(it -> add(it, test, isFailed, result));
        }
    }

    private void add(Path path, TestIdentifier test, boolean isFailed, TestExecutionResult result) {
        boolean isUndeclared = undeclared.contains(test.getUniqueId())
                || test.getParentId().filter(undeclared::contains).isPresent();
        Count count = new Count(isFailed || isUndeclared ? 0 : 1, isFailed ? 1 : 0, !isFailed && isUndeclared ? 1 : 0);
        backends.computeIfAbsent(path.backend, it -> new TreeMap<>()).merge(path.suite, count, Count::plus);
        if (isFailed) {
            failures.add(new Failure(
                    path.backend,
                    path.suite,
                    test.getDisplayName(),
                    result.getThrowable().orElseGet(() -> new AssertionError("not run"))));
        }
    }

    /** The classes around a test: the outermost is that of the backend, the next one the suite. */
    private Optional<Path> path(TestIdentifier test) {
        List<Class<?>> classes = new ArrayList<>();
        TestPlan known = plan.orElseThrow();
        for (Optional<TestIdentifier> it = Optional.of(test); it.isPresent(); it = known.getParent(it.get())) {
            it.get()
                    .getSource()
                    .filter(ClassSource.class::isInstance)
                    .map(ClassSource.class::cast)
                    .ifPresent(source -> classes.addFirst(source.getJavaClass()));
        }
        return classes.size() == 2 && isSuite(classes.getLast())
                ? Optional.of(new Path(
                        classes.getFirst().getSimpleName(), classes.getLast().getSimpleName()))
                : Optional.empty();
    }

    private static boolean isSuite(Class<?> type) {
        return type.getName().equals(KIT) || (type.getSuperclass() != null && isSuite(type.getSuperclass()));
    }

    private record Path(String backend, String suite) {}
}
