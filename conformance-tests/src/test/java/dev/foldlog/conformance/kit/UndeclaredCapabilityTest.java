package dev.foldlog.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.kit.KitRun.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a server does not declare is asserted to be refused, by tests that run and pass: none is skipped. */
final class UndeclaredCapabilityTest {
    private static final List<String> OPTIONAL = List.of("Boundaries", "Checkpoints", "AppendCheckpoints");

    @Test
    void tests_of_an_undeclared_capability_pass_when_it_is_refused() {
        KitRun run = KitRun.of(ModestServer.class, OPTIONAL);

        assertThat(run.those(Outcome.FAILED)).isEmpty();
        assertThat(run.those(Outcome.NOT_RUN)).isEmpty();
        assertThat(run.those(Outcome.PASSED)).hasSizeGreaterThan(25);
    }

    @Test
    void tests_of_an_undeclared_capability_fail_when_it_is_served() {
        KitRun run = KitRun.of(NoopServers.Undeclared.class, OPTIONAL);

        assertThat(run.those(Outcome.PASSED)).isEmpty();
        assertThat(run.those(Outcome.NOT_RUN)).isEmpty();
        assertThat(run.those(Outcome.FAILED)).hasSizeGreaterThan(25);
    }
}
