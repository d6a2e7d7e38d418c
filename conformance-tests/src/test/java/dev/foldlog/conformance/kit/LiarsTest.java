package dev.foldlog.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.ServerConformance;
import dev.foldlog.conformance.kit.KitRun.Outcome;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every liar is caught by the suite that is there for it, and every suite catches a liar. */
final class LiarsTest {
    @ParameterizedTest
    @EnumSource(Liar.class)
    void a_liar_is_caught_by_the_suite_named_for_it(Liar liar) {
        KitRun run = run(liar, liar);

        assertThat(run.those(Outcome.FAILED))
                .isNotEmpty()
                .allMatch(it -> it.startsWith(liar.suite() + '.' + liar.test()));
        assertThat(run.those(Outcome.NOT_RUN)).isEmpty();
    }

    @Test
    void a_lie_that_is_not_told_is_not_found() {
        KitRun run = run(Liar.FORGETS_AFTER_A_RESTART, Liar.DROPS_THE_LAST_EVENT_OF_A_BATCH);

        assertThat(run.those(Outcome.PASSED)).isNotEmpty();
        assertThat(run.those(Outcome.FAILED)).isEmpty();
    }

    @Test
    void every_suite_has_a_liar() {
        assertThat(Stream.of(Liar.values()).map(Liar::suite).distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.of(ServerConformance.class.getDeclaredClasses())
                        .map(Class::getSimpleName)
                        .toList());
    }

    /** The test that catches one liar, run over a server seen through another. */
    private static KitRun run(Liar liar, Liar caught) {
        return KitRun.of(LyingServer.class, caught.suite(), caught.test(), Map.of(LiarParameter.NAME, liar.name()));
    }
}
