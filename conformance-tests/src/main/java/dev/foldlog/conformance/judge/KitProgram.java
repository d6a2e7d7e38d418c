package dev.foldlog.conformance.judge;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import dev.foldlog.conformance.report.Count;
import dev.foldlog.conformance.report.SuiteResults;
import dev.foldlog.conformance.report.SuiteTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs suites and prints a table of them for each backend: {@code --target HOST:PORT [CAPABILITIES
 * [RESTART_COMMAND]]}, or {@code --backends FOLDER} for all backends among the classes of a folder. Exit code 0:
 * nothing failed; 1: something did; 2: nothing could be judged.
 */
public final class KitProgram {
    private static final int MESSAGE_CHARS_MAX = 400;
    private static final String RESTART_SUITE = "Restart";

    private final Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .build());
    private final PrintStream out;

    KitProgram(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(new KitProgram(System.out).run(arguments));
    }

    /** Runs what the arguments say, and returns the exit code. */
    int run(String... arguments) {
        try {
            if (arguments.length >= 2 && arguments.length <= 4 && arguments[0].equals("--target")) {
                return judge(new Target(
                        arguments[1],
                        arguments.length > 2 ? arguments[2] : "",
                        arguments.length > 3 ? arguments[3] : ""));
            }
            if (arguments.length == 2 && arguments[0].equals("--backends")) {
                return judgeAll(Path.of(arguments[1]));
            }
            out.println("usage: --target HOST:PORT [CAPABILITIES [RESTART_COMMAND]] | --backends FOLDER");
        } catch (UnfitTargetException | IllegalArgumentException e) {
            out.println(e.getMessage());
        }
        return 2;
    }

    private int judge(Target target) {
        TargetServer.connect(target).close(); // says in one line what is wrong, before every test does
        LauncherDiscoveryRequest all = request(target).build();
        if (target.canRestart()) {
            return print(execute(all), Map.of());
        }
        SuiteResults results = execute(request(target).filters(withoutRestart()).build());
        return print(results, Map.of(RESTART_SUITE, new Count(0, 0, restartTests(launcher.discover(all)))));
    }

    private static LauncherDiscoveryRequestBuilder request(Target target) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(TargetConformance.class))
                .configurationParameters(target.parameters());
    }

    private int judgeAll(Path folder) {
        return print(
                execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClasspathRoots(Set.of(folder)))
                        .filters(includeClassNamePatterns(".*ConformanceTest"))
                        .build()),
                Map.of());
    }

    private SuiteResults execute(LauncherDiscoveryRequest request) {
        SuiteResults results = new SuiteResults();
        launcher.execute(request, results);
        return results;
    }

    private static PostDiscoveryFilter withoutRestart() {
        return test -> FilterResult.includedIf(!isOfRestart(test));
    }

    private static boolean isOfRestart(TestDescriptor test) {
        return test.getSource().filter(KitProgram::isRestart).isPresent()
                || test.getParent().filter(KitProgram::isOfRestart).isPresent();
    }

    private static boolean isRestart(Object source) {
        return source instanceof ClassSource it
                && it.getJavaClass().getSimpleName().equals(RESTART_SUITE);
    }

    private static int restartTests(TestPlan plan) {
        return (int) plan.getRoots().stream()
                .flatMap(it -> plan.getDescendants(it).stream())
                .filter(TestIdentifier::isTest)
                .filter(it -> plan.getParent(it)
                        .flatMap(TestIdentifier::getSource)
                        .filter(KitProgram::isRestart)
                        .isPresent())
                .count();
    }

    private int print(SuiteResults results, Map<String, Count> more) {
        results.failures().forEach(this::print);
        Count all = Count.NONE;
        for (Map.Entry<String, SuiteTable> backend : results.tables().entrySet()) {
            Map<String, Count> suites = new TreeMap<>(backend.getValue().suites());
            suites.putAll(more);
            SuiteTable table = new SuiteTable(new TreeMap<>(suites));
            out.printf("%n%s%n%n%s", backend.getKey(), table.markdown());
            all = all.plus(table.total());
        }
        return exitCode(all);
    }

    /** A run of which nothing is known has not shown anything. */
    static int exitCode(Count all) {
        if (all.failed() > 0) {
            return 1;
        }
        return all.passed() > 0 ? 0 : 2;
    }

    private void print(SuiteResults.Failure failure) {
        String message = String.valueOf(failure.cause().getMessage()).strip();
        out.printf(
                "FAILED %s.%s %s%n    %s%n",
                failure.backend(),
                failure.suite(),
                failure.test(),
                (message.length() > MESSAGE_CHARS_MAX ? message.substring(0, MESSAGE_CHARS_MAX) + " ..." : message)
                        .replace("\n", "\n    "));
    }
}
