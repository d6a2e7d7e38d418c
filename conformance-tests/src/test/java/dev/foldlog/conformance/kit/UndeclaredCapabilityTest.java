package dev.foldlog.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.Capability;
import dev.foldlog.conformance.ConformanceFixture;
import dev.foldlog.conformance.InProcessFixture;
import dev.foldlog.conformance.ServerConformance;
import dev.foldlog.conformance.kit.KitRun.Outcome;
import dev.foldlog.v1.StoreLimits;
import io.grpc.Channel;
import java.util.List;
import java.util.Set;
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

    @Test
    void a_store_that_does_not_declare_to_survive_a_restart_must_say_memory_and_be_another_one_after_it() {
        KitRun silent = KitRun.of(NoopServers.Undeclared.class, List.of("Restart"));
        KitRun surviving = KitRun.of(Surviving.class, List.of("Restart"));

        assertThat(silent.those(Outcome.PASSED)).isEmpty();
        assertThat(surviving.those(Outcome.PASSED)).isEmpty();
        assertThat(surviving.those(Outcome.NOT_RUN)).isEmpty();
        assertThat(surviving.those(Outcome.FAILED)).hasSizeGreaterThan(5);
    }

    /** The kit over a store in memory that lives on while its fixture claims to have restarted. */
    static final class Surviving extends ServerConformance {
        @Override
        protected ConformanceFixture open() {
            return new NeverRestarted(InProcessFixture.memory());
        }
    }

    private record NeverRestarted(ConformanceFixture server) implements ConformanceFixture {
        @Override
        public Channel channel() {
            return server.channel();
        }

        @Override
        public Set<Capability> capabilities() {
            return server.capabilities();
        }

        @Override
        public StoreLimits limits() {
            return server.limits();
        }

        @Override
        public void restart() {
            // claims it, and does nothing
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
