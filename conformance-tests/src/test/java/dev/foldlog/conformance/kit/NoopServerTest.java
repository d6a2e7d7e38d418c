package dev.foldlog.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.ServerConformance;
import dev.foldlog.conformance.kit.KitRun.Outcome;
import dev.foldlog.conformance.report.MarkdownTable;
import dev.foldlog.conformance.report.TableFiles;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A server that does nothing fails every single test of the kit, and no test is left out. */
@TestInstance(Lifecycle.PER_CLASS)
final class NoopServerTest {
    private static final int TESTS_AT_LEAST = 400;

    /** A row for each server, for the report. */
    private final List<List<String>> rows =
            new ArrayList<>(List.of(List.of("a server that does nothing", "tests that passed", "tests that failed")));

    @Test
    void a_server_whose_streams_are_empty_fails_every_test() {
        assertEveryTestFails("its streams end at once", KitRun.of(NoopServers.EmptyStreams.class));
    }

    @Test
    void a_server_whose_streams_have_one_empty_message_fails_every_test() {
        assertEveryTestFails("its streams have one empty message", KitRun.of(NoopServers.EmptyMessages.class));
    }

    @AfterAll
    void report() {
        String folder = System.getProperty(TableFiles.FOLDER);
        if (folder != null && rows.size() == 3) {
            rows.subList(1, 3).sort((a, b) -> a.getFirst().compareTo(b.getFirst()));
            TableFiles.write(Path.of(folder, "noop.md"), MarkdownTable.of(rows));
        }
    }

    private void assertEveryTestFails(String server, KitRun run) {
        List<String> failed = run.those(Outcome.FAILED);
        rows.add(List.of(server, Integer.toString(run.those(Outcome.PASSED).size()), Integer.toString(failed.size())));
        assertThat(run.those(Outcome.PASSED)).isEmpty();
        assertThat(run.those(Outcome.NOT_RUN)).isEmpty();
        assertThat(failed).hasSizeGreaterThan(TESTS_AT_LEAST);
        assertThat(methods(failed)).containsExactlyInAnyOrderElementsOf(methodsOfTheKit());
    }

    /** The methods of these outcomes as 'Suite.method', without the names of a family's tests. */
    private static Set<String> methods(List<String> outcomes) {
        return outcomes.stream().map(it -> it.split(":", 2)[0]).collect(Collectors.toSet());
    }

    private static Set<String> methodsOfTheKit() {
        return Stream.of(ServerConformance.class.getDeclaredClasses())
                .flatMap(suite -> Stream.of(suite.getSuperclass().getDeclaredMethods())
                        .filter(NoopServerTest::isTest)
                        .map(it -> suite.getSimpleName() + '.' + it.getName()))
                .collect(Collectors.toSet());
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(TestFactory.class);
    }
}
