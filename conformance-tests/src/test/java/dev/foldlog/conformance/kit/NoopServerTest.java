package dev.foldlog.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.kit.KitRun.Outcome;
import org.junit.jupiter.api.Test;

/** A server that does nothing fails every single test of the kit, and no test is left out. */
final class NoopServerTest {
    private static final int TESTS_AT_LEAST = 400;

    @Test
    void a_server_whose_streams_are_empty_fails_every_test() {
        assertEveryTestFails(KitRun.of(NoopServers.EmptyStreams.class));
    }

    @Test
    void a_server_whose_streams_have_one_empty_message_fails_every_test() {
        assertEveryTestFails(KitRun.of(NoopServers.EmptyMessages.class));
    }

    private static void assertEveryTestFails(KitRun run) {
        assertThat(run.those(Outcome.PASSED)).isEmpty();
        assertThat(run.those(Outcome.NOT_RUN)).isEmpty();
        assertThat(run.those(Outcome.FAILED)).hasSizeGreaterThan(TESTS_AT_LEAST);
    }
}
