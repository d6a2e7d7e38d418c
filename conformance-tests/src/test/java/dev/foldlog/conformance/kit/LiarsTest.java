package dev.foldlog.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.ServerConformance;
import dev.foldlog.conformance.kit.KitRun.Outcome;
import dev.foldlog.conformance.report.MarkdownTable;
import dev.foldlog.conformance.report.TableFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every liar is caught by the suite that is there for it, and every suite catches a liar. */
@TestInstance(Lifecycle.PER_CLASS)
final class LiarsTest {
    /** What caught each liar, for the report. */
    private final Map<Liar, String> caught = new TreeMap<>();

    @ParameterizedTest
    @EnumSource(Liar.class)
    void a_liar_is_caught_by_the_suite_named_for_it(Liar liar) {
        KitRun run = run(LyingServer.class, liar);

        caught.put(liar, caughtBy(run));
        assertCaught(liar, run);
    }

    @ParameterizedTest
    @EnumSource(Liar.class)
    void a_view_of_a_shared_store_hides_no_lie(Liar liar) {
        assertCaught(liar, run(ViewedLyingServer.class, liar));
    }

    @Test
    void a_server_that_tells_no_lie_passes_every_test_that_catches_a_liar() {
        KitRun run = KitRun.ofTests(
                HonestServer.class,
                // All but the 2,000 rounds, which each backend runs anyway.
                Stream.of(Liar.values())
                        .filter(it -> it != Liar.IGNORES_PRECONDITIONS_OF_RIVALS)
                        .map(it -> it.suite() + '.' + it.test())
                        .collect(Collectors.toSet()));

        assertThat(run.those(Outcome.PASSED)).hasSizeGreaterThanOrEqualTo(Liar.values().length - 5);
        assertThat(run.those(Outcome.FAILED)).isEmpty();
        assertThat(run.those(Outcome.NOT_RUN)).isEmpty();
    }

    @Test
    void every_suite_has_a_liar() {
        assertThat(Stream.of(Liar.values()).map(Liar::suite).distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.of(ServerConformance.class.getDeclaredClasses())
                        .map(Class::getSimpleName)
                        .toList());
    }

    @AfterAll
    void report() {
        String folder = System.getProperty(TableFiles.FOLDER);
        if (folder == null || caught.size() < Liar.values().length) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("the server", "suite for it", "caught by"));
        caught.forEach((liar, test) -> rows.add(List.of(sentence(liar), liar.suite(), test)));
        TableFiles.write(Path.of(folder, "liars.md"), MarkdownTable.of(rows));
    }

    private static KitRun run(Class<? extends ServerConformance> backend, Liar liar) {
        return KitRun.of(backend, liar.suite(), liar.test(), Map.of(LiarParameter.NAME, liar.name()));
    }

    private static void assertCaught(Liar liar, KitRun run) {
        assertThat(run.those(Outcome.FAILED))
                .isNotEmpty()
                .allMatch(it -> it.startsWith(liar.suite() + '.' + liar.test()));
        assertThat(run.those(Outcome.NOT_RUN)).isEmpty();
    }

    /** The suite and the test that failed; of a family of tests its name only. */
    private static String caughtBy(KitRun run) {
        return run.those(Outcome.FAILED).stream()
                .map(it -> it.split(":", 2)[0])
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String sentence(Liar liar) {
        return liar.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
